import type { ConfigProblem } from '../errors/config-problem.ts';
import { trainers } from '../trainers/index.ts';

/** A model to train, with every setting filled in. */
export interface ModelConfig {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What `models` holds, in the project or in a data set. */
export type WrittenModels = Readonly<Record<string, object | null>>;

/** Lays a data set's settings of a model over the project's, and checks what only both together show. */
export function resolveModel(
  id: string,
  project: WrittenModels | undefined,
  own?: { readonly dataset: string; readonly settings: object | null },
): { readonly config: ModelConfig; readonly problems: readonly ConfigProblem[] } {
  const trainer = trainers.get(id);
  const params = trainer.resolve([project?.[id], own?.settings]);
  const has = (layer: object | null | undefined, key: PropertyKey) => layer != null && Object.hasOwn(layer, key);
  const placeOf = (key: PropertyKey) =>
    own && (has(own.settings, key) || !has(project?.[id], key))
      ? ['datasets', own.dataset, 'models', id]
      : ['models', id];
  const problems = trainer.check(params).map((problem) => ({
    ...problem,
    path: [...placeOf(problem.path[0]!), ...problem.path],
  }));
  return { config: { id, params }, problems };
}

/** The models of a data set: those it lists; else, as `defaults`, what is trained where it suits the task. */
export function resolveModels(
  dataset: string,
  listed: WrittenModels | readonly string[] | undefined,
  project: WrittenModels | undefined,
): {
  readonly models: readonly ModelConfig[];
  readonly defaults: readonly ModelConfig[];
  readonly problems: readonly ConfigProblem[];
} {
  const isList = (value: typeof listed): value is readonly string[] => Array.isArray(value);
  const resolved = isList(listed)
    ? [...new Set(listed)].map((id) => resolveModel(id, project))
    : Object.entries(listed ?? {}).map(([id, settings]) => resolveModel(id, project, { dataset, settings }));
  const defaults =
    resolved.length > 0
      ? []
      : trainers.all.filter(({ id, isDefault }) => isDefault(project?.[id])).map(({ id }) => resolveModel(id, project));
  return {
    models: resolved.map(({ config }) => config),
    defaults: defaults.map(({ config }) => config),
    problems: [...resolved, ...defaults].flatMap(({ problems }) => problems),
  };
}
