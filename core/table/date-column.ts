import { DataError, type Problem } from '../errors/app-error.ts';
import { DATE_FORMATS, dateText, parseDateText } from './date.ts';
import { dateReader, formatsOf, type ReadDate } from './date-format.ts';
import { trimmed } from './missing-values.ts';
import type { CategoricalColumn, NumericColumn } from './table.ts';

/**
 * A column of text as dates, in days since 1970. Without a format, the one that reads every value is used; a value that is
 * missing fits any format.
 *
 * @throws DataError for a value that is no date, and for values that two formats read as different dates: it shows both.
 */
export function dateColumn(
  column: CategoricalColumn,
  options: { readonly file: string; readonly place: (row: number) => string; readonly format?: string | undefined },
): NumericColumn {
  const { file, place, format } = options;
  const { name, codes } = column;
  const texts = column.categories.map(trimmed);
  const at = (code: number, problem: Problem) =>
    new DataError({ ...problem, file, place: `${place(codes.indexOf(code))}, column "${name}"` });
  const found = chosenFormat(texts, format, (code, problem) => at(code, problem));
  const days = texts.map(found.read);
  const bad = firstBad(days, codes);
  if (bad !== undefined) {
    const rows = codes.reduce((sum, code) => sum + Number(code >= 0 && !Number.isFinite(days[code]!)), 0);
    const shown = JSON.stringify(texts[bad]!.length > 40 ? `${texts[bad]!.slice(0, 40)}…` : texts[bad]);
    throw at(bad, {
      message: 'text in a date column',
      found: rows === 1 ? shown : `${shown} (the first of ${rows} such values)`,
      allowed: found.format === undefined ? DATE_FORMATS : `dates written as ${found.format}`,
      next: `write the date in this way, name its format (columns: { ${JSON.stringify(name)}: { role: date, format: "%d/%m/%Y" } }), list the text under \`missing\`, or declare the column categorical`,
    });
  }
  return {
    kind: 'numeric',
    name,
    values: Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : days[code]!)),
    isDate: true,
    ...(found.format !== undefined && { dateFormat: found.format }),
  };
}

/** The code of the first row whose text is no date. */
function firstBad(days: readonly number[], codes: Int32Array): number | undefined {
  const row = codes.findIndex((code) => code >= 0 && !Number.isFinite(days[code]!));
  return row < 0 ? undefined : codes[row]!;
}

function chosenFormat(
  texts: readonly string[],
  format: string | undefined,
  at: (code: number, problem: Problem) => DataError,
): { readonly read: ReadDate; readonly format?: string } {
  if (format !== undefined) return { read: dateReader(format)!, format };
  const plain = { read: parseDateText };
  if (texts.every((text) => !Number.isNaN(parseDateText(text)))) return plain;
  const [first, ...others] = formatsOf(texts);
  if (first === undefined) return mostFitting(texts) ?? plain;
  const read = dateReader(first)!;
  for (const other of others) {
    const readOther = dateReader(other)!;
    const code = texts.findIndex((text) => read(text) !== readOther(text));
    if (code >= 0) throw at(code, ambiguous(texts[code]!, [first, read], [other, readOther]));
  }
  return { read, format: first };
}

/** A few values that are no dates must not hide how the others are written. */
function mostFitting(texts: readonly string[]) {
  const sample = texts.slice(0, 1000);
  const counted = formatsOf(sample.slice(0, 1)).map((format) => {
    const read = dateReader(format)!;
    return { format, read, n: sample.filter((text) => !Number.isNaN(read(text))).length };
  });
  const best = counted.sort((a, b) => b.n - a.n)[0];
  const plain = sample.filter((text) => !Number.isNaN(parseDateText(text))).length;
  return best && best.n > plain && best.n >= sample.length / 2 ? best : undefined;
}

function ambiguous(text: string, ...readings: (readonly [format: string, read: ReadDate])[]): Problem {
  const shown = readings.map(([format, read]) => `${dateText(read(text)).slice(0, 10)} (${format})`);
  return {
    message: 'the dates of this column can be read in two ways',
    found: `${JSON.stringify(text)} is ${shown.join(' or ')}`,
    next: `say which: { role: date, format: "${readings[0]![0]}" } under \`columns\``,
  };
}
