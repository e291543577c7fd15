import { DAY, midnightOf, parseTime } from './date.ts';

/** Reads text as days since 1970-01-01 00:00 UTC; NaN for anything else. */
export type ReadDate = (text: string) => number;

/** Whole numbers that count from 1970-01-01 00:00 UTC, by name: how many there are in a day. */
const EPOCHS: Readonly<Record<string, number>> = {
  epoch_s: 86_400,
  epoch_ms: 86_400_000,
  epoch_us: 86_400_000_000,
  epoch_ns: 86_400_000_000_000,
};

/** What each directive of `strptime` matches. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>\\d{1,2})',
  b: '(?<b>[A-Za-z]{3,9})\\.?',
  B: '(?<b>[A-Za-z]{3,9})',
  d: '(?<d>\\d{1,2})',
  '%': '%',
};
/** From here to the end, a format says how a time is written; any is read. */
const TIME_DIRECTIVE = /[T ]*%[HIMSfpzZ]/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What `format` can be, for messages. */
export const DATE_FORMAT_RULE =
  'year, month and day as in strptime (%d/%m/%Y, %m/%d/%y, %d %b %Y, %Y%m%d), or epoch_s, epoch_ms, epoch_us, epoch_ns; a time may follow';

/**
 * A reader of dates in one format: `%Y`, `%y`, `%m`, `%b` (a month's name in English), `%d` and text between them, or
 * `epoch_s` and its kin. A time may follow the date, with or without a zone; what the format says of the time is not needed.
 * Two digits of a year below 69 are in this century, as in Python.
 *
 * @returns undefined when the format has no year, month or day.
 */
export function dateReader(format: string): ReadDate | undefined {
  const perDay = EPOCHS[format];
  if (perDay !== undefined) return (text) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) / perDay : Number.NaN);
  const pattern = patternOf(format);
  return (
    pattern &&
    ((text) => {
      const match = pattern.exec(text);
      if (!match) return Number.NaN;
      const { Y, y, m, b, d } = match.groups!;
      const month = b === undefined ? Number(m) : monthOf(b);
      const midnight = midnightOf(Y === undefined ? century(Number(y)) : Number(Y), month, Number(d));
      const rest = text.slice(match[0].length).replace(/^[T ]+/, '');
      return (midnight + (rest === '' ? 0 : parseTime(rest))) / DAY;
    })
  );
}

function patternOf(format: string): RegExp | undefined {
  const date = format.split(TIME_DIRECTIVE)[0]!.trim();
  const names = new Set<string>();
  let isKnown = true;
  const pattern = date.replace(/%(.?)|[.*+?^${}()|[\]\\]/g, (found, directive: string | undefined) => {
    if (directive === undefined) return `\\${found}`;
    const group = directive.toLowerCase();
    if (!(directive in DIRECTIVES) || names.has(group)) isKnown = false;
    names.add(group);
    return DIRECTIVES[directive] ?? '';
  });
  const isWhole = names.has('y') && names.has('d') && names.has('m') !== names.has('b');
  return isKnown && isWhole ? new RegExp(`^${pattern}(?=[T ]|$)`) : undefined;
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function century(year: number): number {
  return year < 69 ? 2000 + year : 1900 + year;
}

/** Formats that are tried when none is given, in this order. `parseDateText` knows the unambiguous ones besides. */
const SNIFFED = [
  ...['/', '-', '.'].flatMap((mark) =>
    ['%d#%m#%Y', '%m#%d#%Y', '%d#%m#%y', '%m#%d#%y'].map((f) => f.replaceAll('#', mark)),
  ),
  ...['%d-%b-%Y', '%d %b %Y', '%b %d, %Y', '%b %d %Y', '%d-%b-%y', '%Y.%m.%d', '%Y-%m-%d', '%Y/%m/%d', '%Y%m%d'],
];

/** Seconds of the years 1973 to 2099; the other epochs count the same time in smaller steps. */
const EPOCH_SECONDS = [1e8, 4.1e9] as const;

/** The formats that read each of these texts as a date, the most usual first; the first text says which are tried. */
export function formatsOf(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return [];
  const fits = (format: string) => {
    const read = dateReader(format)!;
    return texts.every((text) => Number.isFinite(read(text)));
  };
  const found = SNIFFED.filter(fits);
  if (found.length > 0) return found;
  const numbers = texts.map((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN));
  const epoch = Object.entries(EPOCHS).find(([, perDay]) => {
    const [low, high] = EPOCH_SECONDS.map((seconds) => (seconds / 86_400) * perDay) as [number, number];
    return numbers.every((number) => number >= low && number <= high);
  });
  return epoch ? [epoch[0]] : [];
}
