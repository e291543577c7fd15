import type { Baseline } from '../../../comparison/baseline.ts';
import type { EvaluatedRun } from '../../../comparison/compare-models.ts';
import type { NotTimed } from '../../../comparison/remade.ts';
import { type ModelPlan, trainable } from '../../../config/planned-models.ts';
import type { DatasetConfig } from '../../../config/project.ts';
import type { Report } from '../../../report/report-schema.ts';
import type { Ports } from '../../ports.ts';
import { withBaseClasses } from '../base-classes.ts';
import { recipeHash } from '../inputs-hash.ts';
import { type LoadedDataset, loadDataset } from '../load-dataset.ts';
import type { BaseToTime } from './base-to-time.ts';
import { timedInTurn, withoutTimes } from './timed-in-turn.ts';

/** Times models beside the base commit whose runs an earlier command made, where what is here is what they were trained on. */
export async function timedStored(
  runs: readonly EvaluatedRun[],
  {
    config,
    plan,
    ...beside
  }: {
    readonly config: DatasetConfig;
    readonly plan: ModelPlan;
    readonly baseline: Baseline;
    readonly base: BaseToTime | NotTimed | null;
    readonly place: Report['place'];
  },
  ports: Ports,
): Promise<{ readonly runs: readonly EvaluatedRun[]; readonly notTimed: NotTimed | null }> {
  const { base, baseline, place } = beside;
  const byModel = new Map(runs.map((each) => [each.run.model, each]));
  const without = (notTimed: NotTimed | null) => ({ runs: [...withoutTimes(byModel).values()], notTimed });
  if (base === null) return without(null);
  if ('obstacle' in base) return without(base);
  const read = (await ports.files.exists(config.path)) ? await loadDataset(config, plan, ports) : null;
  if (!read || !(await areOf(read, runs, ports))) return without({ obstacle: 'other_inputs' });
  const { evaluatedRuns, notTimed } = await timedInTurn(
    withBaseClasses(read, baseline, place),
    byModel,
    { ...beside, isBelieved: ports.reuseRuns },
    ports,
  );
  return { runs: [...evaluatedRuns.values()], notTimed };
}

/** Whether every run was trained on this table, as models are configured here. */
async function areOf(dataset: LoadedDataset, runs: readonly EvaluatedRun[], ports: Ports): Promise<boolean> {
  const models = trainable(dataset.models);
  for (const { run } of runs) {
    const model = models.find(({ id }) => id === run.model);
    const recipe = model ? await recipeHash(dataset, model, ports) : null;
    if (run.data.sha256 !== dataset.sha256 || (recipe !== null && run.recipeSha256 !== recipe)) return false;
  }
  return true;
}
