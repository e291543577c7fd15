import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { sniffDelimiter } from './delimiter.ts';
import { readTable } from './read-table.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('sniffDelimiter', () => {
  it.each([
    ['commas', 'a,b,c\n1,2,3\n', 'x.csv', ','],
    ['semicolons, with commas in quotes', 'a;"b,c,d,e";f\n', 'x.csv', ';'],
    ['tabs', 'a\tb\n', 'x.txt', '\t'],
    ['bars', 'a|b|c\n', 'x.csv', '|'],
    ['one column', 'a\n1\n', 'x.csv', ','],
    ['decimal commas below the header', 'a;b\n1,5;2,5\n', 'x.csv', ';'],
    ['a name that says tabs', 'a,b\tc\n', 'x.tsv.gz', '\t'],
  ])('finds %s', (_, text, file, expected) => expect(sniffDelimiter(bytes(text), file)).toBe(expected));
});

describe('readTable', () => {
  it('reads what is gzipped as if it were not', async () => {
    const text = bytes('a;b\n1;x\n2;y\n');
    const plain = await readTable(text, { file: 'x.csv' });
    const packed = await readTable(gzipSync(text), { file: 'x.csv.gz' });
    expect(packed.columns).toEqual(plain.columns);
    expect(plain.columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });
  it('obeys a delimiter that is given', async () => {
    expect((await readTable(bytes('a;b,c\n1;2,3\n'), { file: 'x.csv', delimiter: ',' })).columns).toHaveLength(2);
  });
  it('says that a gzip file is torn, wherever it was cut', async () => {
    const packed = gzipSync(bytes('a,b\n1,2\n'.repeat(50)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: packed.length - 1 }), async (length) => {
        await expect(readTable(packed.subarray(0, length), { file: 'x.csv.gz' })).rejects.toThrow(DataError);
      }),
      { numRuns: 30 },
    );
  });
});
