import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { readCsv } from './csv.ts';
import { writeCsv } from './csv-writer.ts';
import { dateReader } from './date-format.ts';
import { readJsonLines } from './json-lines.ts';

const days = (iso: string) => Date.parse(iso) / 86_400_000;

describe('dateReader', () => {
  // Python 3.13: datetime.strptime(text, format), as days since 1970.
  it.each([
    ['%d-%m-%Y', '29-10-2012', '2012-10-29'],
    ['%m/%d/%Y', '10/29/2012', '2012-10-29'],
    ['%m/%d/%Y', '1/9/2012', '2012-01-09'],
    ['%d/%m/%y', '29/10/68', '2068-10-29'],
    ['%d/%m/%y', '29/10/69', '1969-10-29'],
    ['%d-%b-%Y', '29-Oct-2012', '2012-10-29'],
    ['%B %d, %Y', 'October 29, 2012', '2012-10-29'],
    ['%Y%m%d', '20121029', '2012-10-29'],
    ['%Y.%m.%d', '2012.10.29', '2012-10-29'],
    ['%d/%m/%Y', '29/10/2012 13:05', '2012-10-29T13:05Z'],
    ['%d/%m/%Y %H:%M:%S', '29/10/2012 13:05:30', '2012-10-29T13:05:30Z'],
    ['%m/%d/%Y %I:%M %p', '10/29/2012 1:05 PM', '2012-10-29T13:05Z'],
    ['%m/%d/%Y', '10/29/2012 12:05 am', '2012-10-29T00:05Z'],
    ['%d/%m/%YT%H:%M', '29/10/2012T13:05+02:00', '2012-10-29T11:05Z'],
    ['%d/%m/%Y', '29/10/2012 13:05 UTC', '2012-10-29T13:05Z'],
    ['epoch_s', '1351468800', '2012-10-29'],
    ['epoch_ms', '1351468800000', '2012-10-29'],
    ['epoch_us', '1351468800000000', '2012-10-29'],
    ['epoch_ns', '1351468800000000000', '2012-10-29'],
  ])('reads by %s the text %s', (format, text, iso) => expect(dateReader(format)!(text)).toBeCloseTo(days(iso), 9));

  it.each([
    ['%d/%m/%Y', '10/29/2012'],
    ['%d/%m/%Y', '30/02/2012'],
    ['%d/%m/%Y', '1/2/2012x'],
    ['%d/%m/%Y', '1/2/2012 25:00'],
    ['%m/%d/%Y', '1/2/2012 13:00 PM'],
    ['%d/%m/%Y', '1-2-2012'],
    ['%d-%b-%Y', '29-Xyz-2012'],
    ['epoch_s', 'soon'],
  ])('by %s is no date: %s', (format, text) => expect(dateReader(format)!(text)).toBeNaN());

  it.each(['', 'dd/mm/yyyy', '%d/%m', '%d/%q/%Y', '%d/%m/%Y %d', '%Y-%m-%d-%b', 'epoch'])(
    'has no reader for the format %j',
    (format) => expect(dateReader(format)).toBeUndefined(),
  );
});

describe('a column that is declared as dates', () => {
  const read = (values: readonly string[], options: object = {}) =>
    readCsv(new TextEncoder().encode(`d,x\n${values.map((value) => `${value},1`).join('\n')}\n`), {
      file: 'a.csv',
      kinds: { d: 'date' },
      ...options,
    }).columns[0]!;
  const problemOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (error instanceof DataError) return error.problems[0]!;
      throw error;
    }
    throw new Error('nothing was thrown');
  };

  it.each([
    ['day first', ['01-02-2012', '29-10-2012'], '%d-%m-%Y', '2012-02-01'],
    ['month first', ['01/02/2012', '', '10/29/2012'], '%m/%d/%Y', '2012-01-02'],
    ['with a time', ['01/02/2012 10:00', '10/29/2012 11:00'], '%m/%d/%Y', '2012-01-02T10:00Z'],
    ['seconds', ['1351468800', '1351468801'], 'epoch_s', '2012-10-29'],
    ['milliseconds', ['1351468800000'], 'epoch_ms', '2012-10-29'],
    ['digits alone', ['20121029', '20121101'], '%Y%m%d', '2012-10-29'],
    ['short of two readings that agree', ['05/05/2012'], '%d/%m/%Y', '2012-05-05'],
  ])('is read by the format that all its values have: %s', (_, values, dateFormat, first) => {
    const column = read(values);
    expect(column).toMatchObject({ kind: 'numeric', isDate: true, dateFormat });
    expect((column as { values: Float64Array }).values[0]).toBeCloseTo(days(first), 9);
  });
  it('is refused when two formats read different dates, and both are shown', () => {
    expect(problemOf(() => read(['01/02/2012', '', '03/04/2012']))).toMatchObject({
      message: 'the dates of this column can be read in two ways',
      place: 'line 2, column "d"',
      found: '"01/02/2012" is 2012-02-01 (%d/%m/%Y) or 2012-01-02 (%m/%d/%Y)',
      next: 'say which: { role: date, format: "%d/%m/%Y" } under `columns`',
    });
    expect(read(['01/02/2012'], { dateFormats: { d: '%m/%d/%Y' } })).toMatchObject({
      values: Float64Array.of(days('2012-01-02')),
    });
  });
  it('is refused for a value that is no date in its format, with the format that the others have', () => {
    expect(problemOf(() => read(['29/10/2012', '30/10/2012', 'soon', 'later']))).toMatchObject({
      message: 'text in a date column',
      place: 'line 4, column "d"',
      found: '"soon" (the first of 2 such values)',
      allowed: 'dates written as %d/%m/%Y',
    });
  });
  it('is read in JSON Lines too', () => {
    const lines = '{"d":"29/10/2012"}\n{"d":null}\n';
    const table = readJsonLines(new TextEncoder().encode(lines), { file: 'a.jsonl', kinds: { d: 'date' } });
    expect(table.columns[0]).toMatchObject({ isDate: true, values: Float64Array.of(days('2012-10-29'), Number.NaN) });
  });
  it('has the same dates in whatever order they are written, as long as one of them tells it', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2068-12-31'), noInvalidDate: true });
    const written = (iso: string, pattern: string) =>
      pattern.replace('Y', iso.slice(0, 4)).replace('M', iso.slice(5, 7)).replace('D', iso.slice(8, 10));
    fc.assert(
      fc.property(
        fc.array(day, { maxLength: 20 }),
        fc.constantFrom('D/M/Y', 'M/D/Y', 'D-M-Y', 'M-D-Y', 'Y.M.D'),
        (dates, pattern) => {
          const isos = [...dates.map((date) => date.toISOString()), '2012-10-29'].map((iso) => iso.slice(0, 10));
          expect(read(isos.map((iso) => written(iso, pattern)))).toMatchObject({
            values: Float64Array.from(isos, days),
          });
        },
      ),
    );
  });
  it('is written in ISO 8601', () => {
    const text = new TextEncoder().encode('d\n29/10/2012\n');
    expect(writeCsv(readCsv(text, { file: 'a.csv', kinds: { d: 'date' } }))).toBe('d\n2012-10-29\n');
  });
});
