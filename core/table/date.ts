const DAY = 86_400_000;

/** Text that is read as a date. Formats in which day and month could be swapped (`01/02/2024`) are not. */
export const DATE_FORMATS =
  '2024-01-31, 2024/01/31 or 31.01.2024, with or without a time (12:30, T12:30:59.5Z, 12:30+01:00)';

const YEAR_FIRST = /^(\d{4})([-/])(\d{2})\2(\d{2})/;
const DAY_FIRST = /^(\d{2})\.(\d{2})\.(\d{4})/;
const TIME = /^[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?$/;

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
  const midnight = new Date(0);
  midnight.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (midnight.getUTCMonth() !== Number(month) - 1 || midnight.getUTCDate() !== Number(day)) return Number.NaN;
  const time = text.slice(10) === '' ? 0 : parseTime(text.slice(10));
  return (midnight.getTime() + time) / DAY;
}

/** Days since 1970-01-01 UTC as an ISO 8601 date, without the time if it is midnight. */
export function dateText(days: number): string {
  const text = new Date(Math.round(days * DAY)).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, -'T00:00:00.000Z'.length) : text;
}

/** Milliseconds from midnight UTC, or NaN. */
function parseTime(text: string): number {
  const match = TIME.exec(text);
  if (!match) return Number.NaN;
  const [, hours, minutes, seconds = '0', fraction = '0', zone] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return Number.NaN;
  const local =
    (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(`0.${fraction}`) * 1000;
  return local - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
