/*
 * Values to bins: a value's bin is the number of edges below it, found by halving; missing values have bin 255. And what
 * the edges are learned from: the values in order.
 */
import { MISSING_BIN } from '../../bins';
import { COUNTS_BYTES, DIGITS, DIGIT_VALUES } from '../layout';

/**
 * @param values n doubles, NaN where missing; room for a multiple of four.
 * @param edges ascending, filled up with +∞ to twice `half` less 1.
 * @param half a power of two, up to 128.
 */
export function binNumbers(values: usize, n: i32, edges: usize, half: usize, bins: usize): void {
  for (let row: usize = 0; row < <usize>n; row += 4) {
    const at = values + 8 * row;
    const a = load<f64>(at);
    const b = load<f64>(at, 8);
    const c = load<f64>(at, 16);
    const d = load<f64>(at, 24);
    let lowA = edges;
    let lowB = edges;
    let lowC = edges;
    let lowD = edges;
    for (let step = 8 * half; step >= 8; step >>= 1) {
      lowA = select(lowA + step, lowA, load<f64>(lowA + step - 8) < a);
      lowB = select(lowB + step, lowB, load<f64>(lowB + step - 8) < b);
      lowC = select(lowC + step, lowC, load<f64>(lowC + step - 8) < c);
      lowD = select(lowD + step, lowD, load<f64>(lowD + step - 8) < d);
    }
    store<u8>(bins + row, binOf(a, lowA, edges));
    store<u8>(bins + row, binOf(b, lowB, edges), 1);
    store<u8>(bins + row, binOf(c, lowC, edges), 2);
    store<u8>(bins + row, binOf(d, lowD, edges), 3);
  }
}

@inline
function binOf(value: f64, low: usize, edges: usize): u32 {
  return value != value ? MISSING_BIN : <u32>((low - edges) >> 3);
}

/** Copies a column of bins to where each row's bins lie side by side, `stride` bytes a row. */
export function toLines(bins: usize, n: i32, lines: usize, stride: usize): void {
  for (let row = 0; row < n; row++) store<u8>(lines + stride * <usize>row, load<u8>(bins + <usize>row));
}

/**
 * Sorts doubles that are not NaN, and writes −0 as 0. By their bits, byte by byte from the lowest: with the sign turned, and
 * of negative numbers all other bits too, doubles are in the order of whole numbers. Bytes that are all alike are passed over.
 *
 * @param spare room for n doubles.
 * @param counts COUNTS_BYTES to work with.
 */
export function sortNumbers(values: usize, n: i32, spare: usize, counts: usize): void {
  memory.fill(counts, 0, COUNTS_BYTES);
  for (let i = 0; i < n; i++) {
    const at = values + 8 * <usize>i;
    const bits = reinterpret<u64>(load<f64>(at) + 0);
    const key = bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
    store<u64>(at, key);
    for (let byte = 0; byte < DIGITS; byte++) {
      const count = counts + 4 * DIGIT_VALUES * <usize>byte + 4 * <usize>((key >> (8 * <u64>byte)) & 255);
      store<u32>(count, load<u32>(count) + 1);
    }
  }
  let from = values;
  let to = spare;
  for (let byte = 0; byte < DIGITS && n > 0; byte++) {
    const own = counts + 4 * DIGIT_VALUES * <usize>byte;
    const shift = 8 * <u64>byte;
    if (load<u32>(own + 4 * <usize>((load<u64>(from) >> shift) & 255)) == n) continue;
    let before: u32 = 0;
    for (let digit = 0; digit < DIGIT_VALUES; digit++) {
      const count = load<u32>(own + 4 * <usize>digit);
      store<u32>(own + 4 * <usize>digit, before);
      before += count;
    }
    for (let i = 0; i < n; i++) {
      const key = load<u64>(from + 8 * <usize>i);
      const place = own + 4 * <usize>((key >> shift) & 255);
      const at = load<u32>(place);
      store<u32>(place, at + 1);
      store<u64>(to + 8 * <usize>at, key);
    }
    const other = from;
    from = to;
    to = other;
  }
  for (let i = 0; i < n; i++) {
    const key = load<u64>(from + 8 * <usize>i);
    store<u64>(values + 8 * <usize>i, key ^ (<u64>(<i64>~key >> 63) | 0x8000000000000000));
  }
}
