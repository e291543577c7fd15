const BLOCK = 64;

/**
 * Gives each block of 64 bytes to `absorb`: those of the bytes, then the rest, padded as MD5 (RFC 1321) and SHA-256 (FIPS 180-4) pad it
 * by a bit and the length in bits. They differ in the order of the length's bytes.
 */
export function forEachBlock(
  bytes: Uint8Array,
  order: 'little-endian' | 'big-endian',
  absorb: (bytes: Uint8Array, at: number) => void,
): void {
  const whole = bytes.length - (bytes.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) absorb(bytes, at);

  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < BLOCK - 8 ? BLOCK : 2 * BLOCK);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  const length = new DataView(tail.buffer, tail.length - 8);
  const isLittle = order === 'little-endian';
  length.setUint32(isLittle ? 0 : 4, bytes.length << 3, isLittle);
  length.setUint32(isLittle ? 4 : 0, Math.floor(bytes.length / 0x20000000), isLittle);
  for (let at = 0; at < tail.length; at += BLOCK) absorb(tail, at);
}
