import { z } from 'zod';
import { type StudyResult, studyResultSchema } from './study-result.ts';

/** Complete trials that are shown, beside the current parameters. */
const TOP_TRIALS = 5;

const count = z.int().nonnegative();

/** A study for people: how many trials of each kind, and the best of them. */
export const studySummarySchema = studyResultSchema.omit({ trials: true, best: true }).extend({
  counts: z.object({ trials: count, complete: count, pruned: count, failed: count }),
  /** Names of the parameters that were searched. */
  searched: z.array(z.string()),
  /** The best complete trials, best first, and the current parameters. */
  shown: studyResultSchema.shape.trials,
  /** Number of the best trial; null: none is complete. */
  best: z.int().nullable(),
});
export type StudySummary = z.infer<typeof studySummarySchema>;

export function summaryOf({ trials, ...study }: StudyResult): StudySummary {
  const inState = (state: string) => trials.filter((trial) => trial.state === state).length;
  const sign = study.direction === 'maximize' ? -1 : 1;
  const complete = trials
    .filter(({ state, value }) => state === 'complete' && value !== null)
    .sort((a, b) => sign * (a.value! - b.value!) || a.number - b.number);
  // The current parameters may lack some.
  const others = [...trials.filter(({ isCurrent }) => !isCurrent), ...trials];
  return {
    ...study,
    counts: {
      trials: trials.length,
      complete: inState('complete'),
      pruned: inState('pruned'),
      failed: inState('failed'),
    },
    searched: [...new Set(others.flatMap(({ params }) => Object.keys(params)))],
    shown: complete.filter((trial, i) => i < TOP_TRIALS || trial.isCurrent),
  };
}
