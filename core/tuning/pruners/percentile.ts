import { quantile } from '../../stats/quantile.ts';
import { type History, lossOf, type Trial } from '../trial.ts';
import { definePruner } from './pruner.ts';

/** Complete trials that there must be first. */
const STARTUP_TRIALS = 5;

/** `optuna.pruners.PercentilePruner(25)` with its defaults: only the best quarter goes on, so it stops more trials than `median`. */
export const percentile = definePruner({
  id: 'percentile',
  summary: 'stop a trial whose best value so far is not among the best quarter of the complete trials at this step',
  shouldPrune: (trial, history) => isBehind(trial, history, 0.25),
});

/** Whether the best value that the trial has reported is worse than that of the best share of the complete trials at this step. */
export function isBehind(
  { reports }: Trial,
  { direction, trials }: Pick<History, 'direction' | 'trials'>,
  best: number,
): boolean {
  const last = reports.at(-1);
  const complete = trials.filter(({ state }) => state === 'complete');
  if (!last || complete.length < STARTUP_TRIALS) return false;
  const others = complete.flatMap((trial) =>
    trial.reports.filter(({ step }) => step === last.step).map(({ value }) => lossOf(direction, value)),
  );
  if (others.length === 0) return false;
  const own = reports.reduce((least, { value }) => Math.min(least, lossOf(direction, value)), Infinity);
  return own > quantile(Float64Array.from(others).sort(), best);
}
