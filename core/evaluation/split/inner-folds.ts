import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { combine, hashNumber, hashText } from '../../random/hash.ts';
import { classFolds } from './class-folds.ts';
import { type RowUnit, unitFolds } from './unit-folds.ts';

/** Rows to learn from and rows to predict, both in the order of the evaluation set. */
export interface InnerTask {
  readonly trainRows: Uint32Array;
  readonly testRows: Uint32Array;
}

/**
 * Folds within the training rows, for choices that must not see the test rows (nested cross-validation; Varma & Simon 2006).
 * Like the outer folds they depend on keys only: balanced by class, by whole groups, or forward in time, where no model predicts
 * the oldest block.
 */
export function innerTasks(evaluationSet: EvaluationSet, rows: Uint32Array, nFolds: number): InnerTask[] {
  const { time } = evaluationSet;
  if (time) {
    const sorted = Float64Array.from(rows, (row) => time.times[row]!).sort();
    const cuts = Array.from(
      { length: nFolds + 1 },
      (_, i) => sorted[Math.round(((i + 1) * sorted.length) / (nFolds + 1))],
    );
    return tasks(nFolds, (fold) => ({
      trainRows: rows.filter((row) => time.times[row]! < cuts[fold]! - time.gap),
      testRows: rows.filter((row) => time.times[row]! >= cuts[fold]! && !(time.times[row]! >= cuts[fold + 1]!)),
    }));
  }
  const pick = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
  const dataset = `${evaluationSet.dataset}: inner`;
  const target = pick(evaluationSet.target.values);
  const nClasses = evaluationSet.target.classes.length;
  const folds = evaluationSet.clusters
    ? unitFolds(clustersAsUnits(pick(evaluationSet.clusters), dataset), {
        ...{ nRows: rows.length, target, nClasses, nFolds },
        isStratified: evaluationSet.duplicates !== null,
      }).folds
    : classFolds({ dataset, keys: pick(evaluationSet.keys), target, nClasses, nFolds });
  return tasks(nFolds, (fold) => ({
    trainRows: rows.filter((_, i) => folds[i] !== fold),
    testRows: rows.filter((_, i) => folds[i] === fold),
  }));
}

function clustersAsUnits(clusters: Float64Array, dataset: string): RowUnit[] {
  const salt = hashText(dataset);
  const members = new Map<number, number[]>();
  for (const [i, cluster] of clusters.entries()) {
    const own = members.get(cluster);
    if (own) own.push(i);
    else members.set(cluster, [i]);
  }
  return [...members].map(([cluster, own]) => ({ rows: own, place: combine([salt, hashNumber(cluster)]) }));
}

/** Tasks that have rows of both kinds. */
function tasks(nFolds: number, task: (fold: number) => InnerTask): InnerTask[] {
  return Array.from({ length: nFolds }, (_, fold) => task(fold)).filter(
    ({ trainRows, testRows }) => trainRows.length > 0 && testRows.length > 0,
  );
}
