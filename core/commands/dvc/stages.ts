import type { DatasetConfig } from '../../config/project.ts';
import { models } from '../../models/index.ts';
import { modelPathOf } from '../../models/model-file.ts';
import { metricsPathOf } from '../pipeline/laptop-metrics.ts';

/** A stage of `dvc.yaml`, as DVC's schema has it. */
export interface Stage {
  readonly cmd: string;
  readonly desc: string;
  readonly params?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly deps?: readonly string[];
  readonly outs?: readonly (string | Readonly<Record<string, { readonly cache: false }>>)[];
  readonly metrics?: readonly Readonly<Record<string, { readonly cache: false }>>[];
  /** Tells our stages from those of the user. */
  readonly meta: { readonly mlops: true };
}

/** A dataset, the models that are trained on it, and the keys of `mlops.yml` that decide how. */
export interface StagedDataset {
  readonly config: DatasetConfig;
  readonly models: readonly string[];
  /** Only keys that the file has: DVC refuses others. */
  readonly keys: readonly string[];
  /** Files that its custom trainers name, without patterns. */
  readonly inputs: readonly string[];
}

const REPORTS = ['reports/report.json', 'reports/report.md'];
const ours = { meta: { mlops: true } } as const;

/**
 * The stages of a project, by name.
 *
 * @param options.file the project file, relative to the folder of `dvc.yaml`.
 * @param options.run how mlops is called.
 */
export function stagesOf(
  datasets: readonly StagedDataset[],
  options: { readonly file: string; readonly run: string },
): ReadonlyMap<string, Stage> {
  const { file, run } = options;
  const config = file === 'mlops.yml' ? '' : ` --config ${quoted(file)}`;
  const stages = new Map<string, Stage>();
  const generated = datasets.filter((dataset) => dataset.config.generator !== null);
  if (generated.length > 0) {
    stages.set('generate_data', {
      cmd: `${run} generate${config}`,
      desc: 'Generate the tables that have a generator.',
      params: [{ [file]: generated.map((dataset) => `datasets.${dataset.config.id}.generator`) }],
      outs: generated.flatMap((dataset) => tablesOf(dataset.config)),
      ...ours,
    });
  }
  for (const dataset of datasets) stages.set(`train_${dataset.config.id}`, trainStage(dataset, { file, run, config }));
  stages.set('compare_results', {
    cmd: `${run} compare${config}`,
    desc: 'Judge the new runs, and write the report.',
    params: [{ [file]: ['datasets'] }],
    deps: datasets.flatMap(metricsOf),
    outs: REPORTS.map((path) => ({ [path]: { cache: false as const } })),
    ...ours,
  });
  return stages;
}

function trainStage(
  dataset: StagedDataset,
  of: { readonly file: string; readonly run: string; readonly config: string },
): Stage {
  const { id, path } = dataset.config;
  return {
    cmd: `${of.run} train --dataset ${id} --force${of.config}`,
    desc: `Train and evaluate the models of ${id}.`,
    params: [{ [of.file]: dataset.keys }],
    deps: [path, ...dataset.inputs],
    outs: dataset.models
      // Whether a command leaves a model file is its own affair.
      .filter((model) => (models.ids as readonly string[]).includes(model))
      .map((model) => modelPathOf({ dataset: id, model })),
    metrics: metricsOf(dataset).map((metrics) => ({ [metrics]: { cache: false as const } })),
    ...ours,
  };
}

/** The table, its second window, and the notes that tell a generated table from an edited one. */
function tablesOf({ path, generator }: DatasetConfig): string[] {
  const tables = [path, ...(generator?.current ? [generator.current] : [])];
  return tables.flatMap((table) => [table, `${table}.generated.json`]);
}

function metricsOf({ config, models }: StagedDataset): string[] {
  return models.map((model) => metricsPathOf({ dataset: config.id, model }));
}

/** A name as a shell takes it. */
function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
