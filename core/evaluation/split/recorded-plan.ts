import type { SplitPlan } from '../../dataset/split-plan.ts';
import type { Run } from '../../tracking/run.ts';

/** How the rows of a run were split. */
export function recordedPlan({ folds, group, time, gap }: Run['split']): SplitPlan {
  return { folds, group: group ?? null, time: time ?? null, gap: gap ?? 0 };
}

/** Whether both part rows by the same rule, so that their models learn from as many rows and know as little of those they predict. */
export function isSamePlan(a: SplitPlan, b: SplitPlan): boolean {
  return a.folds === b.folds && a.group === b.group && a.time === b.time && a.gap === b.gap;
}
