import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import { readJsonLines } from './json-lines.ts';
import { readTables } from './read-table.ts';
import { tableWarnings } from './table-notes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** A column `x` of 1 to 100, some of which are other texts, beside one of text. */
const csv = (others: Readonly<Record<number, string>>) =>
  bytes(`x,city\n${Array.from({ length: 100 }, (_, i) => `${others[i] ?? i + 1},"Rome\nnear the sea"`).join('\n')}\n`);
const notes = (others: Readonly<Record<number, string>>, options = {}) =>
  readCsv(csv(others), { file: 'a.csv', ...options }).notes.filter(({ note }) => note === 'almost_numeric');

describe('a column that is numeric but for a few texts', () => {
  it('is noted with the first line, counted through quoted line breaks, and with the whole list for `missing`', () => {
    const found = notes({ 3: ' ? ', 7: '?', 11: 'NA' });
    expect(found).toEqual([
      {
        ...{ note: 'almost_numeric', file: 'a.csv', column: 'x', place: 'line 8' },
        ...{ texts: ['?'], rows: 2, of: 99, missing: ['NA', '?'] },
      },
    ]);
    expect(tableWarnings(found)[0]).toBe(
      'column "x" is read as text: 2 of 99 values are no numbers, the first is "?" in line 8; if they mean that a value is missing, set `missing: ["NA", "?"]` for this dataset, or declare the column categorical under `columns`',
    );
  });
  it('is not noted with `missing` set as advised, nor when its kind is declared', () => {
    const table = readCsv(csv({ 3: '?', 11: 'NA' }), { file: 'a.csv', missing: ['NA', '?'] });
    expect(tableWarnings(table.notes)).toEqual([]);
    expect(table.columns[0]).toMatchObject({ kind: 'numeric' });
    expect(notes({ 3: '?' }, { kinds: { x: 'categorical' } })).toEqual([]);
  });
  it('is advised to be corrected where the texts are no marks', () => {
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [i, `${i}a`]));
    const table = readCsv(bytes(`x\n${Array.from({ length: 200 }, (_, i) => many[i] ?? i).join('\n')}\n`), {
      file: 'a.csv',
    });
    expect(tableWarnings(table.notes)[0]).toContain('; correct them, or declare the column categorical');
    expect(tableWarnings(notes({ 1: 'a', 2: 'b', 3: 'c', 4: 'd', 5: 'e' }))[0]).toContain('set `missing');
  });
  it.each<[string, Record<number, string>, number]>([
    ['5 % other texts', { 1: 'a', 2: 'a', 3: 'a', 4: 'a', 5: 'b' }, 1],
    ['6 % other texts', { 1: 'a', 2: 'a', 3: 'a', 4: 'a', 5: 'a', 6: 'a' }, 0],
    ['40 % question marks', Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i, '?'])), 1],
    [
      '95 % question marks, too few numbers to tell',
      Object.fromEntries(Array.from({ length: 95 }, (_, i) => [i, '?'])),
      0,
    ],
    ['no other texts', {}, 0],
  ])('with %s is noted or not', (_, others, count) => expect(notes(others)).toHaveLength(count));

  it('is noted in JSON Lines too, where only the texts of the user are missing', () => {
    const lines = Array.from({ length: 50 }, (_, i) => JSON.stringify({ x: i === 9 ? '-' : `${i}` })).join('\n');
    expect(readJsonLines(bytes(lines), { file: 'a.jsonl' }).notes).toMatchObject([
      { place: 'line 10', missing: ['-'] },
    ]);
    expect(readJsonLines(bytes(lines), { file: 'a.jsonl', missingIn: { x: ['-'] } }).columns[0]).toMatchObject({
      kind: 'categorical',
      codes: expect.any(Int32Array),
    });
  });
  it('is noted with its file where only one of several has the text', async () => {
    const table = await readTables(
      [
        { file: 'a.csv', bytes: csv({}) },
        { file: 'b.csv', bytes: csv({ 1: '?' }) },
      ],
      {},
    );
    expect(table.column('x')!.kind).toBe('categorical');
    expect(table.notes).toMatchObject([{ file: 'b.csv', column: 'x' }]);
  });
});

describe('missing values', () => {
  const kindOf = (text: string, options: object) => readCsv(bytes(text), { file: 'a.csv', ...options }).columns[0];
  it('are those that the user lists, and no others', () => {
    expect(kindOf('x\nNone\nMinor\n', {})).toMatchObject({ categories: ['Minor'] });
    expect(kindOf('x\nNone\nMinor\n', { missing: [] })).toMatchObject({ categories: ['Minor', 'None'] });
    expect(kindOf('x,z\n1,1\n,1\n', { missing: [] })).toMatchObject({ values: Float64Array.of(1, Number.NaN) });
  });
  it('of one column are those of the column alone', () => {
    const table = readCsv(bytes('x,y\n1,None\n-,a\n'), { file: 'a.csv', missing: ['-'], missingIn: { y: ['a'] } });
    expect(table.columns).toMatchObject([
      { kind: 'numeric', values: Float64Array.of(1, Number.NaN) },
      { kind: 'categorical', categories: ['None'] },
    ]);
  });
});
