import { DataError, type Problem } from '../errors/app-error.ts';
import { type CsvSource, fieldText, readColumn } from './csv-column.ts';
import { indexFields } from './csv-fields.ts';
import { checkDeclared } from './declared-kinds.ts';
import { DEFAULT_MISSING, missingTest } from './missing-values.ts';
import { type NumberFormat, numberReader } from './number-format.ts';
import { type Column, createTable, type DeclaredKind, type Table } from './table.ts';

export interface CsvOptions extends NumberFormat {
  /** The file's path, for messages. */
  readonly file: string;
  /** One ASCII character; a comma when absent. */
  readonly delimiter?: string;
  /** Kinds of columns that are not to be inferred. */
  readonly kinds?: Readonly<Record<string, DeclaredKind>>;
  /** Texts that mean "missing" in place of `DEFAULT_MISSING`; an empty field, quoted or not, always does. */
  readonly missing?: readonly string[];
}

/**
 * A table from RFC 4180 text in UTF-8, with a header. A byte order mark and empty lines at the end count for nothing.
 *
 * A column is numeric when each of its values is a decimal number (`1`, `-1.5e3`, `.5`; blanks around it do not count) or
 * missing, so a column without a value is numeric; numbers have the bits of `Number(text)`. As in pandas, `007` is the
 * number 7: declare the column categorical to keep its zeros. A column of dates (`parseDate`) is numeric, in days. Every
 * other column is categorical, `True` and `False` too; its text is kept as it is, blanks included. Blanks alone are a
 * missing value.
 *
 * @throws DataError that lists what is wrong with the header, or with each column's first bad value; also for an empty
 * file, text that is not UTF-8, rows of unequal length and broken quotes.
 * @throws RangeError for a delimiter that is not one ASCII character.
 *
 * @example
 * readCsv(new TextEncoder().encode('age,plan\n41,basic\n,pro\n'), { file: 'churn.csv' })
 * // age: numeric [41, NaN]; plan: categorical, codes [0, 1] of ['basic', 'pro']
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions): Table {
  const { file, kinds = {} } = options;
  const fields = indexFields(bytes, delimiterByte(options.delimiter ?? ','), file);
  if (fields.nRecords === 0) {
    throw new DataError({ message: 'the file is empty', file, allowed: 'a line of column names, then the rows' });
  }
  const names = Array.from({ length: fields.nFields }, (_, field) => fieldText(fields, field, file));
  const problems = headerProblems(names, file);
  if (problems.length > 0) throw new DataError(problems);
  checkDeclared(Object.keys(kinds), names, file);

  const source: CsvSource = {
    fields,
    file,
    isMissing: missingTest(options.missing ?? DEFAULT_MISSING),
    readNumber: numberReader(options),
  };
  const columns: Column[] = [];
  for (const [index, name] of names.entries()) {
    try {
      columns.push(readColumn(source, index, name, Object.hasOwn(kinds, name) ? kinds[name] : undefined));
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new DataError(problems);
  return createTable(columns);
}

/** The byte of a delimiter. @throws RangeError when it is not one ASCII character, or a quote or a line break. */
export function delimiterByte(delimiter: string): number {
  const byte = delimiter.length === 1 ? delimiter.charCodeAt(0) : 0;
  if (byte === 0 || byte > 0x7f || '"\n\r'.includes(delimiter)) {
    throw new RangeError(`a delimiter is one ASCII character, not ${JSON.stringify(delimiter)}`);
  }
  return byte;
}

function headerProblems(names: readonly string[], file: string): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const earlier = seen.get(name);
    if (name === '') {
      problems.push({
        message: 'a column has no name',
        file,
        place: `line 1, column ${index + 1}`,
        next: 'name the column, or remove it',
      });
    } else if (earlier !== undefined) {
      problems.push({
        message: `two columns are called "${name}"`,
        file,
        place: `line 1, column ${index + 1}`,
        found: `"${name}" is column ${earlier + 1} already`,
        next: 'rename or remove one of them',
      });
    } else {
      seen.set(name, index);
    }
  }
  return problems;
}
