import { chosenDatasets } from '../../comparison/judge-runs.ts';
import type { Unchanged } from '../../comparison/verdict.ts';
import type { ModelPlan } from '../../config/planned-models.ts';
import type { DatasetConfig } from '../../config/project.ts';
import { shortSha } from '../../records/short-sha.ts';
import type { Ports } from '../ports.ts';
import { noChosenModel } from './unexpected-models.ts';

/** The datasets that a command is asked for, and which of them have to be trained. */
export interface DatasetsToTrain {
  readonly wanted: readonly DatasetConfig[];
  readonly unchanged: readonly Unchanged[];
  readonly changed: readonly DatasetConfig[];
}

/**
 * Tells which datasets have to be trained: of a change that is judged those of which an input changed, else all that are asked for.
 *
 * @throws ConfigError where none of the models that are asked for is one of theirs.
 */
export async function datasetsToTrain(
  plan: ModelPlan,
  { log }: Pick<Ports, 'log'>,
  options: {
    /** Ids; all when empty. */
    readonly datasets: readonly string[];
    readonly force: boolean;
    /** Those of them that need no training. */
    readonly unchanged: (datasets: readonly DatasetConfig[]) => Promise<readonly Unchanged[]>;
    readonly mayJudge: boolean;
    readonly trains: boolean;
  },
): Promise<DatasetsToTrain> {
  const { datasets: ids, mayJudge, force, trains } = options;
  const wanted = chosenDatasets(plan, ids);
  if (wanted.length === 0 && plan.chosen.length > 0)
    throw noChosenModel(
      plan,
      plan.project.datasets.filter(({ id }) => ids.length === 0 || ids.includes(id)),
    );
  const unchanged = mayJudge && !force ? await options.unchanged(wanted) : [];
  for (const { dataset, base } of unchanged)
    log.info(`${dataset}: no input changed since ${shortSha(base)}${trains ? ', so it is not trained' : ''}`);
  return { wanted, unchanged, changed: wanted.filter(({ id }) => unchanged.every(({ dataset }) => dataset !== id)) };
}
