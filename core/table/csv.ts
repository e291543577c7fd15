import { DataError, type Problem } from '../errors/app-error.ts';
import { almostNumericNotes } from './almost-numeric.ts';
import { columnNames } from './column-names.ts';
import { type CsvSource, columnBuilder, fieldText, KINDS } from './csv-column.ts';
import { type CsvHeader, lineOfRow, scanHeader, scanRows } from './csv-scanner.ts';
import { dateColumn } from './date-column.ts';
import { checkDeclared } from './declared-kinds.ts';
import { DEFAULT_MISSING, type MissingTest, type MissingTexts, missingTest, missingTextsOf } from './missing-values.ts';
import { type NumberFormat, numberReader, plainPoint } from './number-format.ts';
import { type Column, createTable, type DeclaredKind, type Table } from './table.ts';

export interface CsvOptions extends NumberFormat, MissingTexts {
  /** The file's path, for messages. */
  readonly file: string;
  /** One ASCII character; the default is a comma. */
  readonly delimiter?: string;
  /** Declared kinds by column name; the kinds of other columns are inferred. */
  readonly kinds?: Readonly<Record<string, DeclaredKind>>;
  /** How dates are written, by column (`dateReader`); of other declared dates it is found out. */
  readonly dateFormats?: Readonly<Record<string, string>>;
  /** Columns without a declared kind are text as the file has it, missing only where nothing is written. */
  readonly asWritten?: boolean;
}

/**
 * Reads a table from RFC 4180 text in UTF-8 with a header. A byte order mark and empty lines at the end are ignored.
 *
 * A column is numeric when each value is missing or a decimal number (`1`, `-1.5e3`, `.5`; blanks around it are ignored), so
 * a column without any value is numeric. Numbers equal `Number(text)` bit for bit. As in pandas, `007` is the number 7:
 * declare the column categorical to keep the zeros. Whole numbers of which one is beyond 2⁵³ would lose digits: they are text.
 * A column of dates (`parseDate`) is numeric, in days. All other columns are categorical, also those of `True` and `False`;
 * their text is kept unchanged, with its blanks. A value of blanks only is missing.
 *
 * A column without a name gets the one that pandas gives it (`Unnamed: 0`), or is left out if it has no value: then the lines
 * end with a delimiter. A first line `sep=;` is skipped.
 *
 * @throws DataError that lists every problem of the header, or the first bad value of each column; also for an empty file,
 * text that is not UTF-8, rows of different lengths and unbalanced quotes.
 * @throws RangeError for a delimiter that is not one ASCII character.
 *
 * @example
 * readCsv(new TextEncoder().encode('age,plan\n41,basic\n,pro\n'), { file: 'churn.csv' })
 * // age: numeric [41, NaN]; plan: categorical, codes [0, 1] of ['basic', 'pro']
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions): Table {
  const { file, kinds = {}, dateFormats = {}, asWritten = false } = options;
  const delimiter = delimiterByte(options.delimiter ?? ',');
  const header = scanHeader(bytes, delimiter, file);
  if (header.nFields === 0) {
    throw new DataError({
      message: 'the file is empty',
      file,
      allowed: 'a header line with column names, then the rows',
    });
  }
  const { names, unnamed } = columnNames(
    Array.from({ length: header.nFields }, (_, field) => fieldText(header, field, file)),
  );
  const problems = headerProblems(names, file);
  if (problems.length > 0) throw new DataError(problems);
  checkDeclared(Object.keys(kinds), names, file);
  const readNumber = numberReader(options);
  const source = { bytes, file, readNumber, expectedRows: estimateRows(bytes) };
  const place = (row: number) => `line ${lineOfRow(bytes, delimiter, file, row)}`;
  const formatOf = (name: string) => (Object.hasOwn(dateFormats, name) ? dateFormats[name] : undefined);
  const columns = new Array<Column>(names.length);
  const passed = { hasTrailing: false };
  const all = names.map((name, index): OpenColumn => {
    const declared = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (declared === undefined && asWritten)
      return { name, index, candidates: ['categorical'], declared: true, missing: missingTest([]) };
    const candidates = declared === undefined ? KINDS : candidatesOf(declared, formatOf(name));
    const missing = missingTest(missingTextsOf(options, name) ?? DEFAULT_MISSING);
    return { name, index, candidates, declared: declared !== undefined, missing };
  });
  // Columns whose kind turns out to be wrong far down are read again from the start, all together.
  let open: readonly OpenColumn[] = all;
  const point = plainPoint(options, delimiter);
  while (open.length > 0) open = readColumns(source, { header, delimiter, point }, open, columns, problems, passed);
  for (const [index, column] of columns.entries()) {
    if (column?.kind !== 'categorical' || kinds[column.name] !== 'date') continue;
    collect(problems, () => {
      columns[index] = dateColumn(column, { file, place, format: formatOf(column.name) });
    });
  }
  if (problems.length > 0) throw new DataError(problems);
  const isLeftOut = (column: Column) =>
    unnamed.includes(column.name) && !Object.hasOwn(kinds, column.name) && hasNoValue(column);
  const kept = columns.filter((column) => !isLeftOut(column));
  const hasTrailing = passed.hasTrailing || kept.length < columns.length;
  return createTable(kept, [
    ...(hasTrailing ? [{ note: 'trailing_delimiter' as const, file }] : []),
    ...all.flatMap(({ name, missing: { met } }) =>
      met.size > 0 ? [{ note: 'read_as_missing' as const, file, column: name, texts: [...met] }] : [],
    ),
    ...(asWritten
      ? []
      : almostNumericNotes(kept, {
          ...{ file, place, readNumber, declared: kinds },
          met: all.flatMap(({ missing }) => [...missing.met]),
        })),
  ]);
}

/** The kinds that a declared column may be read as; text of a date is turned into dates afterwards. */
function candidatesOf(declared: DeclaredKind, dateFormat: string | undefined): readonly DeclaredKind[] {
  if (declared !== 'date') return [declared];
  return dateFormat === undefined ? ['date', 'categorical'] : ['categorical'];
}

function hasNoValue(column: Column): boolean {
  return column.kind === 'numeric' ? column.values.every(Number.isNaN) : column.categories.length === 0;
}

/** Does a piece of work, and keeps what a user has to mend. */
function collect(problems: Problem[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    problems.push(...error.problems);
  }
}

/** A column that is not fully read yet, with the kinds it may still have. */
interface OpenColumn {
  readonly name: string;
  readonly index: number;
  /** Kinds to try, in this order; the last one fits every value. */
  readonly candidates: readonly DeclaredKind[];
  readonly declared: boolean;
  readonly missing: MissingTest;
}

/** Reads columns in one pass over the text; returns those that have another kind than the one tried. */
function readColumns(
  source: Omit<CsvSource, 'missing'>,
  {
    header,
    delimiter,
    point,
  }: { readonly header: CsvHeader; readonly delimiter: number; readonly point: number | undefined },
  open: readonly OpenColumn[],
  columns: Column[],
  problems: Problem[],
  passed: { hasTrailing: boolean },
): OpenColumn[] {
  const { file } = source;
  const scanner = scanRows(header, { delimiter, file, ...(point !== undefined && { point }) });
  const again: OpenColumn[] = [];
  const start = (column: OpenColumn) => ({
    column,
    builder: columnBuilder(
      { ...source, missing: column.missing },
      column.index,
      column.name,
      column.candidates[0]!,
      column.declared,
    ),
  });
  const next = (column: OpenColumn): OpenColumn => ({ ...column, candidates: column.candidates.slice(1) });
  let reading = open.map(start);
  const readNumbers = () => {
    if (point === undefined) return;
    const numbers = reading.filter(({ column }) => column.candidates[0] === 'numeric');
    scanner.readNumbers(numbers.map(({ column }) => column.index));
  };
  readNumbers();
  let isFirst = true;
  for (let block = scanner.next(); block; block = scanner.next()) {
    const rows = block;
    const before = reading.length;
    reading = reading.flatMap((one) => {
      let current = one;
      while (!current.builder.add(rows)) {
        if (!isFirst) {
          again.push(next(current.column));
          return [];
        }
        current = start(next(current.column));
      }
      return [current];
    });
    if (isFirst || reading.length < before) readNumbers();
    isFirst = false;
  }
  passed.hasTrailing = scanner.hasTrailing();
  for (const { column, builder } of reading) {
    collect(problems, () => {
      const finished = builder.finish();
      if (finished) columns[column.index] = finished;
      else again.push(next(column));
    });
  }
  return again;
}

/** Estimated number of rows, assuming that all are as long as the first ones. */
function estimateRows(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, 1 << 18);
  let breaks = 1;
  for (const byte of sample) if (byte === 0x0a || byte === 0x0d) breaks++;
  return Math.ceil((1.02 * breaks * bytes.length) / Math.max(1, sample.length)) + 16;
}

/** The byte of a delimiter. @throws RangeError when it is not one ASCII character, or a quote or a line break. */
export function delimiterByte(delimiter: string): number {
  const byte = delimiter.length === 1 ? delimiter.charCodeAt(0) : 0;
  if (byte === 0 || byte > 0x7f || '"\n\r'.includes(delimiter)) {
    throw new RangeError(`a delimiter must be one ASCII character, found ${JSON.stringify(delimiter)}`);
  }
  return byte;
}

function headerProblems(names: readonly string[], file: string): Problem[] {
  return names.flatMap((name, index): Problem[] => {
    const earlier = names.indexOf(name);
    if (earlier === index) return [];
    return [
      {
        message: `two columns have the name "${name}"`,
        file,
        place: `line 1, column ${index + 1}`,
        found: `column ${earlier + 1} is also "${name}"`,
        next: 'rename or remove one of them',
      },
    ];
  });
}
