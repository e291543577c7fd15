import type { Split } from '../../dataset/evaluation-set.ts';
import { duplicateFolds } from './duplicates.ts';
import { groupFolds } from './group-folds.ts';
import type { SplitInput } from './split.ts';
import { timeFolds } from './time-folds.ts';

/** Parts rows into folds as the plan says: by class and identity, by whole groups, or forward in time. */
export function splitRows(input: SplitInput): Split {
  const { plan } = input;
  if (plan.group !== null) return groupFolds(input);
  if (plan.time !== null) return timeFolds(input);
  return { ...duplicateFolds(input), time: null };
}
