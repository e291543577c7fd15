import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { fitPreprocessor } from '../preprocessing/preprocessor.ts';
import { concatTables } from './concat-tables.ts';
import { writeCsv } from './csv-writer.ts';
import { readTable } from './read-table.ts';
import { type CategoricalColumn, categoricalColumn, createTable, sortByBytes, type Table, valueText } from './table.ts';

const kinds = { text: 'categorical' } as const;
const utf8 = new TextEncoder();
const tableOf = (texts: readonly string[]) => createTable([categoricalColumn('text', texts)]);

/** Ways in which text becomes a dictionary. */
const ways: readonly [string, (texts: readonly string[]) => Promise<Table> | Table][] = [
  ['a column made of text', tableOf],
  ['CSV', (texts) => readTable(utf8.encode(writeCsv(tableOf(texts))), { file: 'a.csv', kinds })],
  [
    'JSON Lines',
    (texts) =>
      readTable(utf8.encode(texts.map((text) => JSON.stringify({ text })).join('\n')), { file: 'a.jsonl', kinds }),
  ],
  [
    'Parquet',
    (texts) =>
      readTable(
        new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'text', data: [...texts], type: 'STRING' }] })),
        { file: 'a.parquet', kinds },
      ),
  ],
  [
    'two tables put together',
    (texts) => {
      const half = texts.length >> 1;
      return concatTables(
        [texts.slice(0, half), texts.slice(half)].map((part, i) => ({ file: `${i}.csv`, table: tableOf(part) })),
      );
    },
  ],
];

/** Text of planes whose order as UTF-16 is not that of UTF-8, and rows of it, some repeated, in two orders. */
const character = fc.constantFrom('a', 'B', '7', 'é', '\ud7ff', '\ue000', '\uffee', '😀', '𝔘');
const text = fc.string({ unit: character, minLength: 2, maxLength: 4 });
const rows = fc
  .array(text, { minLength: 2, maxLength: 12 })
  .chain((list) => fc.tuple(fc.constant([...list, list[0]!]), fc.shuffledSubarray(list, { minLength: list.length })));

describe('the dictionary of a column', () => {
  it.each(ways)('has the order of UTF-8 bytes, whatever order the rows have: %s', async (_, read) => {
    await fc.assert(
      fc.asyncProperty(rows, async ([inOrder, shuffled]) => {
        const table = await read(inOrder);
        const column = table.column('text') as CategoricalColumn;
        const expected = [...new Set(inOrder)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(column.categories).toEqual(expected);
        expect(inOrder.map((_, row) => valueText(column, row))).toEqual(inOrder);
        const other = (await read(shuffled)).column('text') as CategoricalColumn;
        expect(other.categories).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
  it.each(['dense', 'native'] as const)('keeps it in %s features', (encoding) => {
    fc.assert(
      fc.property(rows, ([inOrder, shuffled]) => {
        const fitted = (texts: readonly string[]) =>
          JSON.stringify(fitPreprocessor(tableOf(texts), ['text'], Uint32Array.from(texts.keys()), encoding).toJSON());
        expect(fitted([...shuffled, inOrder[0]!])).toBe(fitted(inOrder));
      }),
      { numRuns: 50 },
    );
  });
});

describe('sortByBytes', () => {
  it('has one order even for halves of surrogate pairs, which are encoded alike', () => {
    const unit = fc.integer({ min: 0xd7f0, max: 0xe00f }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit, maxLength: 3 })), (texts) => {
        expect(sortByBytes(texts.toReversed())).toEqual(sortByBytes(texts));
      }),
    );
  });
});
