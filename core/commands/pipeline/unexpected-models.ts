import { type ModelPlan, plannedModels } from '../../config/planned-models.ts';
import type { DatasetConfig } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { listNames } from '../../errors/list-names.ts';
import type { Task } from '../../table/task.ts';

/** Whether models were chosen, and the rules expect none of those that this dataset has: the change adds them. */
export function addsAllChosen(plan: ModelPlan, dataset: string, task: Task | null): boolean {
  return plan.chosen.length > 0 && plannedModels(plan, dataset, task).every(({ isExpected }) => !isExpected);
}

/** Why models are trained and not judged, and what to do. */
export function whyNotExpected(models: readonly string[]): string {
  const are = models.length === 1 ? 'is' : 'are';
  return `${models.join(', ')} ${are} not in the base's mlops.yml, so nothing judges ${models.length === 1 ? 'it' : 'them'}; leave --model out`;
}

/** The error for a command that was asked for models that none of the datasets has. */
export function noChosenModel(plan: ModelPlan, datasets: readonly (DatasetConfig & { readonly task: Task | null })[]) {
  const allowed = datasets.map(({ id, task }) => {
    const models = plannedModels({ ...plan, chosen: [] }, id, task).map((model) => model.id);
    return `of ${id}: ${models.join(', ')}`;
  });
  return new ConfigError({
    message: `no model that was chosen is trained on ${listNames(datasets.map(({ id }) => id))}`,
    found: `--model ${plan.chosen.join(', ')}`,
    allowed: allowed.join('; '),
    next: 'choose one of these models, or leave --model out',
  });
}
