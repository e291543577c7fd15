import { describe, expect, it } from 'vitest';
import { readTarget } from '../dataset/target.ts';
import { DataError } from '../errors/app-error.ts';
import { readCsv } from './csv.ts';
import { readTable } from './read-table.ts';
import { tableWarnings } from './table-notes.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const read = (content: string | number[], file = 'd.csv') =>
  readTable(typeof content === 'string' ? encode(content) : Uint8Array.from(content), { file });
const problemOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof DataError) return error.problems[0]!;
  throw new Error(`expected a DataError, found ${String(error)}`);
};
const utf16 = (text: string) => [...text].flatMap((letter) => [letter.charCodeAt(0), 0]);
const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n';

describe('a file that is no table', () => {
  it.each<[string, string | number[], string, string]>([
    ['a pointer of Git LFS', POINTER, 'a pointer of Git LFS', 'git lfs pull'],
    ['a login page', '<!DOCTYPE html>\n<html><head>', 'an HTML page', 'login'],
    ['a page behind blanks', '\n  <html lang="en">', 'an HTML page', 'login'],
    ['XML', '<?xml version="1.0"?><a/>', 'an XML file', 'CSV'],
    ['ARFF', '@RELATION iris\n@ATTRIBUTE a NUMERIC\n', 'an ARFF file', 'CSV'],
    ['the columns of pandas as JSON', '{"x":{"0":1,"1":2}}', 'a JSON object of columns', 'orient="records"'],
    // pandas: to_json(orient="index"), "split" and "table"
    [
      'the rows of pandas as JSON',
      '{"0":{"x":1,"y":2},"1":{"x":3,"y":4}}',
      'a JSON object of numbered rows',
      'records',
    ],
    [
      'the parts of a data frame as JSON',
      '{"columns":["x","y"],"index":[0,1],"data":[[1,2],[3,4]]}',
      'a JSON object of columns, index and data',
      'orient="records"',
    ],
    [
      'a data frame with its schema as JSON',
      '{"schema":{"fields":[{"name":"index","type":"integer"}]},"data":[]}',
      'a JSON object of a schema and data',
      'orient="records"',
    ],
    ['a JSON list of lists', '[[1,2],[3,4]]', 'a JSON list of lists', 'orient="records"'],
    // DataFrame.to_pickle(path, protocol=0) and 1, pickle.dump of a dictionary and of a list
    ['a pickle of protocol 0', 'ccopy_reg\n_reconstructor\np0\n(cpandas\n', 'a Python pickle', 'to_parquet'],
    ['a pickle of protocol 1', 'ccopy_reg\n_reconstructor\nq\0(cpandas\n', 'a Python pickle', 'to_parquet'],
    ['a pickled dictionary', '(dp0\nVx\np1\n(lp2\nI1\nas.', 'a Python pickle', 'to_parquet'],
    ['a pickled list', '(lp0\nI1\naI2\na.', 'a Python pickle', 'to_parquet'],
    ['a pickled dictionary of protocol 1', '}q\0X\x01\0\0\0xq\x01]q\x02K\x01as.', 'a Python pickle', 'to_parquet'],
    ['a pickle of protocol 2', [0x80, 0x02, 0x63, 0x70], 'a Python pickle', 'to_parquet'],
    ['a pickle of protocol 5', [0x80, 0x05, 0x95, 0x10], 'a Python pickle', 'to_parquet'],
    [
      'UTF-16 with a mark',
      [0xff, 0xfe, ...utf16('x,y\n1,0\n')],
      'UTF-16 text',
      'iconv -f utf-16 -t utf-8 d.csv > d-utf8.csv',
    ],
    ['UTF-16 without one', utf16('x,y\n1,0\n'), 'UTF-16 text', 'iconv -f utf-16le -t utf-8 d.csv > d-utf8.csv'],
  ])('is named: %s', async (_, content, what, next) => {
    expect(await problemOf(read(content))).toMatchObject({
      message: `the file is ${what}, not a table`,
      file: 'd.csv',
      next: expect.stringContaining(next),
    });
  });
  it('is named whatever its ending', async () => {
    expect((await problemOf(read(POINTER, 'd.parquet'))).message).toContain('Git LFS');
  });
  it('in Latin-1 is named with the command that converts it', async () => {
    expect(await problemOf(read([...encode('city\nK'), 0xf6, ...encode('ln\n')], "it's.csv"))).toMatchObject({
      message: 'the text is not UTF-8',
      next: String.raw`save the file as UTF-8; if it is Latin-1, as most such files are: iconv -f windows-1252 -t utf-8 'it'\''s.csv' > 'it'\''s-utf8.csv'`,
    });
  });
  it('leaves a table alone that only looks like one of them', async () => {
    for (const text of ['version,y\n1,2\n', '<b>,y\n1,2\n', '[x],y\n1,2\n', 'cpandas,y\n1,2\n', '(d,y\n1,2\n'])
      expect((await read(text)).columns.map(({ name }) => name)).toEqual([text.split(',')[0], 'y']);
  });
});

describe('a title above the header', () => {
  const next = /^if (line 1|the first line) is a title.*the names of the columns have to come first/;

  it.each(['Sales of 2024\nx,y,z\n1,2,a\n', 'Sales of 2024\n\nx,y,z\n1,2,a\n', '# by a tool\nx,y,z\n1,2,a\n'])(
    'is named where rows have more fields: %j',
    async (text) => {
      expect((await problemOf(read(text))).next).toMatch(next);
    },
  );
  it('is named where a sheet gave it as many fields as rows have', async () => {
    const table = await read('Sales of 2024,,\nx,y,z\n1,2,a\n3,4,b\n');
    const target = () => readTarget(table, { file: 'd.csv', target: 'y', task: null, posLabel: null });
    expect(await problemOf((async () => target())())).toMatchObject({ next: expect.stringMatching(next) });
  });
});

describe('a JSON list', () => {
  it('is read as its rows', async () => {
    const table = await read('\ufeff [ {"x":1,"y":"a"},\n {"y":"b"} ]', 'd.json');
    expect(table.columns).toMatchObject([
      { name: 'x', values: Float64Array.of(1, Number.NaN) },
      { name: 'y', categories: ['a', 'b'] },
    ]);
  });
  it.each([
    ['[{"x":1},', 'the file is not JSON', undefined],
    ['[]', 'the file is empty', undefined],
    ['[{"x":1},3]', 'the row is not a JSON object', 'row 2'],
    ['[{"x":[1]}]', '"x" is a list or an object', 'row 1'],
  ])('%s is refused', async (text, message, place) => {
    expect(await problemOf(read(text))).toMatchObject({ message, ...(place && { place }) });
  });
});

describe('a first line by which Excel is told the delimiter', () => {
  it.each(['sep=;\nx;y\n1;0\n2;1\n', '\ufeffsep=;\r\nx;y\r\n1;0\r\n2;1\r\n', '"sep=;"\nx;y\n1;0\n2;1\n'])(
    'is honoured: %j',
    async (text) => {
      const table = await read(text);
      expect(table.columns.map(({ name }) => name)).toEqual(['x', 'y']);
      expect(table.nRows).toBe(2);
    },
  );
  it('counts as a line', async () => {
    expect(await problemOf(read('sep=;\nx;y\n1;0\n2\n'))).toMatchObject({ place: 'line 4' });
  });
  it('may be a tab', async () => {
    expect((await read('sep=\t\nx\ty\n1,5\t0\n')).columns.map(({ name }) => name)).toEqual(['x', 'y']);
  });
});

describe('a header without a name', () => {
  const csv = (text: string, options = {}) => readCsv(encode(text), { file: 'a.csv', ...options });
  const namesOf = (text: string) => csv(text).columns.map(({ name }) => name);

  it('gets the name that pandas gives it', () => {
    expect(namesOf(',x\n0,1\n1,2\n')).toEqual(['Unnamed: 0', 'x']);
    // pandas.read_csv of a data frame that was saved with its index twice, and three times
    expect(namesOf(',Unnamed: 0,x\n0,0,1\n')).toEqual(['Unnamed: 0.1', 'Unnamed: 0', 'x']);
    expect(namesOf(',Unnamed: 0.1,Unnamed: 0,x\n0,0,0,1\n')).toEqual([
      'Unnamed: 0.2',
      'Unnamed: 0.1',
      'Unnamed: 0',
      'x',
    ]);
    expect(namesOf('x,,y\n1,a,2\n')).toEqual(['x', 'Unnamed: 1', 'y']);
  });
  it('is left out when lines end with a delimiter, with a note', () => {
    const table = csv('x,y,\n1,2,\n3,4,\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(tableWarnings(table.notes)).toEqual([
      'the lines end with a delimiter; nothing follows it, so no column was made of it',
    ]);
  });
  it('is not needed when the rows alone end with a delimiter', () => {
    const table = csv('x,y\n1,2,\n3,4,\n');
    expect(table.columns).toMatchObject([{ values: Float64Array.of(1, 3) }, { values: Float64Array.of(2, 4) }]);
    expect(table.notes).toMatchObject([{ note: 'trailing_delimiter' }]);
    expect(() => csv('x,y\n1,2,\n3,4,5\n')).toThrow(/expected 2 fields/);
  });
  it('of many rows is the same beyond one block', () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `${i},${i % 7},`);
    expect(csv(`x,y\n${rows.join('\n')}`).columns[1]).toMatchObject({
      values: Float64Array.from(rows, (_, i) => i % 7),
    });
  });
  it('can be declared', () => {
    expect(csv(',x\na,1\n', { kinds: { 'Unnamed: 0': 'categorical' } }).columns[0]).toMatchObject({
      categories: ['a'],
    });
  });
});
