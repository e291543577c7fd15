import type { ConfigProblem } from '../errors/config-problem.ts';
import { trainers } from '../trainers/index.ts';

/** A model and its settings, defaults filled in. */
export interface ModelConfig {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A model of a dataset: `listed` there, or a `default` because none is listed. A default may not suit the task. */
export interface ConfiguredModel extends ModelConfig {
  readonly origin: 'listed' | 'default';
}

/** What `models` holds, in the project or in a dataset. */
export type WrittenModels = Readonly<Record<string, object | null>>;

/** Where the settings of models are written. Those of the dataset override those of the project. */
export interface WrittenModelLayers {
  readonly dataset: string;
  readonly listed: WrittenModels | readonly string[] | undefined;
  readonly project: WrittenModels | undefined;
}

/** The models that a dataset lists. If it lists none: the defaults for both tasks. */
export function configuredModels(layers: WrittenModelLayers): ConfiguredModel[] {
  return choose(layers).map(({ id, own, origin }) => ({ id, params: settings(id, layers.project, own), origin }));
}

/** Problems that only the merged settings show: a missing command, an unknown placeholder. */
export function modelProblems(layers: WrittenModelLayers): ConfigProblem[] {
  const { dataset, project } = layers;
  const has = (layer: object | null | undefined, key: PropertyKey) => layer != null && Object.hasOwn(layer, key);
  return choose(layers).flatMap(({ id, own, origin }) => {
    const isMap = origin === 'listed' && !isList(layers.listed);
    const placeOf = (key: PropertyKey) =>
      isMap && (has(own, key) || !has(project?.[id], key)) ? ['datasets', dataset, 'models', id] : ['models', id];
    return trainers
      .get(id)
      .check(settings(id, project, own))
      .map((problem) => ({ ...problem, path: [...placeOf(problem.path[0]!), ...problem.path] }));
  });
}

/** Every model that the project's own settings are enough to train. */
export function projectModels(written: WrittenModels | undefined): ModelConfig[] {
  return trainers.all
    .map(({ id }) => ({ id, params: settings(id, written, null) }))
    .filter(({ id, params }) => trainers.get(id).check(params).length === 0);
}

function choose({ listed, project }: WrittenModelLayers) {
  const named = isList(listed)
    ? [...new Set(listed)].map((id) => ({ id, own: null, origin: 'listed' as const }))
    : Object.entries(listed ?? {}).map(([id, own]) => ({ id, own, origin: 'listed' as const }));
  if (named.length > 0) return named;
  return trainers.all
    .filter(({ id, isDefault }) => isDefault(project?.[id]))
    .map(({ id }) => ({ id, own: null, origin: 'default' as const }));
}

function settings(id: string, project: WrittenModels | undefined, own: object | null): ModelConfig['params'] {
  return trainers.get(id).resolve([project?.[id], own]);
}

function isList(value: WrittenModelLayers['listed']): value is readonly string[] {
  return Array.isArray(value);
}
