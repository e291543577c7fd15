import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Pages that people read, by path from the root. */
export const pages: readonly string[] = globSync(
  ['*.md', 'docs/**/*.md', 'data/*.md', 'core/**/README.md', '.changeset/README.md'],
  { cwd: root },
).sort();

export function readPage(path: string): string {
  return readFileSync(`${root}/${path}`, 'utf8');
}

/** The cells of each row of a Markdown table, without its header. An escaped bar does not separate cells. */
export function tableRows(lines: readonly string[]): string[][] {
  return lines
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** The workflow that a page offers: its first block of YAML that says when it runs, without the list's indent. */
export function workflowOf(page: string): string {
  const blocks = [...page.matchAll(/^( *)```yaml\n([\s\S]*?)\n\1```$/gm)];
  const [, indent, text] = blocks.find(([, , block]) => /^ *on:/m.test(block!)) ?? [];
  if (text === undefined) throw new Error('the page has no workflow');
  return `${text.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\n`;
}
