import { markdownTable } from 'markdown-table';
import type { Sentence } from './fragments.ts';
import { printableLines } from './printable.ts';
import { toHtml } from './to-html.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';

/**
 * Markdown from a template of our own; what is put in is escaped, or Markdown already. A plain string is neither.
 *
 * @example
 * markdown`### ${sentence`target ${code(name)}`}`
 */
export function markdown(strings: TemplateStringsArray, ...parts: readonly (Sentence | Markdown)[]): Markdown {
  return strings
    .map((own, i) => {
      const part = parts[i] ?? [];
      return own + (typeof part === 'string' ? part : toMarkdown(part));
    })
    .join('') as Markdown;
}

/** Parts one after the other. */
export function stack(parts: readonly Markdown[], between: '\n' | '\n\n' | '\n>\n'): Markdown {
  return parts.join(between) as Markdown;
}

export function bullets(sentences: readonly Sentence[]): Markdown {
  return stack(
    sentences.map((each) => markdown`- ${each}`),
    '\n',
  );
}

/** Markdown that opens on a click. Inside `<summary>` GitHub reads HTML only. */
export function fold(title: Sentence, body: Markdown): Markdown {
  return `<details><summary>${toHtml(title)}</summary>\n\n${body}\n\n</details>` as Markdown;
}

/** A table whose cells nothing can break out of. */
export function table(rows: readonly (readonly Sentence[])[], align: readonly string[]): Markdown {
  const cells = rows.map((row) => row.map((cell) => toMarkdown(cell).replaceAll('|', '\\|')));
  return markdownTable(cells, { align: [...align], stringLength: (text) => [...text].length }) as Markdown;
}

/** Text as it stands, such as what a terminal would show. No line of it ends the block. */
export function verbatim(text: string): Markdown {
  const lines = printableLines(text);
  const longest = Math.max(3, ...(lines.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${lines}${lines.endsWith('\n') ? '' : '\n'}${fence}\n` as Markdown;
}
