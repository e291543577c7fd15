import type { Metric } from '../../metrics/metric.ts';
import type { DecidedPredictions } from '../../models/predictions.ts';
import { createRandom } from '../../random/random.ts';
import { square } from '../../stats/elementary.ts';
import { studentTQuantile } from '../../stats/student-t.ts';
import { createTable, type Table } from '../../table/table.ts';
import { metricInput } from '../metric-input.ts';

/** How much a model needs a column, in the unit of the metric: positive where it does worse without. */
export interface PermutationImportance {
  readonly column: string;
  /** Over the repeats; NaN where the metric is undefined on these rows. */
  readonly mean: number;
  /** Between the repeats, n in the denominator as scikit-learn's `importances_std` has it. */
  readonly standardDeviation: number;
  /**
   * 95 % interval of the mean (Student's t over the repeats), null of one repeat. It covers the chance of the shuffles alone:
   * neither that of other rows nor of another fit.
   */
  readonly interval: [number, number] | null;
}

/**
 * `sklearn.inspection.permutation_importance`: how much worse the metric gets when a column's values are shuffled
 * among the rows, so that the column keeps its distribution but loses its information. Columns are shuffled as the user's table has
 * them, before all preprocessing. A column's shuffles depend on the seed and its name alone.
 *
 * @param options.rows positions in the table of rows the model was not trained on.
 * @param options.target per row of the table: the value or the class index.
 */
export function permutationImportance(options: {
  readonly predict: (table: Table) => DecidedPredictions;
  readonly table: Table;
  readonly rows: ArrayLike<number>;
  readonly columns: readonly string[];
  readonly target: Float64Array;
  readonly metric: Metric;
  readonly nRepeats?: number;
  readonly seed: number;
  readonly progress?: (done: number, total: number) => void;
}): PermutationImportance[] {
  const { predict, rows, columns, metric, nRepeats = 5, seed, progress } = options;
  const table = options.table.take(rows);
  const target = Float64Array.from(rows, (row) => options.target[row]!);
  const sign = metric.direction === 'maximize' ? 1 : -1;
  const score = (changed: Table) => sign * metric.compute(metricInput(target, predict(changed)));
  const intact = score(table);
  return columns.map((name, done) => {
    const drops = Float64Array.from({ length: nRepeats }, (_, repeat) => {
      const order = Uint32Array.from({ length: table.nRows }, (_, row) => row);
      createRandom(seed, 'permutation importance', name, repeat).shuffle(order);
      return intact - score(withColumnOf(table, name, order));
    });
    progress?.(done + 1, columns.length);
    return { column: name, ...summary(drops) };
  });
}

/** The table with one column's values in another order. */
function withColumnOf(table: Table, name: string, order: Uint32Array): Table {
  const shuffled = table.select([name]).take(order).columns[0]!;
  return createTable(table.columns.map((column) => (column.name === name ? shuffled : column)));
}

function summary(drops: Float64Array): Omit<PermutationImportance, 'column'> {
  const n = drops.length;
  const mean = drops.reduce((sum, drop) => sum + drop, 0) / n;
  const squares = drops.reduce((sum, drop) => sum + square(drop - mean), 0);
  const reach = n > 1 ? studentTQuantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n) : Number.NaN;
  return {
    mean,
    standardDeviation: Math.sqrt(squares / n),
    interval: Number.isFinite(reach) ? [mean - reach, mean + reach] : null,
  };
}
