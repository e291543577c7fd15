import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';
import { dateText, parseDate, parseDateText } from './date.ts';
import { valueText } from './table.ts';

const parse = (text: string) => {
  const bytes = new TextEncoder().encode(`9${text}9`);
  return parseDate(bytes, 1, bytes.length - 1);
};

describe('parseDate', () => {
  // numpy 2: np.datetime64('…') as days since the epoch.
  it.each([
    ['1970-01-01', 0],
    ['2024-02-29', 19_782],
    ['2024/02/29', 19_782],
    ['29.02.2024', 19_782],
    ['1969-12-31', -1],
    ['0099-03-01', -683_309],
    ['2024-02-29 12:00', 19_782.5],
    ['2024-02-29T18:00:00Z', 19_782.75],
    ['2024-02-29T18:00:00+06:00', 19_782.5],
    ['2024-02-29 00:00:00.5 -0130', 19_782 + 5_400.5 / 86_400],
    ['31.12.1999 06:00', 10_956.25],
  ])('reads %s', (text, days) => expect(parse(text)).toBeCloseTo(days, 9));

  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-00-01',
    '2024-01/01',
    '01/02/2024',
    '1.2.2024',
    '20240131',
    '2024-01',
    '2024-01-01T24:00',
    '2024-01-01 12',
    '2024-01-01x',
    'x2024-01-01',
    '2024-01-01 12:00 Mars',
    '',
  ])('does not take %j for a date', (text) => {
    expect(parse(text)).toBeNaN();
    expect(parseDateText(text)).toBeNaN();
  });

  it('gives back every millisecond that dateText writes', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (at) => {
        const days = at.getTime() / 86_400_000;
        expect(parse(dateText(days))).toBe(days);
      }),
    );
  });
});

describe('a column of dates', () => {
  const read = (text: string, kinds = {}) => readCsv(new TextEncoder().encode(text), { file: 'a.csv', kinds });

  it('is numeric, in days, and written as dates again', () => {
    const column = read('seen\n2024-02-29\n\n01.03.2024 \n').columns[0]!;
    expect(column).toEqual({
      kind: 'numeric',
      name: 'seen',
      isDate: true,
      values: Float64Array.of(19_782, Number.NaN, 19_783),
    });
    expect([0, 1, 2].map((row) => valueText(column, row))).toEqual(['2024-02-29', '', '2024-03-01']);
  });
  it('is text when one value is no date, and when it is declared to be', () => {
    expect(read('seen\n2024-02-29\nsoon\n').columns[0]!.kind).toBe('categorical');
    expect(read('seen\n2024-02-29\n2024-03-01\n', { seen: 'categorical' }).columns[0]!.kind).toBe('categorical');
  });
  it('says of a declared one what is no date', () => {
    expect(() => read('seen\n2024-02-29\n01/02/2024\n', { seen: 'date' })).toThrow(
      /line 3, column "seen": text in a date column.*"01\/02\/2024"/s,
    );
  });
});
