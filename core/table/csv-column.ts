import { DataError, type Problem } from '../errors/app-error.ts';
import { createByteDictionary, type DictionaryEntry } from './byte-dictionary.ts';
import { type CsvFields, isQuoted, lineOf } from './csv-fields.ts';
import { DATE_FORMATS, parseDate } from './date.ts';
import { spellsInfinity } from './decimal.ts';
import type { MissingTest } from './missing-values.ts';
import type { ReadValue } from './number-format.ts';
import { type CategoricalColumn, type Column, type DeclaredKind, sortByBytes } from './table.ts';

const SPACE = 0x20;
const TAB = 0x09;

/** What reading a column needs to know of its file. */
export interface CsvSource {
  readonly fields: CsvFields;
  readonly file: string;
  readonly isMissing: MissingTest;
  readonly readNumber: ReadValue;
}

/** Cells of one column that cannot be read: how many, and the field of the first. */
interface BadCells {
  count: number;
  first: number;
}

/**
 * The column at `index`: numeric when each of its values is a number or missing, else dates when each is a date or missing,
 * else categorical.
 *
 * @param kind takes the choice away.
 * @throws DataError for an infinite value, text where `kind` says numeric or date, or text that is not UTF-8.
 */
export function readColumn(source: CsvSource, index: number, name: string, kind?: DeclaredKind): Column {
  if (kind !== 'categorical') {
    const numbers = kind === 'date' ? undefined : readNumbers(source, index, name, kind === 'numeric');
    if (numbers) return { kind: 'numeric', name, values: numbers };
    const dates = readDates(source, index, name, kind === 'date');
    if (dates) return { kind: 'numeric', name, values: dates, isDate: true };
  }
  return readCategories(source, index, name);
}

/** The text of a field. @throws DataError when it is not UTF-8. */
export function fieldText(fields: CsvFields, field: number, file: string): string {
  const entry = { start: fields.starts[field]!, end: fields.ends[field]!, flag: isQuoted(fields, field) };
  return entryText(fields.bytes, entry, file);
}

/** The numbers of a column; undefined at the first text, unless the column has to be numeric. */
function readNumbers(source: CsvSource, index: number, name: string, required: boolean): Float64Array | undefined {
  const { bytes } = source.fields;
  const infinite: BadCells = { count: 0, first: 0 };
  const text: BadCells = { count: 0, first: 0 };
  const values = readValues(source, index, source.readNumber, (field, start, end, value) => {
    const isInfinite = !Number.isNaN(value) || spellsInfinity(bytes, start, end);
    if (isInfinite) note(infinite, field);
    else note(text, field);
    return isInfinite || required;
  });
  const problems: Problem[] = [];
  if (text.count > 0 && required) problems.push(textProblem(source, text, name));
  if (infinite.count > 0 && values) problems.push(infiniteProblem(source, infinite, name));
  if (problems.length > 0) throw new DataError(problems);
  return values;
}

/** The dates of a column; undefined at the first text that is none, unless the column has to be one of dates. */
function readDates(source: CsvSource, index: number, name: string, required: boolean): Float64Array | undefined {
  const text: BadCells = { count: 0, first: 0 };
  const values = readValues(source, index, parseDate, (field) => {
    note(text, field);
    return required;
  });
  if (values && text.count > 0) throw new DataError(dateProblem(source, text, name));
  return values;
}

/** The values of a column, NaN where missing; `onBad` hears of each that is no finite number and says whether to go on. */
function readValues(
  { fields, isMissing }: CsvSource,
  index: number,
  read: ReadValue,
  onBad: (field: number, start: number, end: number, value: number) => boolean,
): Float64Array | undefined {
  const { bytes, starts, ends, nFields, nRecords } = fields;
  const values = new Float64Array(nRecords - 1);
  for (let row = 0, field = index + nFields; row < values.length; row++, field += nFields) {
    const start = skipBlanks(bytes, starts[field]!, ends[field]!);
    const end = skipBlanksBack(bytes, start, ends[field]!);
    if (isMissing(bytes, start, end)) {
      values[row] = Number.NaN;
      continue;
    }
    const value = read(bytes, start, end);
    if (Number.isFinite(value)) values[row] = value;
    else if (!onBad(field, start, end, value)) return undefined;
  }
  return values;
}

function readCategories({ fields, file, isMissing }: CsvSource, index: number, name: string): CategoricalColumn {
  const { bytes, starts, ends, nFields, nRecords } = fields;
  const dictionary = createByteDictionary(bytes);
  const codes = new Int32Array(nRecords - 1);
  for (let row = 0, field = index + nFields; row < codes.length; row++, field += nFields) {
    const start = starts[field]!;
    const end = ends[field]!;
    const from = skipBlanks(bytes, start, end);
    codes[row] = isMissing(bytes, from, skipBlanksBack(bytes, from, end))
      ? -1
      : dictionary.code(start, end, isQuoted(fields, field));
  }
  const texts = dictionary.entries.map((entry) => entryText(bytes, entry, file));
  const categories = sortByBytes(new Set(texts));
  const codeOf = new Map(categories.map((category, code) => [category, code]));
  const sorted = Int32Array.from(texts, (text) => codeOf.get(text)!);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) codes[row] = sorted[codes[row]!]!;
  return { kind: 'categorical', name, codes, categories };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function entryText(bytes: Uint8Array, { start, end, flag: quoted }: DictionaryEntry, file: string): string {
  let text: string;
  try {
    text = decoder.decode(bytes.subarray(start, end));
  } catch (cause) {
    const problem: Problem = {
      message: 'the text is not UTF-8',
      file,
      place: `line ${lineOf(bytes, start)}`,
      found: JSON.stringify(new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 40)))),
      next: 'save the file as UTF-8',
    };
    throw new DataError(problem, { cause });
  }
  return quoted && text.includes('"') ? text.replaceAll('""', '"') : text;
}

function note(cells: BadCells, field: number): void {
  if (cells.count === 0) cells.first = field;
  cells.count++;
}

function textProblem(source: CsvSource, cells: BadCells, name: string): Problem {
  return {
    message: 'text in a numeric column',
    ...cellProblem(source, cells, name),
    allowed: 'a decimal number, or nothing for a missing value',
    next: 'correct the value, declare it a missing value, or declare the column categorical',
  };
}

function dateProblem(source: CsvSource, cells: BadCells, name: string): Problem {
  return {
    message: 'text in a column of dates',
    ...cellProblem(source, cells, name),
    allowed: DATE_FORMATS,
    next: 'write the date so, declare it a missing value, or declare the column categorical',
  };
}

function infiniteProblem(source: CsvSource, cells: BadCells, name: string): Problem {
  return {
    message: 'infinite value',
    ...cellProblem(source, cells, name),
    allowed: 'a finite number, or nothing for a missing value',
    next: 'write a number, leave the field empty, or declare the column categorical if it is a word',
  };
}

function cellProblem({ fields, file }: CsvSource, { count, first }: BadCells, name: string) {
  const text = fieldText(fields, first, file);
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
  return {
    file,
    place: `line ${lineOf(fields.bytes, fields.starts[first]!)}, column "${name}"`,
    found: count === 1 ? shown : `${shown} (the first of ${count} such values)`,
  };
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}

function skipBlanksBack(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) at--;
  return at;
}
