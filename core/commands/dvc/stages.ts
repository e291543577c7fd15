import type { DatasetConfig } from '../../config/project.ts';
import { models } from '../../models/index.ts';
import { modelPathOf } from '../../models/model-file.ts';
import { journalPathOf } from '../../tuning/journal/journal-path.ts';
import { metricsPathOf } from '../pipeline/laptop-metrics.ts';

/** An output that DVC does not store; `persist`: nor removes before the stage runs. */
interface Kept {
  readonly cache: false;
  readonly persist?: true;
}

/** A stage of `dvc.yaml`, as DVC's schema has it. */
export interface Stage {
  readonly cmd: string | readonly string[];
  readonly desc: string;
  /** Keys by file; null: all. */
  readonly params?: readonly Readonly<Record<string, readonly string[] | null>>[];
  readonly deps?: readonly string[];
  readonly outs?: readonly (string | Readonly<Record<string, Kept>>)[];
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
  /** Those that decide besides how its models are tuned. */
  readonly tuningKeys: readonly string[];
  /** Files that its custom trainers name, without patterns. */
  readonly inputs: readonly string[];
  /** Models that the pipeline tunes. */
  readonly tuned: readonly string[];
  /** The table that may have drifted, and the one that it is compared with; none where there is no second table. */
  readonly windows: readonly string[];
}

const REPORTS = ['reports/report.json', 'reports/report.md', 'reports/comparison_report.html'];
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
  for (const dataset of datasets)
    if (dataset.tuned.length > 0) stages.set(`tune_${dataset.config.id}`, tuneStage(dataset, { file, run, config }));
  const windows = datasets.flatMap((dataset) => dataset.windows);
  stages.set('compare_results', {
    // DVC does not know of keys that came since, so the stage that every edit runs looks for them.
    cmd: [`${run} dvc --check${config}`, `${run} compare${config}`],
    desc: 'Judge the new runs, and write the report.',
    params: [{ [file]: null }],
    deps: [...new Set([...datasets.flatMap(metricsOf), ...windows])],
    outs: REPORTS.map((path) => ({ [path]: { cache: false } })),
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

/** A study that is there goes on: DVC keeps its journal. One that cannot go on stops the stage, and says what to do. */
function tuneStage(
  { config: { id, path }, keys, tuningKeys, tuned }: StagedDataset,
  of: { readonly file: string; readonly run: string; readonly config: string },
): Stage {
  const models = tuned.map((model) => ` --model ${model}`).join('');
  return {
    cmd: `${of.run} tune --dataset ${id}${models}${of.config}`,
    desc: `Search better parameters for the models of ${id}.`,
    params: [{ [of.file]: [...keys, ...tuningKeys] }],
    deps: [path],
    outs: tuned.map((model) => ({ [journalPathOf({ dataset: id, model })]: { cache: false, persist: true } })),
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
