import type { Task } from '../table/task.ts';
import { trainers } from '../trainers/index.ts';
import type { Project } from './project.ts';
import type { ConfiguredModel, ModelConfig } from './resolve-models.ts';

/** A model that a command trains for a dataset. */
export interface PlannedModel {
  readonly id: string;
  /** Null: the base requires the model, but the settings of the change are not enough to train it. The verdict reports it as missing. */
  readonly params: ModelConfig['params'] | null;
  readonly origin: 'listed' | 'default' | 'required by base';
  /** The verdict requires a run of it. False for models that the change adds. */
  readonly isExpected: boolean;
}

/** What decides the models of a dataset. */
export interface ModelPlan {
  /** The configuration of the change. */
  readonly project: Project;
  /** That of the base commit, which decides what is expected; null: the change's own does. */
  readonly base: Project | null;
  /** Only these models; all when empty. */
  readonly chosen: readonly string[];
}

/**
 * The models of a dataset: first those that the base expects, in its order, then those that the change adds. A model that the
 * change no longer lists is still trained, with the project-level parameters of the change, so that dropping it hides nothing.
 *
 * @param task null: not known before the table is read; the result then has the defaults for both tasks.
 * @returns an empty list if the change has no such dataset.
 */
export function plannedModels(
  { project, base, chosen }: ModelPlan,
  dataset: string,
  task: Task | null,
): readonly PlannedModel[] {
  const own = modelsOf(project, dataset, task);
  if (!own) return [];
  const expected = (base && modelsOf(base, dataset, task)) ?? own;
  const required = expected.map(({ id }): PlannedModel => {
    const listed = own.find((model) => model.id === id);
    if (listed) return { ...listed, isExpected: true };
    const params = project.models.find((model) => model.id === id)?.params ?? null;
    return { id, params, origin: 'required by base', isExpected: true };
  });
  const added = own.filter(({ id }) => expected.every((model) => model.id !== id));
  return [...required, ...added.map((model) => ({ ...model, isExpected: false }))].filter(
    ({ id }) => chosen.length === 0 || chosen.includes(id),
  );
}

/** Models that the verdict requires a run of. */
export function expectedModels(models: readonly PlannedModel[]): readonly string[] {
  return models.flatMap(({ id, isExpected }) => (isExpected ? [id] : []));
}

/** Whether the change no longer lists a model that the base requires: any other may take its place. */
export function isDropped(models: readonly PlannedModel[], model: string | null): boolean {
  return models.some(({ id, origin }) => id === model && origin === 'required by base');
}

/** The planned models that can be trained. */
export function trainable(models: readonly PlannedModel[]): readonly ModelConfig[] {
  return models.flatMap(({ id, params }) => (params ? [{ id, params }] : []));
}

function modelsOf({ datasets }: Project, id: string, task: Task | null): readonly ConfiguredModel[] | undefined {
  return datasets
    .find((dataset) => dataset.id === id)
    ?.models.filter(
      (model) => model.origin === 'listed' || task === null || trainers.get(model.id).tasks.includes(task),
    );
}
