import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { readCsv } from './csv.ts';
import { type Table, valueText } from './table.ts';

/** More than the bytes that the kernel is given at a time. */
const BEYOND_WINDOW = 300_000;

const read = (text: string) => readCsv(new TextEncoder().encode(text), { file: 'a.csv' });
const rowsOf = ({ nRows, columns }: Table) =>
  Array.from({ length: nRows }, (_, row) => columns.map((column) => valueText(column, row)));
const written = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

describe('a CSV file that is longer than a window of memory', () => {
  // Rows of any length: quotes, CRLF, numbers and empty fields come to lie on every edge.
  const text = fc.constantFrom('plain', 'with "quotes"', 'two\r\nlines', 'a,b', '"', '""', 'é', '');
  const row = fc.tuple(
    fc.constantFrom('', '1.5', '-12.345678901234567', '1e-7', '3'),
    text,
    fc.integer({ min: 0, max: 700 }),
  );
  it.each(['\n', '\r\n', '\r'])('has the same rows as a short one, with lines that end with %j', (lineEnd) => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 30, maxLength: 60 }), (block) => {
        const rows = Array.from({ length: 40 }, () => block)
          .flat()
          .map(([number, name, length], i) => ({
            number,
            name,
            filler: `f${'x'.repeat((length * (i % 7)) % 601)}`,
          }));
        const lines = rows.map(({ number, name, filler }) => [number, written(name), filler].join(','));
        const table = read(['number,name,filler', ...lines, ''].join(lineEnd));
        expect(rowsOf(table)).toEqual(
          rows.map(({ number, name, filler }) => [number === '' ? '' : String(Number(number)), name, filler]),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('may have a field, a header and a last line that are longer than a window', () => {
    const long = 'x"\n'.repeat(BEYOND_WINDOW / 3);
    const table = read(`a,${written(long)}\n1,short\n2,${written(long)}\n3,${written(long)}`);
    expect(table.columns.map(({ name }) => name)).toEqual(['a', long]);
    expect(rowsOf(table)).toEqual([
      ['1', 'short'],
      ['2', long],
      ['3', long],
    ]);
  });

  it('may be a number of more digits than a window has bytes', () => {
    expect(rowsOf(read(`a\n0.${'3'.repeat(BEYOND_WINDOW)}\n1\n`))).toEqual([[String(1 / 3)], ['1']]);
  });

  it('may have more columns than a block has fields', () => {
    const n = 20_000;
    const table = read(
      `${Array.from({ length: n }, (_, i) => `c${i}`)}\n${[...Array(n).keys()]}\n${Array(n).fill('0.1')}\n`,
    );
    expect(table.nRows).toBe(2);
    expect(table.columns.map((column) => column.kind === 'numeric' && [...column.values])).toEqual(
      Array.from({ length: n }, (_, i) => [i, 0.1]),
    );
  });

  it.each([
    ['a quote that is never closed', '1,"x', 'a quote is opened here but never closed'],
    ['text after a quote', '1,"x"y\n', 'text after a closing quote'],
    ['a ragged row', '1\n', 'expected 2 fields (as in the header), found 1'],
    ['text in a column of numbers', 'one,x\n', 'text in a numeric column'],
  ])('names the line of %s far down', (_, end, message) => {
    const rows = 40_000;
    const bytes = new TextEncoder().encode(`a,b\n${'12.5,abc\n'.repeat(rows)}${end}`);
    let problem: unknown;
    try {
      readCsv(bytes, { file: 'a.csv', kinds: { a: 'numeric' } });
    } catch (error) {
      problem = error instanceof DataError && error.problems[0];
    }
    expect(problem).toMatchObject({ message, place: expect.stringContaining(`line ${rows + 2}`) });
  });
});
