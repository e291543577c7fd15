/*
 * Eight digits at a time.
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

@inline
export function startDigits(): void {
  number = 0;
  count = 0;
}

/** Appends the digits from `from` on to `number`; returns the address of the first byte that is none. */
@inline
export function appendDigits(from: usize): usize {
  let at = from;
  let sum = number;
  let bytes = load<u64>(at) ^ ZEROS;
  let others = otherBytes(bytes);
  while (others == 0) {
    sum = sum * 100000000 + numberOf(bytes);
    at += 8;
    bytes = load<u64>(at) ^ ZEROS;
    others = otherBytes(bytes);
  }
  const n = <usize>ctz(others) >> 3;
  if (n > 0) {
    sum = sum * load<u64>(job.tens + 8 * n) + numberOf(bytes << (64 - 8 * <u64>n));
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
function numberOf(digits: u64): u64 {
  const pairs = digits * 10 + (digits >> 8);
  const low = (pairs & 0x000000ff000000ff) * 0x000f424000000064;
  const high = ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return (low + high) >> 32;
}
