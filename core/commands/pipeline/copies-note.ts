import { type EvaluationSet, UNTESTED } from '../../dataset/evaluation-set.ts';
import { pooledEstimates } from '../../evaluation/estimates.ts';
import { FEWEST_ROWS } from '../../evaluation/slice-estimate.ts';
import { metrics } from '../../metrics/index.ts';
import type { DecidedPredictions } from '../../models/predictions.ts';
import { count, number, percent, plural } from '../../report/numbers.ts';

/** Share of the rows from which on accidental repetitions are worth a word. */
const WORTH_A_WORD = 0.01;

/**
 * What to know of rows that repeat another row: how many they are, what became of them, and what the model scores without them.
 *
 * @param predicted of a model that predicted all rows: its predictions, by repeat, and the id of the primary metric.
 */
export function copiesNote(
  evaluationSet: EvaluationSet,
  predicted: { readonly repeats: readonly DecidedPredictions[]; readonly metric: string; readonly seed: string } | null,
): string[] {
  const { duplicates, folds } = evaluationSet;
  if (!duplicates || duplicates.copies === 0) return [];
  const { rule, copies } = duplicates;
  const share = copies / folds.length;
  if (rule === 'spread' && share < WORTH_A_WORD) return [];
  const what = `${count(copies)} of ${plural(folds.length, 'row')} (${percent(share)}) ${copies === 1 ? 'repeats' : 'repeat'} another row`;
  const became =
    rule === 'group'
      ? 'kept together in folds, so that no model is asked about a row that it has learned from (`split.duplicates: group`)'
      : 'spread over folds, since rows of few values are often equal by accident (`split.duplicates: spread`). If they are copies, set `group`';
  const score = predicted && scoreAlone(evaluationSet, duplicates.isAlone, predicted);
  return [
    `${what}; ${became}${score === null ? '' : `; on rows without a twin ${predicted!.metric} is ${number(score)}`}`,
  ];
}

/** The metric on rows that no other row equals; null where they are too few. */
function scoreAlone(
  evaluationSet: EvaluationSet,
  isAlone: Uint8Array,
  { repeats, metric, seed }: NonNullable<Parameters<typeof copiesNote>[1]>,
): number | null {
  const { order, folds } = evaluationSet;
  const rows = order.filter((row) => folds[row] !== UNTESTED && isAlone[row] === 1);
  if (rows.length < FEWEST_ROWS) return null;
  return pooledEstimates({ evaluationSet, repeats, seed }, rows)(metrics.get(metric)).estimate.value;
}
