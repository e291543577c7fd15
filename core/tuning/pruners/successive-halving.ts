import { definePruner } from './pruner.ts';
import { isStoppedOnARung, lastStepOf } from './rungs.ts';

const ETA = 4;
/** The first rung is at one of so many parts of a complete trial. */
const PARTS = 100;

/** `optuna.pruners.SuccessiveHalvingPruner` with its defaults: asynchronous successive halving. */
export const successiveHalving = definePruner({
  id: 'successive_halving',
  summary: 'compare trials after 1, 4, 16, … steps; of those that come so far the best quarter goes on',
  shouldPrune: (trial, history) =>
    isStoppedOnARung(trial, history, {
      ladderAt: (ended) => {
        const last = lastStepOf(ended);
        return last === null ? null : { first: Math.max(1, Math.floor(last / PARTS)), eta: ETA };
      },
      isRival: () => true,
    }),
});
