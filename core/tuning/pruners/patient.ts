import { lossOf } from '../trial.ts';
import { definePruner } from './pruner.ts';

const PATIENCE = 3;

/** `optuna.pruners.PatientPruner(None, patience=3)`: looks at the trial alone. */
export const patient = definePruner({
  id: 'patient',
  summary: 'stop a trial whose last four reports brought nothing better than those before',
  shouldPrune({ reports }, { direction }) {
    const losses = reports.map(({ value }) => lossOf(direction, value));
    const [before, after] = [losses.slice(0, -PATIENCE - 1), losses.slice(-PATIENCE - 1)];
    return before.length > 0 && Math.min(...before) < Math.min(...after);
  },
});
