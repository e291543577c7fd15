import { rowKeys } from '../evaluation/split/row-keys.ts';
import { square } from '../stats/elementary.ts';
import type { Table } from '../table/table.ts';

/** With fewer features, the nearest of many rows is always far nearer than the tenth: about 10^(−1/d) of its distance. */
const FEWEST_FEATURES = 4;
const FAR_NEIGHBOUR = 10;
/** Rows whose neighbours are looked for; fewer of a large table, so that it takes no longer. */
const MOST_ROWS = 500;
const FEWEST_ROWS = 50;
const MOST_WORK = 5e7;
/** Below this ratio rows have near copies. */
const NEAR = 0.3;

/** How close the nearest row is, compared with the tenth nearest, and of how many rows that is the median. */
export interface Nearness {
  readonly ratio: number;
  readonly nRows: number;
}

/**
 * Whether rows have near copies, such as copies with a little noise, or rows of one subject: half of them are less than .3 times as far from
 * their nearest other row as from the tenth nearest. Null where that is not so, or cannot be told. Equal rows count as one.
 */
export function nearCopies(table: Table, features: readonly string[]): Nearness | null {
  if (features.length < FEWEST_FEATURES) return null;
  const keys = rowKeys(table, features);
  const distinct = [...new Map([...keys].map((key, row) => [key, row])).entries()].sort(([a], [b]) => a - b);
  const rows = distinct.map(([, row]) => row);
  const asked = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_WORK / (rows.length * features.length))));
  const points = coordinates(table, features, rows);
  const ratios = rows.slice(0, asked).flatMap((_, i) => ratioOf(points, i) ?? []);
  if (ratios.length < FEWEST_ROWS) return null;
  const ratio = ratios.sort((a, b) => a - b)[ratios.length >> 1]!;
  return ratio < NEAR ? { ratio, nRows: ratios.length } : null;
}

/** What was found, as a sentence without a full stop. */
export function nearCopiesSentence({ ratio, nRows }: Nearness): string {
  return `rows have near copies: half of the ${nRows} rows looked at are at most ${ratio.toFixed(2)} times as far from their nearest row as from their tenth nearest row (${NEAR} or more is usual); where such rows lie in several folds, a model has learned from near copies of rows that it is tested on, and scores too well`;
}

interface Points {
  readonly n: number;
  /** Per feature: numbers in standard deviations from the mean, which stands for missing ones. */
  readonly numbers: readonly Float64Array[];
  /** Per feature: codes of categories. */
  readonly codes: readonly Int32Array[];
}

function coordinates(table: Table, features: readonly string[], rows: readonly number[]): Points {
  const columns = features.map((name) => table.column(name)!);
  return {
    n: rows.length,
    numbers: columns.flatMap((column) =>
      column.kind === 'numeric' ? [standardised(Float64Array.from(rows, (row) => column.values[row]!))] : [],
    ),
    codes: columns.flatMap((column) =>
      column.kind === 'categorical' ? [Int32Array.from(rows, (row) => column.codes[row]!)] : [],
    ),
  };
}

function standardised(values: Float64Array): Float64Array {
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, value) => sum + square(value - mean), 0) / known.length);
  return values.map((value) => (Number.isFinite(value) ? (value - mean) / (sd || 1) : 0));
}

/** Of a row's distances to the nearest and to the tenth nearest row; undefined where there are fewer. */
function ratioOf({ n, numbers, codes }: Points, i: number): number | undefined {
  const distances = new Float64Array(n);
  for (const values of numbers) {
    const own = values[i]!;
    for (let j = 0; j < n; j++) {
      const difference = values[j]! - own;
      distances[j] = distances[j]! + difference * difference;
    }
  }
  for (const values of codes) {
    const own = values[i]!;
    for (let j = 0; j < n; j++) if (values[j] !== own) distances[j] = distances[j]! + 1;
  }
  distances[i] = Number.POSITIVE_INFINITY;
  const nearest = new Float64Array(FAR_NEIGHBOUR).fill(Number.POSITIVE_INFINITY);
  for (const distance of distances) {
    if (distance >= nearest[FAR_NEIGHBOUR - 1]!) continue;
    nearest[FAR_NEIGHBOUR - 1] = distance;
    nearest.sort();
  }
  const [first, last] = [nearest[0]!, nearest[FAR_NEIGHBOUR - 1]!];
  return Number.isFinite(last) && last > 0 ? Math.sqrt(first / last) : undefined;
}
