import { DataError, type Problem } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';
import { type Column, columnLength, createTable, isMissing, type Table } from '../table/table.ts';
import { denseNames, fitDense, transformDense } from './dense.ts';
import { countCategories } from './encode.ts';
import type { FeatureEncoding } from './feature-encoding.ts';
import type { Features } from './features.ts';
import { fitNative, transformNative } from './native.ts';
import { type PreprocessorState, parseState } from './preprocessor-state.ts';

/** Turns table columns into a model's features, the way it learned on the training rows. */
export interface Preprocessor {
  readonly encoding: FeatureEncoding;
  /** Table columns it reads, by name. */
  readonly columns: readonly string[];
  /** Names of the features it gives, for people: `age`, `age is missing`, `plan=basic`, `plan is other`. */
  readonly featureNames: readonly string[];
  /**
   * nSamples × features of the rows at these positions, in that order; of all rows when absent. The table stays as it is.
   *
   * @throws DataError that names every column the table lacks or holds as another kind. A column without a single value
   * passes for either kind.
   */
  transform(table: Table, rows?: ArrayLike<number>): Features;
  /** Categories of the table that count as missing, since no training row had them; ones that share a level do not. */
  unseen(table: Table): readonly { readonly column: string; readonly categories: string[]; readonly rows: number }[];
  /** What it has learned, as plain JSON; `loadPreprocessor` of it, through text or not, gives the same bits. */
  toJSON(): unknown;
}

/**
 * Learns from the rows at these positions (all rows when undefined) and from nothing else: no value, category or count
 * of another row has any influence. Sums run in the order of the rows.
 *
 * `dense`: numbers have missing values replaced by the median and are standardised (mean 0, standard deviation 1, a
 * constant 0), with a 0/1 feature beside that marks missing values if the training rows had any. Categories are one-hot,
 * a missing value being a level if the training rows had any. Of more than 50 categories the most frequent 50 (ties by
 * byte order) have a level each and all others, unseen ones included, share one; else unseen categories are all zeros.
 * Whatever is missing without a level or mark of its own is the median or all zeros.
 *
 * `native`: numbers as they are, NaN for missing; codes of the categories the training rows had, in byte order, −1 for
 * missing and unseen ones.
 *
 * @throws DataError that names every column the table lacks.
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
 * Rebuilds a preprocessor from what its `toJSON` gave, which is hostile input.
 *
 * @throws StoreError when it is not that.
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

/** The table's columns of these names, and of these kinds where one is given. */
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
    found: names.map((each) => `"${each}"`).join(', '),
    next: near === undefined ? 'give the table that column' : `did you mean "${near}"?`,
  };
}

function otherKind(column: Column, kind: Column['kind']): Problem {
  return {
    message: `column "${column.name}" is ${column.kind}, in training it was ${kind}`,
    place: `column "${column.name}"`,
    found: column.kind,
    allowed: kind,
    next: 'correct the values, declare the kind of the column, or train again',
  };
}
