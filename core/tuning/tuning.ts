import type { z } from 'zod';
import { models } from '../models/index.ts';
import { categorical, type Distribution, float, int, type SearchSpace } from './distribution.ts';
import type { datasetTuningSchema, tuningSchema, WrittenDistribution } from './space-schema.ts';

/** Search spaces by model. */
export type Spaces = Readonly<Record<string, SearchSpace>>;

/** How models are tuned. */
export interface Tuning {
  /** Whether it is a step of the pipeline. */
  readonly pipeline: boolean;
  readonly trials: number;
  readonly sampler: string;
  readonly pruner: string;
  /** Seconds; null: there is none. */
  readonly timeout: number | null;
  readonly spaces: Spaces;
}

/** What a dataset says of it; null where the project decides. */
export type DatasetTuning = { readonly [Key in Exclude<keyof Tuning, 'spaces'>]: Tuning[Key] | null } & {
  readonly spaces: Spaces;
};

export const NOTHING_SAID: DatasetTuning = {
  pipeline: null,
  trials: null,
  sampler: null,
  pruner: null,
  timeout: null,
  spaces: {},
};

export function tuningOf(written: z.infer<typeof tuningSchema>): Tuning {
  return { ...written, timeout: written.timeout ?? null, spaces: spacesOf(written.spaces) };
}

export function datasetTuningOf(written: z.infer<typeof datasetTuningSchema>): DatasetTuning {
  const { pipeline = null, trials = null, sampler = null, pruner = null, timeout = null, spaces } = written;
  return { pipeline, trials, sampler, pruner, timeout, spaces: spacesOf(spaces) };
}

/** How the models of a dataset are tuned. */
export function tuningFor(project: Tuning, dataset: DatasetTuning | null): Tuning {
  if (!dataset) return project;
  const given = Object.fromEntries(Object.entries(dataset).filter(([, value]) => value !== null));
  return { ...project, ...given, spaces: { ...project.spaces, ...dataset.spaces } };
}

/** What is searched for a model: its default space, unless `mlops.yml` has one; empty where there is nothing to search. */
export function spaceFor({ spaces }: Pick<Tuning, 'spaces'>, model: string): SearchSpace {
  return spaces[model] ?? (models.has(model) ? models.get(model).space : {});
}

/** The rules in `tuning`: what may be searched, and so what may be written into `mlops.yml`. */
export function spaceRules(spaces: Spaces): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spaces).map(([model, space]) => [`spaces.${model}`, space]));
}

function spacesOf(written: object): Spaces {
  const present = <Value>(of: object) =>
    Object.entries(of as Record<string, Value | undefined>).filter(
      (entry): entry is [string, Value & {}] => !!entry[1],
    );
  return Object.fromEntries(
    present<object>(written).map(([model, space]) => [
      model,
      Object.fromEntries(
        present<WrittenDistribution>(space).map(([name, each]): [string, Distribution] => [name, distributionOf(each)]),
      ),
    ]),
  );
}

function distributionOf(written: WrittenDistribution): Distribution {
  if (written.type === 'categorical') return categorical(...written.choices);
  const { low, high, log = false, step = null } = written;
  return written.type === 'int' ? int(low, high, { log, step }) : float(low, high, { log, step });
}
