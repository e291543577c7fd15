import type { EvaluationSet } from '../../dataset/evaluation-set.ts';
import { count, percent, plural } from '../../report/numbers.ts';

/** Share of the rows from which on accidental repetitions are worth a word. */
const WORTH_A_WORD = 0.01;

/** What to know of rows that repeat another row: how many they are, and what became of them. */
export function copiesNote({ duplicates, folds }: Pick<EvaluationSet, 'duplicates' | 'folds'>): string[] {
  if (!duplicates || duplicates.copies === 0) return [];
  const { rule, copies } = duplicates;
  const share = copies / folds.length;
  if (rule === 'spread' && share < WORTH_A_WORD) return [];
  const what = `${count(copies)} of ${plural(folds.length, 'row')} (${percent(share)}) ${copies === 1 ? 'repeats' : 'repeat'} another row`;
  return [
    rule === 'group'
      ? `${what}; kept together in folds, so that no model is asked about a row that it has learned from (\`split.duplicates: group\`)`
      : `${what}; spread over folds, since rows of few values are often equal by accident (\`split.duplicates: spread\`). If they are copies, set \`group\``,
  ];
}
