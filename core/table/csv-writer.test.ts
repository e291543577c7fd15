import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import { writeCsv } from './csv-writer.ts';
import { DEFAULT_MISSING } from './missing-values.ts';
import { type Column, categoricalColumn, createTable, type Table } from './table.ts';

const numeric = (name: string, ...values: number[]): Column => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});

function reread(table: Table, delimiter: string): Table {
  const kinds = Object.fromEntries(table.columns.map(({ name, kind }) => [name, kind]));
  return readCsv(new TextEncoder().encode(writeCsv(table, { delimiter })), { file: 'a.csv', kinds, delimiter });
}

describe('writeCsv', () => {
  it.each<[string, Column[], string]>([
    ['numbers with the fewest digits', [numeric('a', 1, 0.1, 1e21, 5e-324, -0)], 'a\n1\n0.1\n1e+21\n5e-324\n-0\n'],
    [
      'missing values as empty fields',
      [numeric('a', Number.NaN, 1), categoricalColumn('b', ['x', undefined])],
      'a,b\n,x\n1,\n',
    ],
    ['a missing value that is alone on its line in quotes', [numeric('a', 1, Number.NaN)], 'a\n1\n""\n'],
    [
      'quotes only where they must stand',
      [categoricalColumn('a,b', ['x', 'x,y', 'say "z"', 'v\nw', ' u '])],
      '"a,b"\nx\n"x,y"\n"say ""z"""\n"v\nw"\n u \n',
    ],
    ['a name that begins with a byte order mark in quotes', [numeric('\ufeffa', 1)], '"\ufeffa"\n1\n'],
    ['a table without rows', [numeric('a'), numeric('b')], 'a,b\n'],
    ['a table without columns', [], ''],
  ])('writes %s', (_, columns, text) => {
    expect(writeCsv(createTable(columns))).toBe(text);
  });

  it.each<[string, Column]>([
    ['an infinite value', numeric('a', Number.NEGATIVE_INFINITY)],
    ['a column without a name', numeric('', 1)],
  ])('refuses %s', (_, column) => {
    expect(() => writeCsv(createTable([column]))).toThrow(RangeError);
  });

  it('gives back through readCsv every table that CSV can say, bit by bit', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'",;\n\r\t \ufeff1'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 8,
    });
    const value = text.filter((each) => !DEFAULT_MISSING.includes(each.replace(/^[ \t]+|[ \t]+$/g, '')));
    const double = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer(), fc.constant(-0));
    const table = fc
      .tuple(
        fc.uniqueArray(
          text.filter((name) => name !== ''),
          { minLength: 1, maxLength: 4 },
        ),
        fc.nat(6),
      )
      .chain(([names, nRows]) =>
        fc.tuple(
          ...names.map((name) =>
            fc.oneof(
              fc.array(double, { minLength: nRows, maxLength: nRows }).map((values) => numeric(name, ...values)),
              fc
                .array(fc.option(value, { nil: undefined }), { minLength: nRows, maxLength: nRows })
                .map((values) => categoricalColumn(name, values)),
            ),
          ),
        ),
      )
      .map((columns) => createTable(columns));
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|', '1'), (original, delimiter) => {
        expect(reread(original, delimiter).columns).toEqual(original.columns);
      }),
      { numRuns: 500 },
    );
  });
});
