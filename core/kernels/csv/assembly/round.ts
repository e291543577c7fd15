/*
 * A whole number times a power of ten, rounded once: the algorithm of Eisel and Lemire ("Number parsing at a gigabyte per
 * second", 2021) without a fallback, as Mushtak and Lemire have proved it ("Fast number parsing without fallback", 2023).
 */
import { LEAST_POWER, POWER_BYTES } from '../layout';
import * as job from './parameters';

const MANTISSA_BITS = 52;
/** Bits of the product below those that round. */
const REST: u64 = 0x1ff;
const BIAS = 1023;
/** With a lower power of ten no number of 64 bits lies half-way between two doubles. */
const LEAST_HALFWAY = -4;

/** whole × 10^power for a whole number above 0; neither subnormal nor infinite with the powers that there are. */
@inline
export function rounded(whole: u64, power: i32): f64 {
  const shift = clz(whole);
  const w = whole << shift;
  const entry = job.powers + <usize>(POWER_BYTES * (power - LEAST_POWER));
  const factor = load<u64>(entry);
  let high = highHalf(w, factor);
  let low = w * factor;
  if ((high & REST) == REST) {
    const more = highHalf(w, load<u64>(entry, 8));
    low += more;
    if (low < more) high++;
  }
  const upper = high >> 63;
  const below = upper + 64 - MANTISSA_BITS - 3;
  let mantissa = high >> below;
  let exponent = <i64>((217706 * power) >> 16) + 63 + <i64>upper - <i64>shift + BIAS;
  const isHalfway = low <= 1 && power >= LEAST_HALFWAY && (mantissa & 3) == 1;
  if (isHalfway && mantissa << below == high) mantissa &= ~(<u64>1);
  mantissa += mantissa & 1;
  mantissa >>= 1;
  if (mantissa >= <u64>2 << MANTISSA_BITS) {
    mantissa = <u64>1 << MANTISSA_BITS;
    exponent++;
  }
  mantissa &= ~(<u64>1 << MANTISSA_BITS);
  return reinterpret<f64>(mantissa | (<u64>exponent << MANTISSA_BITS));
}

/** The higher 64 bits of a product. */
@inline
function highHalf(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}
