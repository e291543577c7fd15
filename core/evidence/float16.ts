const value = new Float64Array(1);
const words = new Uint32Array(value.buffer);

const SMALLEST_NORMAL = 6.103515625e-5;
/** 2⁻²⁴, the distance of neighbours below the smallest normal number. */
const SPACING = 1 / 0x1000000;

/** Adding and taking it away rounds a number below 2⁵¹ to the nearest whole one, ties to even. */
const ROUNDER = 0x10000000000000;

/**
 * The bits (0…65535) of the half-precision number nearest to `x`, ties to even, in one rounding from 64 bits
 * (equals `numpy.float16(x)`). Numbers of 65520 and above become ±∞; NaN becomes 0x7e00.
 */
export function toFloat16(x: number): number {
  if (Number.isNaN(x)) return 0x7e00;
  value[0] = x;
  const sign = (words[1]! >>> 16) & 0x8000;
  const size = Math.abs(x);
  if (size >= 65520) return sign | 0x7c00;
  // A carry into bit 10 is the smallest normal number, as it should be.
  if (size < SMALLEST_NORMAL) return sign | (size / SPACING + ROUNDER - ROUNDER);
  const exponent = ((words[1]! >>> 20) & 0x7ff) - 1023;
  words[1] = (words[1]! & 0x000fffff) | 0x3ff00000;
  const steps = (value[0]! - 1) * 1024 + ROUNDER - ROUNDER;
  return sign | (((exponent + 15) << 10) + steps);
}

/** The number that 16 bits stand for (equals `numpy.uint16(bits).view(numpy.float16)`); exact. */
export function fromFloat16(bits: number): number {
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * SPACING;
  words[0] = 0;
  words[1] = (exponent - 15 + 1023) << 20;
  return sign * (1 + fraction / 1024) * value[0]!;
}

/** True for the bits of a NaN. */
export function isFloat16NaN(bits: number): boolean {
  return (bits & 0x7c00) === 0x7c00 && (bits & 0x03ff) !== 0;
}
