import { readFileSync, writeFileSync } from 'node:fs';

const startOf = (id: string) => `<!-- ${id} -->`;
const endOf = (id: string) => `<!-- /${id} -->`;

/** A part of a document that a script writes: its lines between two marks. */
export function markedSection(id: string, lines: readonly string[]): string {
  return [startOf(id), '', ...lines, '', endOf(id)].join('\n');
}

/** Puts a marked section into a document where it was, or at the end. */
export function writeSection(document: URL, id: string, section: string): void {
  const before = readFileSync(document, 'utf8');
  const from = before.indexOf(startOf(id));
  const after =
    from < 0
      ? `${before.trimEnd()}\n\n${section}\n`
      : before.slice(0, from) + section + before.slice(before.indexOf(endOf(id)) + endOf(id).length);
  writeFileSync(document, after);
}
