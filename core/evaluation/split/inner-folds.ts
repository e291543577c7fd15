import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { classFolds } from './class-folds.ts';

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
  const groups = evaluationSet.clusters && pick(evaluationSet.clusters);
  const folds = classFolds({
    dataset: `${evaluationSet.dataset}: inner`,
    keys: groups ?? pick(evaluationSet.keys),
    target: pick(evaluationSet.target.values),
    nClasses: groups ? 0 : evaluationSet.target.classes.length,
    nFolds,
  });
  return tasks(nFolds, (fold) => ({
    trainRows: rows.filter((_, i) => folds[i] !== fold),
    testRows: rows.filter((_, i) => folds[i] === fold),
  }));
}

/** Tasks that have rows of both kinds. */
function tasks(nFolds: number, task: (fold: number) => InnerTask): InnerTask[] {
  return Array.from({ length: nFolds }, (_, fold) => task(fold)).filter(
    ({ trainRows, testRows }) => trainRows.length > 0 && testRows.length > 0,
  );
}
