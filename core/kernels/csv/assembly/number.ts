import { LEAST_POWER, MOST_POWER } from '../layout';
import { appendManyDigits, count, number, readDigits } from './digits';
import * as job from './parameters';
import { rounded } from './round';

const PLUS: u32 = 0x2b;
const MINUS: u32 = 0x2d;
const ZERO: u32 = 0x30;
/** With a 0x20 more: also of an upper-case letter. */
const LOWER_E: u32 = 0x65;
const CASE: u32 = 0x20;
/** Digits of which every number fits into 64 bits. */
const MOST_DIGITS = 19;
/** A larger exponent is as far out of range. */
const MOST_EXPONENT = 10000;
/** From here on whole numbers are not exact: the caller looks whether they are. */
const INEXACT: f64 = 9007199254740992;

/** The address behind the number that was read last; 0: there was none, or one to be read by the caller. */
export let stop: usize = 0;

/** The decimal number at an address, correctly rounded; `stop` tells how far it reaches. */
@inline
export function readNumber(from: usize): f64 {
  stop = 0;
  const sign = <u32>load<u8>(from);
  // Half of all numbers are negative: a branch would be mispredicted for each second one.
  const first = from + (<usize>(sign == MINUS) | <usize>(sign == PLUS));
  let at = readDigits(first);
  let power = 0;
  if (<u32>load<u8>(at) == job.point) {
    const whole = count;
    at = appendManyDigits(at + 1);
    power = whole - count;
  }
  if (count == 0) return NaN;
  if (count > MOST_DIGITS && count - leadingZeros(first) > MOST_DIGITS) return NaN;
  if ((<u32>load<u8>(at) | CASE) == LOWER_E) {
    at++;
    const direction = <u32>load<u8>(at);
    if (direction == MINUS || direction == PLUS) at++;
    const digits = at;
    let exponent = 0;
    for (let digit = <u32>load<u8>(at) - ZERO; digit <= 9; digit = <u32>load<u8>(at) - ZERO) {
      exponent = min(10 * exponent + digit, MOST_EXPONENT);
      at++;
    }
    if (at == digits) return NaN;
    power += direction == MINUS ? -exponent : exponent;
  }
  let size: f64 = 0;
  if (number != 0) {
    if (power < LEAST_POWER || power > MOST_POWER) return NaN;
    size = rounded(number, power);
    if (size >= INEXACT) return NaN;
  }
  stop = at;
  return reinterpret<f64>(reinterpret<u64>(size) | (<u64>(sign == MINUS) << 63));
}

/** Zeros before the first other digit, with a point among them or not. */
function leadingZeros(from: usize): i32 {
  let at = from;
  let zeros = 0;
  let byte = <u32>load<u8>(at);
  while (byte == ZERO || byte == job.point) {
    if (byte == ZERO) zeros++;
    byte = <u32>load<u8>(++at);
  }
  return zeros;
}
