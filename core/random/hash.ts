/**
 * A 64-bit non-cryptographic hash in two 32-bit lanes, the same on every machine. Used for row keys, fold assignment
 * and random streams; files and models are identified by SHA-256 instead.
 */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

const utf8 = new TextEncoder();
const float = new Float64Array(1);
const floatBits = new Uint32Array(float.buffer);

/** MurmurHash3's finaliser: every input bit changes every output bit with probability one half. */
function avalanche(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Folds one more 32-bit word into a hash; the order of words matters. */
export function mix(hash: Hash64, word: number): Hash64 {
  const high = avalanche((hash.high ^ Math.imul(word, 0xcc9e2d51)) + 0x9e3779b9);
  const low = avalanche((hash.low ^ Math.imul(word, 0x1b873593)) + (high ^ 0x7f4a7c15));
  return { high: (high ^ (low >>> 7)) >>> 0, low };
}

const START: Hash64 = { high: 0x243f6a88, low: 0x85a308d3 };

/** Hash of text by its UTF-8 bytes. */
export function hashText(text: string): Hash64 {
  const bytes = utf8.encode(text);
  let hash = mix(START, bytes.length);
  for (let i = 0; i < bytes.length; i += 4) {
    hash = mix(hash, bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
  }
  return hash;
}

/** Hash of a number by its bits; −0 hashes as 0, and every NaN the same. */
export function hashNumber(value: number): Hash64 {
  float[0] = Number.isNaN(value) ? Number.NaN : value === 0 ? 0 : value;
  return mix(mix(START, floatBits[0]!), floatBits[1]!);
}

/** Hash of a sequence of hashes; the order matters. */
export function combine(hashes: Iterable<Hash64>): Hash64 {
  let all = START;
  for (const hash of hashes) all = mix(mix(all, hash.high), hash.low);
  return all;
}
