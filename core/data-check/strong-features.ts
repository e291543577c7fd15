import { leakWarnings } from '../dataset/leakage.ts';
import type { Column } from '../table/table.ts';
import { type CheckedTarget, defineDataCheck } from './data-check.ts';

/** A single feature rarely is this good unless it was made from the target. */
const TOO_GOOD = 0.99;
const MIN_ROWS = 50;
/** More rows than this tell no more. */
const MOST_ROWS = 20_000;

export const strongFeatures = defineDataCheck({
  id: 'strong_features',
  summary: 'single features that predict the target almost perfectly',
  find({ table, features, target }) {
    if (!target || table.nRows < MIN_ROWS) return [];
    return features.flatMap((name) => {
      const column = table.column(name)!;
      if (column.kind !== 'numeric') return [];
      const score = target.type === 'binary' ? aucAlone(column, target) : rSquaredAlone(column, target);
      // What determines the target exactly is named by the check of leaks.
      if (!(score >= TOO_GOOD) || leakWarnings(table, [name], target, target.name).length > 0) return [];
      const measure = target.type === 'binary' ? 'roc_auc' : 'r2';
      return [
        {
          columns: [name],
          message: `column "${name}" alone predicts "${target.name}" with ${measure} ${score.toFixed(3)}, which is hardly ever honest`,
          next: `if it is not known before "${target.name}", declare it: columns: { ${JSON.stringify(name)}: ignore }`,
        },
      ];
    });
  },
});

type Numeric = Extract<Column, { kind: 'numeric' }>;

/** The area under the curve of the feature as a score, in whichever direction is better; rows without a value do not count. */
function aucAlone({ values }: Numeric, target: CheckedTarget): number {
  const rows = rowsWith(values).sort((a, b) => values[a]! - values[b]!);
  let [positives, rankSum] = [0, 0];
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && values[rows[to]!] === values[rows[from]!]) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) {
      if (target.values[rows[i]!] !== 1) continue;
      positives++;
      rankSum += rank;
    }
    from = to;
  }
  const negatives = rows.length - positives;
  if (positives < 10 || negatives < 10 || isSparse(rows, values)) return Number.NaN;
  const auc = (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
  return Math.max(auc, 1 - auc);
}

/** The squared correlation with a target of numbers; NaN for classes. */
function rSquaredAlone({ values }: Numeric, { type, values: target }: CheckedTarget): number {
  const rows = rowsWith(values);
  if (type !== 'continuous' || rows.length < MIN_ROWS || isSparse(rows, values)) return Number.NaN;
  const mean = (of: Float64Array) => rows.reduce((sum, row) => sum + of[row]!, 0) / rows.length;
  const [meanX, meanY] = [mean(values), mean(target)];
  let [xx, xy, yy] = [0, 0, 0];
  for (const row of rows) {
    const [x, y] = [values[row]! - meanX, target[row]! - meanY];
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  return (xy * xy) / (xx * yy);
}

function isSparse(rows: readonly number[], values: Float64Array): boolean {
  return rows.length < values.length / stepOf(values) / 2;
}

/** Rows that have a value; of a large table every so many. */
function rowsWith(values: Float64Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row += stepOf(values)) if (!Number.isNaN(values[row])) rows.push(row);
  return rows;
}

function stepOf({ length }: Float64Array): number {
  return Math.ceil(length / MOST_ROWS);
}
