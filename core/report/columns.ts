import { printable } from './printable.ts';

/** Rows as lines whose cells stand below each other, two blanks apart; a cell of the last column ends its line. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  alignments: readonly ('left' | 'right')[],
): string[] {
  const cells = rows.map((row) => row.map(printable));
  const widths = alignments.map((_, i) => Math.max(0, ...cells.map((row) => width(row[i] ?? ''))));
  return cells.map((row) =>
    row
      .map((cell, i) => {
        const blanks = ' '.repeat(widths[i]! - width(cell));
        return alignments[i] === 'right' ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}

function width(text: string): number {
  return [...text].length;
}
