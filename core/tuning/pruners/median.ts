import { isBehind } from './percentile.ts';
import { definePruner } from './pruner.ts';

/** `optuna.pruners.MedianPruner` with its defaults (the median stopping rule of Google Vizier, Golovin et al. 2017). */
export const median = definePruner({
  id: 'median',
  summary: 'stop a trial whose best value so far is worse than the median of the complete trials at this step',
  shouldPrune: (trial, history) => isBehind(trial, history, 0.5),
});
