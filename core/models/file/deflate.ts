import { deflateSync, Inflate, inflateSync } from 'fflate/browser';
import { StoreError } from '../../errors/app-error.ts';

/** Level 6 makes 4 % less of a forest of 51 MB, and takes twice as long. */
const LEVEL = 1;
/** Deflate makes at most 258 bytes of two bits. */
const MAX_EXPANSION = 1032;
/** Bytes inflated at a time: what is too much is noticed 17 MB later at the latest. */
const STEP = 16_384;

/** Raw deflate (RFC 1951), or the bytes themselves where that is not shorter. The same everywhere. */
export function compress(bytes: Uint8Array): Uint8Array {
  // Left to itself fflate sizes its table of hashes by Math.log, which differs between builds.
  const deflated = deflateSync(bytes, { level: LEVEL, mem: bytes.length > 65_536 ? 8 : 2 });
  return deflated.length < bytes.length ? deflated : bytes;
}

/** Whether so many bytes can be what `compress` made of `length` bytes. */
export function canDecompress(stored: number, length: number): boolean {
  return stored <= length && length <= stored * MAX_EXPANSION;
}

/**
 * The `length` bytes that `compress` was given. Allocates nothing beyond them but a few steps' worth.
 *
 * @throws StoreError when the stored bytes are not those of `length` bytes.
 */
export function decompress(stored: Uint8Array, length: number): Uint8Array {
  if (stored.length === length) return stored;
  // One byte more, so that a byte too many shows.
  const bytes = new Uint8Array(length + 1);
  let found: number;
  try {
    found = stored.length <= STEP ? inflateSync(stored, { out: bytes }).length : inflateInSteps(stored, bytes);
  } catch (cause) {
    throw new StoreError({ message: 'is damaged: a section cannot be inflated' }, { cause });
  }
  if (found !== length)
    throw new StoreError({ message: 'is damaged: a section does not have the length that its header says' });
  return bytes.subarray(0, length);
}

/** In one go fflate would work its way through all that a section inflates to, however far beyond its room. */
function inflateInSteps(stored: Uint8Array, bytes: Uint8Array): number {
  let end = 0;
  const inflater = new Inflate((chunk) => {
    bytes.set(chunk, end);
    end += chunk.length;
  });
  for (let at = 0; at < stored.length; at += STEP) {
    inflater.push(stored.subarray(at, at + STEP), at + STEP >= stored.length);
  }
  return end;
}
