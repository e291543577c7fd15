/** 5^27 is the last power of five that fits into 64 bits. */
const LARGEST_OF_64_BITS = 27;

/**
 * The first 128 bits of 10^power, up to 10^55: those of 5^power, since the rest is a power of two. A negative power is
 * rounded up, as the rounding of Eisel and Lemire needs it: at the last bit where a number can lie half-way between two
 * doubles, and at bits far behind, which are then cut off, elsewhere.
 */
export function powerBits(power: number): bigint {
  let five = 1n;
  for (let n = 0; n < Math.abs(power); n++) five *= 5n;
  const length = bitLength(five);
  if (power >= 0) return five << BigInt(128 - length);
  const shift = -power <= LARGEST_OF_64_BITS ? length + 127 : 2 * length + 128;
  const reciprocal = (1n << BigInt(shift)) / five + 1n;
  return reciprocal >> BigInt(bitLength(reciprocal) - 128);
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
