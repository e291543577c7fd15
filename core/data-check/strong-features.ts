import { leakWarnings } from '../dataset/leakage.ts';
import { midRanks } from '../stats/mid-ranks.ts';
import { type CheckedTarget, defineDataCheck } from './data-check.ts';

/** A single feature rarely is this good unless it was made from the target. */
const TOO_GOOD = 0.99;
const MIN_ROWS = 50;
/** Of a class. */
const MIN_CLASS_ROWS = 10;
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
      const found = scoresAlone(column.values, target).find(({ score }) => score >= TOO_GOOD);
      // What determines the target exactly is named by the check of leaks.
      if (!found || leakWarnings(table, [name], target, target.name).length > 0) return [];
      return [
        {
          columns: [name],
          message: `column "${name}" alone predicts ${found.what}"${target.name}" with ${found.measure} ${found.score.toFixed(3)}, which is hardly ever honest`,
          next: `if it is not known before "${target.name}", declare it: columns: { ${JSON.stringify(name)}: ignore }`,
        },
      ];
    });
  },
});

interface Score {
  readonly what: string;
  readonly measure: string;
  readonly score: number;
}

/** How good the feature is as a score, over the rows that have a value; nothing where these are few, or of more than two classes. */
function scoresAlone(values: Float64Array, { type, values: target }: CheckedTarget): readonly Score[] {
  const step = Math.ceil(values.length / MOST_ROWS);
  const rows: number[] = [];
  for (let row = 0; row < values.length; row += step) if (!Number.isNaN(values[row])) rows.push(row);
  const x = Float64Array.from(rows, (row) => values[row]!);
  const y = Float64Array.from(rows, (row) => target[row]!);
  if (x.length < values.length / step / 2) return [];
  if (type === 'binary') return [{ what: '', measure: 'roc_auc', score: areaUnderCurve(x, y) }];
  if (type !== 'continuous' || x.length < MIN_ROWS) return [];
  return [
    { what: '', measure: 'r2', score: squaredCorrelation(x, y) },
    // A logarithm of the target, for one, orders the rows as the target does.
    { what: 'the order of ', measure: 'r2 of ranks', score: squaredCorrelation(midRanks(x), midRanks(y)) },
  ];
}

/** In whichever direction is better. */
function areaUnderCurve(x: Float64Array, y: Float64Array): number {
  const ranks = midRanks(x);
  let [positives, rankSum] = [0, 0];
  for (const [row, label] of y.entries()) {
    if (label !== 1) continue;
    positives++;
    rankSum += ranks[row]!;
  }
  const negatives = y.length - positives;
  if (positives < MIN_CLASS_ROWS || negatives < MIN_CLASS_ROWS) return Number.NaN;
  const auc = (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
  return Math.max(auc, 1 - auc);
}

function squaredCorrelation(x: Float64Array, y: Float64Array): number {
  const mean = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const [dx, dy] = [x[row]! - meanX, y[row]! - meanY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return (xy * xy) / (xx * yy);
}
