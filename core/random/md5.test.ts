import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { md5Hex } from './md5.ts';

it.each([
  // The test suite of RFC 1321.
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
])('is what RFC 1321 says of %j', (text, digest) => {
  expect(md5Hex(new TextEncoder().encode(text))).toBe(digest);
});

it('is what OpenSSL gives, of any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(md5Hex(bytes)).toBe(createHash('md5').update(bytes).digest('hex'));
    }),
  );
});

it('reads bytes in the middle of a buffer', () => {
  const bytes = new Uint8Array([9, ...new TextEncoder().encode('abc'), 9]);
  expect(md5Hex(bytes.subarray(1, 4))).toBe('900150983cd24fb0d6963f7d28e17f72');
});
