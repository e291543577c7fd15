import type { ConfigProblem } from '../errors/config-problem.ts';
import { checkSpaces } from '../tuning/check-spaces.ts';
import { normaliseAll } from './config-key.ts';
import { datasetProblems } from './cross-check.ts';
import { type DatasetConfig, datasetKeys } from './dataset-keys.ts';
import { type ProjectSettings, projectKeys } from './project-keys.ts';
import { modelProblems, type WrittenModels } from './resolve-models.ts';
import type { ProjectFile } from './schema.ts';

export type { DatasetConfig, GeneratorConfig } from './dataset-keys.ts';

/** `mlops.yml` as commands use it: plain data, equal to its own copy through JSON. */
export interface Project extends ProjectSettings {
  readonly datasets: readonly DatasetConfig[];
}

/**
 * Normalises and cross-checks. `raw` is the document before defaults: a dataset's parameters lie over the project's,
 * and a default must not hide what the project says.
 */
export function resolveProject(file: ProjectFile, raw: unknown): { project: Project; problems: ConfigProblem[] } {
  const written = raw as { models?: WrittenModels; datasets: Record<string, { models?: WrittenModels | string[] }> };
  const problems: ConfigProblem[] = [];
  const datasets = Object.entries(file.datasets).map(([id, dataset]): DatasetConfig => {
    const layers = { dataset: id, listed: written.datasets[id]?.models, project: written.models };
    const config = { id, ...normaliseAll(datasetKeys, dataset, layers) } as DatasetConfig;
    problems.push(...modelProblems(layers), ...datasetProblems(config));
    return config;
  });
  const settings = normaliseAll(projectKeys, file, { models: written.models }) as unknown as ProjectSettings;
  problems.push(...checkSpaces(['tuning', 'spaces'], settings.tuning.spaces));
  return { project: { ...settings, datasets }, problems: withoutRepeats(problems) };
}

/** The project's settings of a model are checked for every dataset that uses them. */
function withoutRepeats(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
