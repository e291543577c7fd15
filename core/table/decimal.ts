const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const UPPER_E = 0x45;

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
] as const;
/** Whole numbers below this are exact; further digits cannot round a number above it back below. */
const EXACT_LIMIT = 2 ** 53;

/**
 * Parses the bytes from `start` to before `end` as a decimal number (`1`, `-1.5e3`, `.5`, `5.`, `+7`, `007`), correctly
 * rounded: the same bits as `Number(text)`. NaN for anything else (`0x10`, `1_000`, `Infinity`, no bytes, blanks around the
 * number); ±Infinity when the number is too large for a double.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  return parseWith(asciiText, bytes, start, end);
}

/** `parseDecimal` for many numbers of one file: the same bits, and several times as fast where they have 16 digits or more. */
export function decimalReader(): ReadDecimal {
  const textAt = windowedText();
  return (bytes, start, end) => parseWith(textAt, bytes, start, end);
}

type ReadDecimal = (bytes: Uint8Array, start: number, end: number) => number;
type TextAt = (bytes: Uint8Array, start: number, end: number) => string;

function parseWith(textAt: TextAt, bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (at < end && (negative || bytes[at] === PLUS)) at++;
  let digits = 0;
  let mantissa = 0;
  let scale = 0;
  for (let d = bytes[at]! - ZERO; at < end && d >= 0 && d <= 9; d = bytes[++at]! - ZERO) {
    mantissa = mantissa * 10 + d;
    digits++;
  }
  if (at < end && bytes[at] === POINT) {
    at++;
    for (let d = bytes[at]! - ZERO; at < end && d >= 0 && d <= 9; d = bytes[++at]! - ZERO) {
      mantissa = mantissa * 10 + d;
      digits++;
      scale--;
    }
  }
  if (digits === 0) return Number.NaN;
  if (at < end) {
    if (bytes[at] !== LOWER_E && bytes[at] !== UPPER_E) return Number.NaN;
    at++;
    const downwards = bytes[at] === MINUS;
    if (at < end && (downwards || bytes[at] === PLUS)) at++;
    if (at >= end) return Number.NaN;
    let exponent = 0;
    for (; at < end; at++) {
      const d = bytes[at]! - ZERO;
      if (!(d >= 0 && d <= 9)) return Number.NaN;
      exponent = Math.min(exponent * 10 + d, 1e12);
    }
    scale += downwards ? -exponent : exponent;
  }
  // An exact mantissa times or divided by an exact power of ten rounds once (Clinger 1990); the engine does the rest.
  if (mantissa >= EXACT_LIMIT || scale > 22 || scale < -22) return Number(textAt(bytes, start, end));
  const size = scale < 0 ? mantissa / EXACT_POWERS[-scale]! : mantissa * EXACT_POWERS[scale]!;
  return negative ? -size : size;
}

/** Whether the bytes are an infinity as pandas reads it: `inf` or `infinity` with an optional sign, in any case. */
export function spellsInfinity(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 9 && /^[+-]?inf(inity)?$/i.test(asciiText(bytes, start, end));
}

/** Bytes that are decoded at once. Columns are read in blocks of rows, and a block lies in a few windows. */
const WINDOW = 1 << 18;
const WINDOWS = 8;

/**
 * Text of bytes, one character each, as slices of windows that are decoded once: decoding each number by itself takes ten times as long
 * as parsing it. A range over the edge of a window is decoded by itself.
 */
function windowedText(): TextAt {
  const decoder = new TextDecoder('latin1');
  const windows = Array.from({ length: WINDOWS }, () => ({
    bytes: new Uint8Array(0) as Uint8Array,
    index: -1,
    text: '',
  }));
  return (bytes, start, end) => {
    const index = Math.floor(start / WINDOW);
    const from = index * WINDOW;
    if (end > from + WINDOW) return asciiText(bytes, start, end);
    const window = windows[index % WINDOWS]!;
    if (window.index !== index || window.bytes !== bytes) {
      window.bytes = bytes;
      window.index = index;
      window.text = decoder.decode(bytes.subarray(from, from + WINDOW));
    }
    return window.text.slice(start - from, end - from);
  };
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end);
  return part.length <= 64 ? String.fromCharCode(...part) : new TextDecoder().decode(part);
}
