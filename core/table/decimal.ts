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
  if (mantissa >= EXACT_LIMIT || scale > 22 || scale < -22) return Number(asciiText(bytes, start, end));
  const size = scale < 0 ? mantissa / EXACT_POWERS[-scale]! : mantissa * EXACT_POWERS[scale]!;
  return negative ? -size : size;
}

/** Whether the bytes are an infinity as pandas reads it: `inf` or `infinity` with an optional sign, in any case. */
export function spellsInfinity(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 9 && /^[+-]?inf(inity)?$/i.test(asciiText(bytes, start, end));
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end);
  return part.length <= 64 ? String.fromCharCode(...part) : new TextDecoder().decode(part);
}
