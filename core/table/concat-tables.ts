import { DataError, type Problem } from '../errors/app-error.ts';
import { listNames } from '../errors/list-names.ts';
import {
  type CategoricalColumn,
  type Column,
  createTable,
  isMissing,
  type NumericColumn,
  sortByBytes,
  type Table,
} from './table.ts';
import { checkSize } from './table-size.ts';

/** One of the files that make up a table. */
export interface Part {
  readonly file: string;
  readonly table: Table;
}

/**
 * Concatenates the rows of all parts. Columns are in the order of the first part.
 *
 * @throws DataError when a part has different columns.
 */
export function concatTables(parts: readonly Part[]): Table {
  const [first] = parts;
  if (!first) throw new RangeError('concatTables needs at least one part');
  if (parts.length === 1) return first.table;
  const names = first.table.columns.map(({ name }) => name);
  const problems = parts.flatMap((part) => otherColumns(part, names, first.file));
  if (problems.length > 0) throw new DataError(problems);
  const nRows = parts.reduce((sum, { table }) => sum + table.nRows, 0);
  checkSize(nRows, names.length, `${first.file} and ${parts.length - 1} more`);
  return createTable(
    names.map((name) =>
      concatColumns(
        parts.map(({ table }) => table.column(name)!),
        nRows,
      ),
    ),
    parts.flatMap(({ table }) => table.notes),
  );
}

/** The kind of a column in a part; undefined when it has no value there, which fits any kind. */
export function partKind(column: Column): 'numeric' | 'date' | 'categorical' | undefined {
  if (column.kind === 'numeric' && column.values.every(Number.isNaN)) return undefined;
  return column.kind === 'numeric' && column.isDate ? 'date' : column.kind;
}

function concatColumns(columns: readonly Column[], nRows: number): Column {
  const model = columns.find((column) => partKind(column) !== undefined) ?? columns[0]!;
  if (model.kind === 'categorical') return concatCategories(model, columns, nRows);
  const values = new Float64Array(nRows);
  let at = 0;
  for (const column of columns) {
    const own = column as NumericColumn;
    values.set(own.values, at);
    at += own.values.length;
  }
  return { ...model, values };
}

function concatCategories(model: CategoricalColumn, columns: readonly Column[], nRows: number): Column {
  const categories = sortByBytes(
    new Set(columns.flatMap((column) => (column.kind === 'categorical' ? column.categories : []))),
  );
  const codeOf = new Map(categories.map((category, code) => [category, code]));
  const codes = new Int32Array(nRows).fill(-1);
  let at = 0;
  for (const column of columns) {
    if (column.kind === 'numeric') {
      at += column.values.length;
      continue;
    }
    const recoded = column.categories.map((category) => codeOf.get(category)!);
    for (let row = 0; row < column.codes.length; row++, at++)
      if (!isMissing(column, row)) codes[at] = recoded[column.codes[row]!]!;
  }
  return { kind: 'categorical', name: model.name, codes, categories };
}

function otherColumns({ file, table }: Part, names: readonly string[], first: string): Problem[] {
  const own = table.columns.map(({ name }) => name);
  const missing = names.filter((name) => !own.includes(name));
  const extra = own.filter((name) => !names.includes(name));
  if (missing.length === 0 && extra.length === 0) return [];
  const found = [
    ...(missing.length > 0 ? [`${listNames(missing)} missing`] : []),
    ...(extra.length > 0 ? [`${listNames(extra)} added`] : []),
  ];
  return [
    {
      file,
      message: `the columns differ from those of ${first}`,
      found: found.join(', '),
      next: 'give all files the same columns, or make `path` match fewer files',
    },
  ];
}
