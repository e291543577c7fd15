/** What a person writes into a comment on a pull request, so that a point which does not hold stops counting. */
export interface AcceptLine {
  /** As reports name it. */
  readonly gate: string;
  /** The worst value that is accepted; null of a gate without a value. */
  readonly value: number | null;
  /** The whole SHA of the pull request's head. */
  readonly sha: string;
  readonly because: string;
}

const ACCEPT = '/accept';

/** Where a reason is to be written. */
export const REASON = '…';

const PLAIN = /^[\w.@=-]+$/;
const WHOLE_SHA = '[0-9a-f]{40}(?:[0-9a-f]{24})?';
const LINE = new RegExp(
  String.raw`^/accept[ \t]+("(?:[^"\\]|\\.)+"|[^\s"]\S*)(?:[ \t]+(-?\d{1,21}(?:\.\d{1,25})?(?:e[+-]?\d{1,3})?))?[ \t]+(${WHOLE_SHA})(?:[ \t]+(.*))?$`,
);
const MOST_LINES = 50;

/** The line; read again it is the same. A name with other than letters, digits and `_ . @ = -` stands in quotes, as in JSON. */
export function acceptLine({ gate, value, sha, because }: AcceptLine): string {
  const name = PLAIN.test(gate) ? gate : quoted(gate);
  return [ACCEPT, name, ...(value === null ? [] : [JSON.stringify(value)]), sha, because].join(' ');
}

/**
 * The lines that a comment begins with and that accept something. What stands further down, in a quotation or in a code block is talk.
 * An abbreviated SHA is refused: somebody could make another commit that begins with the same digits.
 *
 * @returns of each line what it says, or what is wrong with it: a sentence without a full stop.
 */
export function readAcceptLines(body: string): (AcceptLine | { readonly mistake: string })[] {
  const lines = body.split(/\r?\n/);
  const end = lines.findIndex((line) => !/^\/accept(?:[ \t]|$)/.test(line));
  return lines.slice(0, Math.min(end < 0 ? lines.length : end, MOST_LINES)).map(readLine);
}

function readLine(line: string): AcceptLine | { readonly mistake: string } {
  const [, written, value, sha, said = ''] = LINE.exec(line.trimEnd()) ?? [];
  const gate = written?.startsWith('"') ? unquoted(written) : written;
  if (gate === undefined || gate === '' || sha === undefined) {
    return { mistake: 'is not understood: write the line as the report gives it, with the whole SHA of the commit' };
  }
  const because = said.trim().slice(0, 1000);
  if (because === '' || because === REASON || because === '...')
    return { mistake: 'gives no reason: write one behind the commit' };
  const number = value === undefined ? null : Number(value);
  // Beyond what a number can hold, every value would be as good.
  if (number !== null && !Number.isFinite(number))
    return { mistake: 'names no value: write the one that the report gives' };
  return { gate, value: number, sha, because };
}

/** As JSON, with escapes for what a report cannot show as it is, and for `<`, so that no name is taken for a hidden line of ours. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[<\p{C}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

const DIGITS = 6;

/** A value with few digits that is not better than this one, so that whoever accepts it accepts this one too. */
export function acceptableValue(value: number, direction: 'maximize' | 'minimize'): number {
  const isBetter = (a: number) => (direction === 'maximize' ? a > value : a < value);
  const [mantissa, exponent] = value.toExponential(DIGITS - 1).split('e') as [string, string];
  const digits = Number(mantissa.replace('.', ''));
  const rounded = (by: number) => Number(`${digits + by}e${Number(exponent) - DIGITS + 1}`);
  if (!isBetter(rounded(0))) return rounded(0);
  return rounded(direction === 'maximize' ? -1 : 1);
}
