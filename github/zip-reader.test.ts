import { describe, expect, it } from 'vitest';
import { aZip, type TestEntry } from './zip.fixture.ts';
import { readZip, ZipError } from './zip-reader.ts';

const LIMITS = { files: 10, bytes: 10_000 };
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('utf8');
const texts = (bytes: Uint8Array) => Object.fromEntries([...readZip(bytes, LIMITS)].map(([k, v]) => [k, text(v)]));

const good: TestEntry[] = [
  { name: 'a.txt', content: 'a'.repeat(1000) },
  { name: 'empty', content: '' },
  { name: 'stored/b.bin', content: 'b', stored: true },
  { name: 'ünï/', stored: true, mode: 0o040755 },
  { name: 'ünï/c', content: 'late', descriptor: 'signed', mode: 0o100644 },
  { name: 'd', content: 'later', descriptor: 'unsigned' },
];

describe('readZip', () => {
  it('gives the files by path, however packed, without folders', () => {
    expect(texts(aZip(good))).toEqual({
      'a.txt': 'a'.repeat(1000),
      empty: '',
      'stored/b.bin': 'b',
      'ünï/c': 'late',
      d: 'later',
    });
  });

  it('reads an archive that is a part of a larger buffer', () => {
    const inside = Buffer.concat([Buffer.from('before'), aZip(good), Buffer.from('after')]);
    expect(readZip(inside.subarray(6, -5), LIMITS).size).toBe(5);
  });

  it('reads what another program wrote: zipfile.ZipFile(…).writestr of Python 3.11', () => {
    const python =
      'UEsDBBQAAAAIAAAAIVyGphA2BwAAAAUAAAAFAAAAYS50eHTLSM3JyQcAUEsBAhQDFAAAAAgAAAAhXIamEDYHAAAABQAAAAUAAAAA' +
      'AAAAAAAAAIABAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAACoAAAAAAA==';
    expect(texts(Buffer.from(python, 'base64'))).toEqual({ 'a.txt': 'hello' });
  });

  it('reads an empty archive', () => {
    expect(readZip(aZip([]), LIMITS).size).toBe(0);
  });

  it.each<[string, TestEntry[], RegExp]>([
    ['a path upwards', [{ name: '../a' }], /is not a plain path inside the archive/],
    ['a path upwards in the middle', [{ name: 'a/../../b' }], /is not a plain path inside the archive/],
    ['an absolute path', [{ name: '/etc/a' }], /is not a plain path inside the archive/],
    ['a path of Windows', [{ name: '..\\a' }], /is not a plain path inside the archive/],
    ['a drive', [{ name: 'C:a' }], /is not a plain path inside the archive/],
    ['a dot', [{ name: './a' }], /is not a plain path inside the archive/],
    ['an empty name', [{ name: '' }], /is not a plain path inside the archive/],
    ['a NUL in a path', [{ name: 'a\0.txt' }], /is not a plain path inside the archive/],
    ['a long path', [{ name: 'a'.repeat(1001) }], /too long/],
    ['the same path twice', [{ name: 'a' }, { name: 'a' }], /twice/],
    ['a file where a folder is', [{ name: 'a' }, { name: 'a/b' }], /both a file and a folder/],
    ['a path outside ASCII that is not said to be UTF-8', [{ name: 'ü', flags: 0 }], /not UTF-8/],
    ['a symbolic link', [{ name: 'a', content: 'b', mode: 0o120777 }], /link/],
    ['a folder with content', [{ name: 'a/', content: 'b' }], /has content/],
    ['encryption', [{ name: 'a', flags: 1 }], /encrypted/],
    ['an unknown method', [{ name: 'a', method: 12 }], /unknown compression method/],
    ['a wrong checksum', [{ name: 'a', content: 'b', crc: 1 }], /does not match its header/],
    ['more than its header says', [{ name: 'a', content: 'b'.repeat(100), unpacked: 10 }], /does not match its header/],
    ['less than its header says', [{ name: 'a', content: 'b', unpacked: 10 }], /does not match its header/],
    ['two names of one entry', [{ name: 'a', localName: 'b' }], /headers of "a" differ/],
    ['bytes behind the content', [{ name: 'a', content: 'b', tail: new Uint8Array(5) }], /followed by other bytes/],
    ['two entries on the same bytes', [{ name: 'a' }, { name: 'b', offset: 0 }], /overlap|differ/],
    ['an entry that begins nowhere', [{ name: 'a', offset: 0xfffffff0 }], /overlap/],
    ['zip64', [{ name: 'a', unpacked: 0xffffffff }], /zip64/],
    ['too many bytes', [{ name: 'a', unpacked: 10_001 }], /more than 10000/],
    ['too many files', Array.from({ length: 11 }, (_, i) => ({ name: `${i}` })), /more than 10/],
  ])('refuses %s', (_title, entries, message) => {
    const read = () => readZip(aZip(entries), LIMITS);
    expect(read).toThrow(ZipError);
    expect(read).toThrow(message);
  });

  it('unpacks no more of a bomb than its header admits to', () => {
    const bomb = aZip([{ name: 'a', content: Buffer.alloc(50_000_000), unpacked: 5000 }]);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => readZip(bomb, LIMITS)).toThrow(ZipError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['something else', Buffer.from('<html>Not found</html>')],
    ['a comment', aZip(good, { comment: 'PK' })],
    ['a gap', aZip(good, { gap: new Uint8Array(7) })],
    ['fewer entries than it has', aZip(good, { count: 5 })],
    ['more entries than it has', aZip(good, { count: 7 })],
    ['something before it', Buffer.concat([Buffer.from('#!'), aZip(good)])],
    ['something after it', Buffer.concat([aZip(good), Buffer.from('\n')])],
  ])('refuses an archive with %s', (_title, bytes) => {
    expect(() => readZip(bytes, LIMITS)).toThrow(ZipError);
  });

  it('refuses or reads alike whatever single byte is changed or wherever it is cut', () => {
    const whole = aZip(good);
    const right = JSON.stringify(texts(whole));
    let read = 0;
    for (let at = 0; at < whole.length; at++) {
      expect(() => readZip(whole.subarray(0, at), LIMITS), `cut at ${at}`).toThrow(ZipError);
      for (const flip of [1, 0x80, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at]! ^= flip;
        try {
          expect(JSON.stringify(texts(changed)), `byte ${at}`).toBe(right);
          read++;
        } catch (error) {
          if (!(error instanceof ZipError)) throw error;
        }
      }
    }
    // Dates, versions and attributes are nobody's business; all else counts.
    expect(read / (3 * whole.length)).toBeLessThan(0.35);
  });
});
