import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { createRandom } from '../random/random.ts';
import { readTable } from './read-table.ts';
import { type Table, valueText } from './table.ts';

// Written by pyarrow 26: pyarrow.parquet.write_table(table, path, compression=…, store_schema=False).
const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`./fixtures/${name}.parquet`, import.meta.url)));
const read = (name: string, kinds = {}) => readTable(fixture(name), { file: `${name}.parquet`, kinds });
const texts = (table: Table) =>
  Object.fromEntries(table.columns.map((column) => [column.name, [0, 1, 2].map((row) => valueText(column, row))]));

describe('a Parquet file', () => {
  it.each(['snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'none', 'v2'])(
    'is the same table packed with %s',
    async (name) => {
      const table = await read(name);
      expect(texts(table)).toEqual({
        small: ['1', '', '3'],
        id: ['9007199254740993', '1152921504606846976', '-5'],
        count: ['7', '8', ''],
        unsigned: ['1', '2', '3'],
        ratio: ['0.5', '', ''],
        half: ['1.5', '2.5', '-1'],
        price: ['1.25', '', '-3.5'],
        flag: ['True', 'False', ''],
        plan: ['pro', '', 'bäsic'],
        kind: ['a', 'b', 'a'],
        day: ['2024-02-29', '', '1969-12-31'],
        seen: ['2024-02-29T12:00:00.000Z', '', '1970-01-01'],
        ns: Array(3).fill('2024-02-29T06:00:00.000Z'),
        iso: ['2024-02-29', '2024-03-01', ''],
        empty: ['', '', ''],
      });
      const categorical = table.columns.filter(({ kind }) => kind === 'categorical').map(({ name: each }) => each);
      expect(categorical).toEqual(['id', 'flag', 'plan', 'kind']);
    },
  );
  it('obeys the kinds that are declared, and says what does not fit them', async () => {
    const table = await read('snappy', { small: 'categorical', iso: 'categorical' });
    expect(table.column('small')!.kind).toBe('categorical');
    expect(table.column('iso')!.kind).toBe('categorical');
    await expect(read('snappy', { plan: 'numeric' })).rejects.toThrow(/row 1, column "plan".*\n.*"pro"/);
    await expect(read('snappy', { plam: 'numeric' })).rejects.toThrow('did you mean "plan"?');
  });
  it('is read without the index of pandas', async () => {
    expect((await read('indexed')).columns.map(({ name }) => name)).toEqual(['x']);
  });
  it.each([
    ['nested', 'column "tags" contains lists or structures'],
    ['no-rows', 'the table has no rows'],
  ])('%s is refused: %s', async (name, message) => await expect(read(name)).rejects.toThrow(message));

  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('with %s in a column is refused', async (value) => {
    const columnData = [{ name: 'n', data: [1, value, 2], type: 'DOUBLE' as const }];
    const read = readTable(new Uint8Array(parquetWriteBuffer({ columnData })), { file: 'x.parquet' });
    await expect(read).rejects.toThrow(DataError);
    await expect(read).rejects.toThrow('column "n": infinite value');
  });

  it('torn anywhere, or with any byte changed, is an error of the data or a table', async () => {
    const whole = fixture('gzip');
    const random = createRandom(1, 'mutations');
    let refused = 0;
    for (let i = 0; i < 1500; i++) {
      const broken = i % 3 === 0 ? whole.slice(0, 4 + random.integer(whole.length - 4)) : whole.slice();
      if (i % 3 !== 0)
        for (let n = 0; n < 1 + (i % 4); n++) broken[4 + random.integer(broken.length - 4)] = random.integer(256);
      try {
        const { nRows, columns } = await readTable(broken, { file: 'x.parquet' });
        for (const column of columns)
          for (let row = 0; row < nRows; row++) expect(valueText(column, row)).toBeTypeOf('string');
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });

  it('gives back what was written', async () => {
    const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));
    const text = fc.option(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => each.trim() !== '' && !/\d/.test(each)),
    );
    const rows = fc.array(fc.tuple(number, text), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        const bytes = new Uint8Array(
          parquetWriteBuffer({
            columnData: [
              { name: 'n', data: list.map(([value]) => value), type: 'DOUBLE' },
              { name: 't', data: list.map(([, value]) => value), type: 'STRING' },
            ],
          }),
        );
        const table = await readTable(bytes, { file: 'x.parquet' });
        const { n, t } = Object.fromEntries(table.columns.map((column) => [column.name, column]));
        for (const [row, [value, word]] of list.entries()) {
          expect(n?.kind === 'numeric' && n.values[row]).toBe(value ?? Number.NaN);
          expect(valueText(t!, row)).toBe(word ?? '');
        }
      }),
      { numRuns: 60 },
    );
  });
});
