import { compareModels, type EvaluatedRun } from '../../comparison/compare-models.ts';
import { type DatasetNoise, limitedMetrics, limitNoise } from '../../comparison/limit-noise.ts';
import { rivalsOf } from '../../comparison/rivals.ts';
import { selectedModel } from '../../comparison/selected-model.ts';
import { trainable } from '../../config/planned-models.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { combine, hashNumber, hashText } from '../../random/hash.ts';
import type { FoldTask, Training } from '../../trainers/training.ts';
import { evaluationSetOf, type LoadedDataset, loadDataset, NOTHING_INHERITED } from '../pipeline/load-dataset.ts';
import { trialRunOf } from '../pipeline/train-model.ts';
import type { Ports } from '../ports.ts';

/** What a small change leaves of the rows that are learned from. */
const KEPT = 0.9;

/**
 * Measures how much a project's metrics move when nothing became worse. The model that gates judge is trained again twice: with
 * another seed, and on nine tenths of its rows, as after a small change.
 *
 * Nothing is recorded, because these runs belong to no commit.
 */
export async function measureLimits(
  ports: Ports,
  options: { readonly project: Project; readonly datasets: readonly string[] },
): Promise<DatasetNoise[]> {
  const configs = options.project.datasets.filter(
    ({ id }) => options.datasets.length === 0 || options.datasets.includes(id),
  );
  const plan = { project: options.project, base: null, chosen: [] };
  const loaded: LoadedDataset[] = [];
  for (const config of configs) loaded.push(await loadDataset(config, plan, ports));
  const trained: { readonly dataset: LoadedDataset; readonly base: ReadonlyMap<string, EvaluatedRun> }[] = [];
  for (const dataset of loaded) trained.push({ dataset, base: await evaluatedRunsOf(dataset, ports) });
  const nLimits = Math.max(
    1,
    trained.reduce((sum, { dataset, base }) => sum + testsOf(dataset, base), 0),
  );
  const datasets: DatasetNoise[] = [];
  for (const { dataset, base } of trained) datasets.push(await measureDataset(dataset, base, nLimits, ports));
  return datasets;
}

/** How many tests a pull request has for a dataset: limits, those of each slice too, and each once more for every rival. */
function testsOf({ config, metrics, models, slices }: LoadedDataset, base: ReadonlyMap<string, EvaluatedRun>): number {
  const { gates } = config;
  const bySlice = Object.values(gates.bySlice).filter(({ max_drop }) => max_drop !== undefined).length;
  const rivals = rivalsOf({ gates, metrics, models: models.map(({ id }) => id), baseline: base });
  return (limitedMetrics(gates, metrics).length + slices.length * bySlice) * (1 + rivals.length);
}

async function measureDataset(
  dataset: LoadedDataset,
  base: ReadonlyMap<string, EvaluatedRun>,
  nLimits: number,
  ports: Ports,
): Promise<DatasetNoise> {
  const { config, metrics, table } = dataset;
  const model = selectedModel({ gates: config.gates, metrics, models: dataset.models.map(({ id }) => id) }, base);
  const own = model === null ? undefined : base.get(model);
  if (!own?.predictions) return { dataset: config.id, model, rows: table.nRows, repeats: 0, gates: [] };
  const only = { ...dataset, models: dataset.models.filter(({ id }) => id === model) };
  const reseeded = await evaluatedRunsOf(withSeed(only, config.split.seed + 1), ports);
  const changed = await evaluatedRunsOf(only, ports, onNineTenths(dataset));
  const compared = (other: ReadonlyMap<string, EvaluatedRun>) => compareModels(own, other.get(model!)!, metrics);
  return {
    dataset: config.id,
    model,
    rows: table.nRows,
    repeats: own.run.split.repeats,
    gates: limitNoise(
      own.run,
      { reseeded: compared(reseeded), changed: compared(changed) },
      { gates: config.gates, metrics, nLimits },
    ),
  };
}

function withSeed(dataset: LoadedDataset, seed: number): LoadedDataset {
  const config: DatasetConfig = { ...dataset.config, split: { ...dataset.config.split, seed } };
  return { ...dataset, config };
}

async function evaluatedRunsOf(
  dataset: LoadedDataset,
  ports: Ports,
  change: (training: Training) => Training = (training) => training,
): Promise<ReadonlyMap<string, EvaluatedRun>> {
  const { keyColumns } = dataset.columns;
  const evaluationSet = evaluationSetOf(dataset, keyColumns, NOTHING_INHERITED);
  const rowSet = rowSetOf(evaluationSet);
  const evaluatedRuns = new Map<string, EvaluatedRun>();
  for (const model of trainable(dataset.models)) {
    evaluatedRuns.set(model.id, await trialRunOf(dataset, model, { evaluationSet, rowSet, keyColumns }, ports, change));
  }
  return evaluatedRuns;
}

/** Leaves out a tenth of the rows of every fit, the same ones each time. */
function onNineTenths({ columns }: LoadedDataset): (training: Training) => Training {
  const salt = hashText(`nine tenths: ${columns.keyColumns.join(',')}`);
  const isKept = (row: number) => combine([salt, hashNumber(row)]).high < KEPT * 0x100000000;
  const thinned = (task: FoldTask): FoldTask => ({ ...task, trainRows: task.trainRows.filter(isKept) });
  return (training) =>
    training.evidence === 'self_reported'
      ? training
      : { ...training, trainer: { train: (task) => training.trainer.train(thinned(task)) } };
}
