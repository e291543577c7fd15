import { parse } from 'yaml';
import { z } from 'zod';
import { inputsOf } from '../../change/input-files.ts';
import { datasetKeys } from '../../config/dataset-keys.ts';
import { driftSettings } from '../../config/drift-settings.ts';
import { plannedModels, trainable } from '../../config/planned-models.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { ConfigError } from '../../errors/app-error.ts';
import { printable } from '../../report/printable.ts';
import { spaceFor, tuningFor } from '../../tuning/tuning.ts';
import type { Outcome } from '../command.ts';
import { loadDataset } from '../pipeline/load-dataset.ts';
import type { CommandPorts } from '../ports.ts';
import { readProject, readProjectText } from '../read-project.ts';
import { forgetStages } from './forget-stages.ts';
import { requireStages } from './require-stages.ts';
import { type StagedDataset, stagesOf } from './stages.ts';
import { withStages } from './write-stages.ts';

const FILE = 'dvc.yaml';
const LOCK = 'dvc.lock';

export const result = z.strictObject({
  /** Names of the stages that were written. */
  stages: z.array(z.string()),
  /** Whether the project is a DVC repository already. */
  isInitialised: z.boolean(),
});
type Result = z.infer<typeof result>;

/** Writes the stages of the project into `dvc.yaml`, beside `mlops.yml`, or checks that they are there. */
export async function run(
  ports: CommandPorts,
  { run: call, check }: { readonly run: string; readonly check: boolean },
): Promise<Outcome<Result>> {
  const { files, projectFile } = ports;
  const { project, warnings } = await readProject(ports);
  const raw: unknown = parse(await readProjectText(ports));
  const datasets: StagedDataset[] = [];
  for (const config of project.datasets) {
    const models = await modelsOf(config, project, ports);
    const named = inputsOf(config).trainers;
    const inputs = (await Promise.all(named.map((path) => files.list(path)))).flat();
    const { reference, current } = driftSettings(config, project);
    const tuning = tuningFor(project.tuning, config.tuning);
    datasets.push({
      ...{ config, models, ...keysOf(raw, config.id, models), inputs: [...new Set(inputs)] },
      tuned: tuning.pipeline ? models.filter((model) => Object.keys(spaceFor(tuning, model)).length > 0) : [],
      windows: current === null ? [] : [reference, current],
    });
  }
  const stages = stagesOf(datasets, { file: projectFile.inProject, run: call });
  const before = await textOf(FILE, files);
  if (check) requireStages(before, FILE, stages);
  return {
    result: { stages: [...stages.keys()], isInitialised: await files.exists('.dvc/config') },
    files: check ? [] : await write(before, stages, files),
    warnings,
  };
}

/** @returns the files that it wrote. */
async function write(
  before: string | undefined,
  stages: ReturnType<typeof stagesOf>,
  files: CommandPorts['files'],
): Promise<string[]> {
  await files.write(FILE, withStages(before, FILE, stages));
  const lock = await textOf(LOCK, files);
  const left = lock === undefined ? undefined : forgetStages(lock, stages);
  if (left === undefined || left === lock) return [FILE];
  await files.write(LOCK, left);
  return [FILE, LOCK];
}

async function textOf(path: string, files: CommandPorts['files']): Promise<string | undefined> {
  return (await files.exists(path)) ? new TextDecoder().decode(await files.read(path)) : undefined;
}

/** The models that will be trained. Where a dataset lists none, its table has to tell which suit it. */
async function modelsOf(config: DatasetConfig, project: Project, ports: CommandPorts): Promise<string[]> {
  const plan = { project, base: null, chosen: [] };
  const isListed = config.models.every(({ origin }) => origin === 'listed');
  if (isListed || config.task !== null)
    return trainable(plannedModels(plan, config.id, config.task)).map(({ id }) => id);
  if ((await ports.files.list(config.path)).length === 0) {
    throw new ConfigError({
      file: ports.projectFile.path,
      place: `datasets.${config.id}`,
      message: 'lists no models, and its table is not there to tell which suit it',
      next: config.generator ? 'run `mlops generate` first, or list `models`' : 'list `models`, or set `task`',
    });
  }
  return trainable((await loadDataset(config, plan, ports)).models).map(({ id }) => id);
}

/** Keys that decide what is trained. Others decide how it is judged, or what is told beside it. */
const TRAINING_KEYS: readonly string[] = [
  ...['path', 'generator'],
  ...datasetKeys.filter(({ isInput }) => isInput).map(({ key }) => key),
];

/** Keys of the project file that decide how a dataset is trained, and how it is tuned. */
function keysOf(raw: unknown, dataset: string, models: readonly string[]) {
  const { datasets, models: shared } = raw as {
    datasets: Record<string, object>;
    models?: Record<string, unknown> | null;
  };
  const own = Object.keys(datasets[dataset] ?? {});
  return {
    keys: [
      ...own.filter((key) => TRAINING_KEYS.includes(key)).map((key) => `datasets.${dataset}.${key}`),
      ...models.filter((model) => shared && Object.hasOwn(shared, model)).map((model) => `models.${model}`),
    ],
    tuningKeys: [
      ...(own.includes('tuning') ? [`datasets.${dataset}.tuning`] : []),
      ...(Object.hasOwn(raw as object, 'tuning') ? ['tuning'] : []),
    ],
  };
}

export function terminal({ result: { stages }, files }: Outcome<Result>): string {
  if (files.length === 0) return `dvc.yaml has the stages that the project file asks for\n`;
  return `dvc.yaml has these stages now:\n${stages.map((name) => `  ${printable(name)}\n`).join('')}`;
}

export function next({ result: { isInitialised }, files }: Outcome<Result>): string | undefined {
  if (files.length === 0) return undefined;
  return isInitialised ? 'dvc repro' : 'dvc init && dvc repro';
}
