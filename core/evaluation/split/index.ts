import type { Split } from '../../dataset/evaluation-set.ts';
import { classFolds } from './class-folds.ts';
import { groupFolds } from './group-folds.ts';
import type { SplitInput } from './split.ts';
import { timeFolds } from './time-folds.ts';

/** Parts rows into folds as the plan says: by class and key, by whole groups, or forward in time. */
export function splitRows(input: SplitInput): Split {
  const { plan } = input;
  if (plan.group !== null) return groupFolds(input);
  if (plan.time !== null) return timeFolds(input);
  return { folds: classFolds({ ...input, nFolds: plan.folds }), clusters: null, time: null };
}
