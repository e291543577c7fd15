import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { valueText } from './table.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, kinds = {}) => readTable(bytes(text), { file: 'a.jsonl', kinds });

describe('JSON Lines', () => {
  it('are columns in the order they first appear, of one kind each', async () => {
    const text =
      '{"n":1.5,"plan":"pro","on":true}\r\n\n{"plan":"","n":null,"day":"2024-02-29"}\n{"n":-2,"mixed":1}\n{"mixed":"x"}';
    const table = await read(text);
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['n', 'numeric'],
      ['plan', 'categorical'],
      ['on', 'categorical'],
      ['day', 'numeric'],
      ['mixed', 'categorical'],
    ]);
    expect(table.columns.map((column) => [0, 1, 2, 3].map((row) => valueText(column, row)))).toEqual([
      ['1.5', '', '-2', ''],
      ['pro', '', '', ''],
      ['True', '', '', ''],
      ['', '2024-02-29', '', ''],
      ['', '', '1', 'x'],
    ]);
    expect((await readTable(gzipSync(text), { file: 'a.jsonl.gz' })).columns).toEqual(table.columns);
  });
  it('keep the zeros of text, and are numbers where that is declared', async () => {
    expect(valueText((await read('{"zip":"007"}')).columns[0]!, 0)).toBe('007');
    expect((await read('{"zip":"007"}', { zip: 'numeric' })).columns[0]).toMatchObject({ values: Float64Array.of(7) });
  });
  it('keep the digits of whole numbers that a double cannot hold', async () => {
    const table = await read('{"id":1234567890123456001,"x":12345678901234567.5}\n{"id":5,"x":1}');
    expect(table.columns.map((column) => valueText(column, 0))).toEqual(['1234567890123456001', '12345678901234568']);
    expect(table.columns.map(({ kind }) => kind)).toEqual(['categorical', 'numeric']);
    expect((await read('{"id":1234567890123456001}', { id: 'numeric' })).columns[0]!.kind).toBe('numeric');
  });
  it('are text as it is written where that is asked for', async () => {
    const text = '{"n":1.50,"zip":"007","big":1e2,"x":2.0}';
    const table = await readTable(bytes(text), { file: 'a.jsonl', kinds: { x: 'numeric' }, asWritten: true });
    expect(table.columns.map((column) => valueText(column, 0))).toEqual(['1.50', '007', '1e2', '2']);
  });
  it.each([
    ['a torn last line', '{"a":1}\n{"a":', 'line 2: the line is not JSON'],
    ['NaN', '{"a":1}\n{"a":NaN}', 'line 2: the line is not JSON'],
    ['a list', '{"a":1}\n\n[1]', 'line 3: the line is not a JSON object'],
    ['a nested value', '{"a":1}\n{"a":{"b":2}}', 'line 2: "a" is a list or an object'],
    ['a number too large', '{"a":1}\n{"a":1e999}', 'line 2, column "a": infinite value'],
    ['words where numbers are declared', '{"n":"x"}', 'line 1, column "n"'],
  ])('%s is refused with its line', async (_, text, message) => {
    await expect(read(text, text.includes('"n"') ? { n: 'numeric' } : {})).rejects.toThrow(message);
  });
  it('that are not UTF-8 are refused', async () => {
    await expect(readTable(Uint8Array.of(...bytes('{"a":1}\n{"a":"'), 0xff), { file: 'a.jsonl' })).rejects.toThrow(
      'line 2: the text is not UTF-8',
    );
  });
});

describe('what is no table', () => {
  it.each([
    ['PK\x03\x04…', 'an Excel workbook'],
    ['ARROW1\0\0', 'Feather'],
    ['SQLite format 3\0', 'SQLite'],
    ['a,b\n1,\0\n', 'a zero byte at offset 6'],
    ['\xff\xfea\0', 'UTF-16'],
  ])('%j is named', async (text, message) => {
    await expect(
      readTable(
        Uint8Array.from(text, (each) => each.charCodeAt(0)),
        { file: 'x' },
      ),
    ).rejects.toThrow(message);
  });
});
