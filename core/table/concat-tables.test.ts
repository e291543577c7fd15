import { describe, expect, it } from 'vitest';
import { readTables } from './read-table.ts';
import { valueText } from './table.ts';

const read = (...texts: string[]) =>
  readTables(
    texts.map((text, i) => ({ file: `part-${i}.csv`, bytes: new TextEncoder().encode(text) })),
    {},
  );

describe('several files', () => {
  it('are one table, whatever the order of their columns', async () => {
    const table = await read('a,b\n1,x\n', 'b,a\ny,2\nx,\n');
    expect(table.columns.map((column) => [0, 1, 2].map((row) => valueText(column, row)))).toEqual([
      ['1', '2', ''],
      ['x', 'y', 'x'],
    ]);
    expect(table.columns[1]).toMatchObject({ categories: ['x', 'y'], codes: Int32Array.of(0, 1, 0) });
  });
  it('make text of a column that is numbers in one and text in another, and keep its zeros', async () => {
    const [column] = (await read('a\n007\n', 'a\nx\n', 'a\n2024-01-01\n')).columns;
    expect([0, 1, 2].map((row) => valueText(column!, row))).toEqual(['007', 'x', '2024-01-01']);
  });
  it('adapt a column without a value to the others', async () => {
    const table = await read('a,b\n,\n', 'a,b\nx,2024-01-01\n');
    expect(table.columns.map((column) => [column.kind, valueText(column, 1)])).toEqual([
      ['categorical', 'x'],
      ['numeric', '2024-01-01'],
    ]);
  });
  it('with other columns are refused by name', async () => {
    await expect(read('a,b\n1,2\n', 'a,c\n1,2\n', 'a\n1\n')).rejects.toThrow(
      /part-1\.csv: the columns differ from those of part-0\.csv.*"b" missing, "c" added.*part-2\.csv.*"b" missing/s,
    );
  });
});
