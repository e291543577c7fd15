import { lossOf } from '../trial.ts';
import { definePruner } from './pruner.ts';

/** Complete trials that there must be first. */
const STARTUP_TRIALS = 5;

/** `optuna.pruners.MedianPruner` with its defaults (the median stopping rule of Google Vizier, Golovin et al. 2017). */
export const median = definePruner({
  id: 'median',
  summary: 'stop a trial whose best value so far is worse than the median of the complete trials at this step',
  shouldPrune({ reports }, { direction, trials }) {
    const last = reports.at(-1);
    const complete = trials.filter(({ state }) => state === 'complete');
    if (!last || complete.length < STARTUP_TRIALS) return false;
    const others = complete.flatMap((trial) =>
      trial.reports.filter(({ step }) => step === last.step).map(({ value }) => lossOf(direction, value)),
    );
    if (others.length === 0) return false;
    const best = reports.reduce((least, { value }) => Math.min(least, lossOf(direction, value)), Infinity);
    return best > medianOf(others);
  },
});

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
