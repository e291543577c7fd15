import { DataError, type Problem } from '../errors/app-error.ts';
import { listNames } from '../errors/list-names.ts';
import { suggest } from '../registry/suggest.ts';
import { type Column, columnLength, createTable, isMissing, type Table } from '../table/table.ts';
import { denseNames, fitDense, transformDense } from './dense.ts';
import { countCategories } from './encode.ts';
import type { FeatureEncoding } from './feature-encoding.ts';
import type { Features } from './features.ts';
import { fitNative, transformNative } from './native.ts';
import { type PreprocessorState, parseState } from './preprocessor-state.ts';

/** Turns table columns into a model's features, with what it learned from the training rows. */
export interface Preprocessor {
  readonly encoding: FeatureEncoding;
  /** Names of the table columns it reads. */
  readonly columns: readonly string[];
  /** Readable names of the features: `age`, `age is missing`, `plan=basic`, `plan is other`. */
  readonly featureNames: readonly string[];
  /**
   * The features (nSamples × nFeatures) of the rows at these positions, in this order; of all rows when absent. The table is
   * not changed.
   *
   * @throws DataError that lists every column that is missing or has another kind. A column without any value fits both
   * kinds.
   */
  transform(table: Table, rows?: ArrayLike<number>): Features;
  /** Categories of the table that no training row had and that have no shared level, with the number of their rows. */
  unseen(table: Table): readonly { readonly column: string; readonly categories: string[]; readonly rows: number }[];
  /** What it has learned, as plain JSON; `loadPreprocessor` restores it exactly, also from JSON text. */
  toJSON(): unknown;
}

/**
 * Learns from the rows at these positions (all rows when undefined). Other rows have no influence at all. Sums are computed in
 * the order of the rows.
 *
 * `dense`, numbers: missing values are replaced by the median, then values are standardised (mean 0, standard deviation 1; a
 * constant becomes 0). If the training rows have missing values, a second 0/1 feature marks them.
 *
 * `dense`, categories: one-hot encoded, with a level for missing values if the training rows have any. With more than 50
 * categories, the 50 most frequent (ties by byte order) have a level each and all others, unseen ones included, share one;
 * with fewer, unseen categories are all zeros. A missing value without a level is all zeros.
 *
 * `native`: numbers unchanged, NaN for missing ones; codes of the categories in the training rows, in byte order, −1 for
 * missing ones and the number of categories for unseen ones.
 *
 * @throws DataError that lists every column that is not in the table.
 */
export function fitPreprocessor(
  table: Table,
  columns: readonly string[],
  rows: ArrayLike<number> | undefined,
  encoding: FeatureEncoding,
): Preprocessor {
  const found = findColumns(
    table,
    columns.map((name) => ({ name })),
  );
  const training = takeRows(found, rows);
  return createPreprocessor(
    encoding === 'dense'
      ? { encoding, columns: training.map(fitDense) }
      : { encoding, columns: training.map(fitNative) },
  );
}

/**
 * Restores a preprocessor from the result of its `toJSON`. The input is not trusted.
 *
 * @throws StoreError when it does not have that shape.
 */
export function loadPreprocessor(json: unknown): Preprocessor {
  return createPreprocessor(parseState(json));
}

function createPreprocessor(state: PreprocessorState): Preprocessor {
  const { encoding } = state;
  const columns = state.columns.map(({ name }) => name);
  return {
    encoding,
    columns,
    featureNames: encoding === 'dense' ? state.columns.flatMap(denseNames) : columns,
    transform(table, rows) {
      const taken = takeRows(findColumns(table, state.columns), rows);
      return {
        nSamples: rows?.length ?? table.nRows,
        columns:
          state.encoding === 'dense'
            ? state.columns.flatMap((learned, i) => transformDense(learned, taken[i]!))
            : state.columns.map((learned, i) => transformNative(learned, taken[i]!, rows !== undefined)),
      };
    },
    unseen: (table) =>
      state.columns.flatMap((learned) => {
        const column = table.column(learned.name);
        if (learned.kind !== 'categorical' || column?.kind !== 'categorical' || ('other' in learned && learned.other))
          return [];
        const { categories, counts } = countCategories(column);
        const known = new Set(learned.categories);
        const absent = categories.filter((category) => !known.has(category));
        const rows = categories.reduce((sum, category, i) => sum + (known.has(category) ? 0 : counts[i]!), 0);
        return absent.length === 0 ? [] : [{ column: learned.name, categories: absent, rows }];
      }),
    toJSON: () => structuredClone(state),
  };
}

function takeRows(columns: readonly Column[], rows: ArrayLike<number> | undefined): readonly Column[] {
  const table = createTable(columns);
  return (rows === undefined ? table : table.take(rows)).columns;
}

/** The columns with these names and, where given, these kinds. */
function findColumns(
  table: Table,
  wanted: readonly { readonly name: string; readonly kind?: Column['kind'] }[],
): Column[] {
  const problems: Problem[] = [];
  const found: Column[] = [];
  for (const { name, kind } of wanted) {
    const column = table.column(name);
    if (column === undefined) problems.push(absentColumn(table, name));
    else if (kind === undefined || column.kind === kind) found.push(column);
    else if (hasNoValue(column)) found.push(emptyColumn(name, kind, table.nRows));
    else problems.push(otherKind(column, kind));
  }
  if (problems.length > 0) throw new DataError(problems);
  return found;
}

function hasNoValue(column: Column): boolean {
  for (let row = 0; row < columnLength(column); row++) if (!isMissing(column, row)) return false;
  return true;
}

function emptyColumn(name: string, kind: Column['kind'], nRows: number): Column {
  if (kind === 'numeric') return { kind, name, values: new Float64Array(nRows).fill(Number.NaN) };
  return { kind, name, codes: new Int32Array(nRows).fill(-1), categories: [] };
}

function absentColumn(table: Table, name: string): Problem {
  const names = table.columns.map((column) => column.name);
  const near = suggest(name, names);
  return {
    message: `the table has no column "${name}"`,
    found: listNames(names),
    next: near === undefined ? 'add this column to the table' : `did you mean "${near}"?`,
  };
}

function otherKind(column: Column, kind: Column['kind']): Problem {
  return {
    message: `column "${column.name}" is ${column.kind}, but was ${kind} in training`,
    place: `column "${column.name}"`,
    found: column.kind,
    allowed: kind,
    next: 'correct the values, declare the kind of the column, or train the model again',
  };
}
