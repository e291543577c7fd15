/*
 * Digits to numbers, eight and sixteen at a time.
 */
import * as job from './parameters';

const ZEROS: u64 = 0x3030303030303030;
const LOW_BITS: u64 = 0x7f7f7f7f7f7f7f7f;
const HIGH_BITS: u64 = 0x8080808080808080;
/** Added to a byte below 128, it sets the highest bit of all but 0…9. */
const BEYOND_NINE: u64 = 0x7676767676767676;

/** The number that the digits so far make, and how many there are. */
export let number: u64 = 0;
export let count: i32 = 0;

/** Makes `number` of the digits from `from` on; returns the address of the first byte that is none. */
@inline
export function readDigits(from: usize): usize {
  number = 0;
  count = 0;
  return appendDigits(from);
}

/** Appends the digits from `from` on to `number`, sixteen at a time: a fraction of full precision has about so many. */
@inline
export function appendManyDigits(from: usize): usize {
  const digits = i8x16.sub(v128.load(from), i8x16.splat(0x30));
  const others = i8x16.bitmask(i8x16.gt_u(digits, i8x16.splat(9)));
  const n = <usize>ctz(others | 0x10000);
  // Moves n digits to the end, with zeros before them.
  const moved = i8x16.swizzle(digits, v128.load(job.moves + n));
  number = number * load<u64>(job.tens + 8 * n) + numberOfSixteen(moved);
  count += <i32>n;
  return n < 16 ? from + n : appendDigits(from + 16);
}

@inline
function numberOfSixteen(digits: v128): u64 {
  const tens = i8x16(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1);
  const low = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(digits, tens));
  const high = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(digits, tens));
  const twos = i16x8.narrow_i32x4_u(low, high);
  const fours = i32x4.dot_i16x8_s(twos, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), i16x8(10000, 1, 10000, 1, 0, 0, 0, 0));
  return <u64>i32x4.extract_lane(eights, 0) * 100000000 + <u64>i32x4.extract_lane(eights, 1);
}

@inline
function appendDigits(from: usize): usize {
  let at = from;
  let sum = number;
  let bytes = load<u64>(at) ^ ZEROS;
  let others = otherBytes(bytes);
  while (others == 0) {
    sum = sum * 100000000 + numberOfEight(bytes);
    at += 8;
    bytes = load<u64>(at) ^ ZEROS;
    others = otherBytes(bytes);
  }
  const n = <usize>ctz(others) >> 3;
  if (n > 0) {
    sum = sum * load<u64>(job.tens + 8 * n) + numberOfEight(bytes << (64 - 8 * <u64>n));
    at += n;
  }
  number = sum;
  count += <i32>(at - from);
  return at;
}

/** The highest bit of each byte that is not 0…9. */
@inline
function otherBytes(bytes: u64): u64 {
  return (((bytes & LOW_BITS) + BEYOND_NINE) | bytes) & HIGH_BITS;
}

/** The number of eight digits, the first in the lowest byte. */
@inline
function numberOfEight(digits: u64): u64 {
  const pairs = digits * 10 + (digits >> 8);
  const low = (pairs & 0x000000ff000000ff) * 0x000f424000000064;
  const high = ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return (low + high) >> 32;
}
