import { parseDecimal } from './decimal.ts';

/** How numbers are written, as in `pandas.read_csv`: `decimal: ','` for 3,14, `thousands: '.'` for 1.000.000. */
export interface NumberFormat {
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: '.' | ',' | ' ' | "'" | undefined;
}

/** Parses bytes as a number; NaN if they are not one. */
export type ReadValue = (bytes: Uint8Array, start: number, end: number) => number;

const POINT = 0x2e;

/**
 * A parser of numbers in this format. A thousands separator must be before every group of three digits of the whole part, or
 * not be used at all: `1.5` is not a number where the point separates thousands.
 *
 * @throws RangeError when both separators are the same.
 */
export function numberReader({ decimal = '.', thousands }: NumberFormat): ReadValue {
  if (thousands === decimal)
    throw new RangeError(`"${decimal}" cannot be both the decimal and the thousands separator`);
  if (decimal === '.' && thousands === undefined) return parseDecimal;
  const decimalByte = decimal.charCodeAt(0);
  const thousandsByte = thousands?.charCodeAt(0);
  let plain = new Uint8Array(64);
  return (bytes, start, end) => {
    if (end - start > plain.length) plain = new Uint8Array(2 * (end - start));
    let length = 0;
    /** Digits since the last thousands separator; −1 before the first one, −2 after the whole part. */
    let group = -1;
    let whole = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (group > -2 && byte === thousandsByte) {
        if (group === -1 ? whole < 1 || whole > 3 : group !== 3) return Number.NaN;
        group = 0;
        continue;
      }
      if (byte >= 0x30 && byte <= 0x39) {
        whole++;
        if (group >= 0) group++;
      } else if (byte !== 0x2b && byte !== 0x2d) {
        if (group >= 0 && group !== 3) return Number.NaN;
        group = -2;
        if (byte !== decimalByte && byte === POINT) return Number.NaN;
      }
      plain[length++] = byte === decimalByte ? POINT : byte;
    }
    return group >= 0 && group !== 3 ? Number.NaN : parseDecimal(plain, 0, length);
  };
}

/** Bytes that a number may have beside its point. */
const OF_NUMBERS = '0123456789+-eE';

/**
 * The byte before a number's fraction where numbers are plain: without separators of thousands, and with no byte that is
 * also the delimiter. Undefined where they are not.
 */
export function plainPoint({ decimal = '.', thousands }: NumberFormat, delimiter: number): number | undefined {
  const separator = String.fromCharCode(delimiter);
  if (thousands !== undefined || separator === decimal || OF_NUMBERS.includes(separator)) return undefined;
  return decimal.charCodeAt(0);
}
