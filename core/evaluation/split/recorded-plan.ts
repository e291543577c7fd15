import type { SplitPlan } from '../../dataset/split-plan.ts';
import type { Run } from '../../tracking/run.ts';

/** How the rows of a run were split. */
export function recordedPlan({ folds, group, time, gap, duplicates }: Run['split']): SplitPlan {
  return { folds, group: group ?? null, time: time ?? null, gap: gap ?? 0, ...(duplicates && { duplicates }) };
}

/**
 * Whether rows were parted as the plan asks, so that models learn from as many rows and know as little of those they predict. What
 * `auto` came to holds for whoever asks for `auto`.
 */
export function isSamePlan(recorded: SplitPlan, asked: SplitPlan): boolean {
  const { duplicates: before = 'auto' } = recorded;
  const { duplicates: after = 'auto' } = asked;
  return (
    recorded.folds === asked.folds &&
    recorded.group === asked.group &&
    recorded.time === asked.time &&
    recorded.gap === asked.gap &&
    (before === after || [before, after].includes('auto'))
  );
}

/** What the models of a run learned from. */
export function recordedFeatures({ data }: Run): string[] {
  const kinds: readonly string[] = ['numeric', 'categorical', 'date'];
  return data.columns.flatMap(({ name, kind }) => (kinds.includes(kind) ? [name] : []));
}
