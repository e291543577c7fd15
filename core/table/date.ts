/** Milliseconds in a day. */
export const DAY = 86_400_000;

/** Text that is read as a date. Formats in which day and month could be swapped (`01/02/2024`) are not. */
export const DATE_FORMATS =
  '2024-01-31, 2024/01/31 or 31.01.2024, with or without a time (12:30, T12:30:59.5Z, 12:30+01:00)';

const YEAR_FIRST = /^(\d{4})([-/])(\d{2})\2(\d{2})/;
const DAY_FIRST = /^(\d{2})\.(\d{2})\.(\d{4})/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([AP]M)?\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Parses the bytes from `start` to before `end` as a date, in days since 1970-01-01 00:00 UTC. A time adds a fraction;
 * without a time zone it is UTC. NaN for anything else, also for a day that does not exist (February 30).
 */
export function parseDate(bytes: Uint8Array, start: number, end: number): number {
  // Cheaper than decoding: a date begins with digits, and either its third or its fifth byte is not a digit.
  if (end - start < 10 || end - start > 40 || !isDigit(bytes[start]!) || !isDigit(bytes[start + 1]!)) return Number.NaN;
  if (isDigit(bytes[start + 2]!) === isDigit(bytes[start + 4]!)) return Number.NaN;
  return parseDateText(String.fromCharCode(...bytes.subarray(start, end)));
}

/** Like `parseDate`, for text. */
export function parseDateText(text: string): number {
  const yearFirst = YEAR_FIRST.exec(text);
  const dayFirst = yearFirst ? null : DAY_FIRST.exec(text);
  const [year, month, day] = yearFirst
    ? [yearFirst[1], yearFirst[3], yearFirst[4]]
    : [dayFirst?.[3], dayFirst?.[2], dayFirst?.[1]];
  if (year === undefined) return Number.NaN;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  const rest = text.slice(10);
  if (rest === '') return midnight / DAY;
  return rest[0] === 'T' || rest[0] === ' ' ? (midnight + parseTime(rest.slice(1))) / DAY : Number.NaN;
}

/** Milliseconds since 1970-01-01 UTC of the start of a day; NaN for a day that does not exist. */
export function midnightOf(year: number, month: number, day: number): number {
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day ? midnight.getTime() : Number.NaN;
}

/** Days since 1970-01-01 UTC as an ISO 8601 date, without the time if it is midnight. */
export function dateText(days: number): string {
  const text = new Date(Math.round(days * DAY)).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, -'T00:00:00.000Z'.length) : text;
}

/** Milliseconds from midnight UTC of a time of day (`12:30`, `1:30:59.5 PM +01:00`), or NaN. */
export function parseTime(text: string): number {
  const match = TIME.exec(text);
  if (!match) return Number.NaN;
  const [, written, minutes, seconds = '0', fraction = '0', half, zone] = match;
  const hours = half === undefined ? Number(written) : hoursOf(Number(written), half);
  if (!(hours <= 23) || Number(minutes) > 59 || Number(seconds) > 59) return Number.NaN;
  const local = (hours * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(`0.${fraction}`) * 1000;
  return local - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || /^[A-Z]/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000;
}

/** The hours of a clock with twelve of them; NaN beyond. */
function hoursOf(written: number, half: string): number {
  if (written < 1 || written > 12) return Number.NaN;
  return (written % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
