import { compareModels, type EvaluatedRun } from '../../comparison/compare-models.ts';
import { selectedModel } from '../../comparison/judge.ts';
import { provableDrop, smallestDrop } from '../../comparison/judge-limit.ts';
import type { Difference } from '../../comparison/paired-difference.ts';
import { trainable } from '../../config/planned-models.ts';
import type { DatasetConfig, Project } from '../../config/project.ts';
import { rowSetOf } from '../../evidence/quantise.ts';
import { combine, hashNumber, hashText } from '../../random/hash.ts';
import type { DatasetNoise, GateNoise } from '../../report/limits.ts';
import type { FoldTask, Training } from '../../trainers/training.ts';
import { evaluationSetOf, type LoadedDataset, loadDataset, NOTHING_INHERITED } from '../pipeline/load-dataset.ts';
import { trialRunOf } from '../pipeline/train-model.ts';
import type { Ports } from '../ports.ts';
import { halvedBy, proposedLimit } from './propose-limit.ts';

/** What a small change leaves of the rows that are learned from. */
const KEPT = 0.9;

/**
 * Runs a project's own comparisons of nothing with nothing: the model that gates judge, trained again with another seed, and
 * trained on nine tenths of its rows, as a small change would. From both it tells how noisy each metric is here, what its gate can
 * catch, what halving that would cost, and which limit suits.
 *
 * Nothing is recorded: these are no runs of any commit.
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
  const nLimits = Math.max(
    1,
    loaded.reduce((sum, dataset) => sum + gatedMetrics(dataset).length, 0),
  );
  const datasets: DatasetNoise[] = [];
  for (const dataset of loaded) datasets.push(await measureDataset(dataset, nLimits, ports));
  return datasets;
}

/** Metrics that have a limit, or will have one: the primary metric should. */
function gatedMetrics({ config, metrics }: Pick<LoadedDataset, 'config' | 'metrics'>): readonly string[] {
  const limited = metrics.filter((id) => config.gates.byMetric[id]?.max_drop !== undefined);
  return [...new Set([metrics[0]!, ...limited])];
}

async function measureDataset(dataset: LoadedDataset, nLimits: number, ports: Ports): Promise<DatasetNoise> {
  const { config, metrics, table } = dataset;
  const base = await sidesOf(dataset, ports);
  const model = selectedModel({ gates: config.gates, metrics, models: dataset.models.map(({ id }) => id) }, base);
  const own = model === null ? undefined : base.get(model);
  if (!own?.predictions) return { dataset: config.id, model, rows: table.nRows, repeats: 0, gates: [] };
  const only = { ...dataset, models: dataset.models.filter(({ id }) => id === model) };
  const reseeded = await sidesOf(withSeed(only, config.split.seed + 1), ports);
  const changed = await sidesOf(only, ports, onNineTenths(dataset));
  const differences = (other: ReadonlyMap<string, EvaluatedRun>) =>
    compareModels(own, other.get(model!)!, metrics).differences;
  const again = differences(reseeded);
  const small = differences(changed);
  const { repeats } = own.run.split;
  return {
    dataset: config.id,
    model,
    rows: table.nRows,
    repeats,
    gates: metrics.flatMap((metric): GateNoise[] => {
      const noise = small.get(metric);
      if (!noise?.parts || noise.standardError === null) return [];
      const { standardError } = noise;
      const known = { standardError, df: noise.df };
      const { parts } = noise;
      const limit = proposedLimit(provableDrop(known, nLimits));
      const written = config.gates.byMetric[metric]?.max_drop ?? null;
      return [
        {
          metric,
          value: own.run.metrics[metric]?.outOfFold.value ?? null,
          sameAgain: sameAgain(again.get(metric)),
          seedError: own.run.metrics[metric]?.seedNoise ? Math.sqrt(own.run.metrics[metric].seedNoise.variance) : 0,
          rowError: Math.sqrt(Math.max(0, parts.rows - parts.seedsInRows)),
          standardError,
          smallestDrop: smallestDrop(known, allowedOf(written, own, metric), nLimits),
          written,
          isLimited: gatedMetrics(dataset).includes(metric),
          proposed: limit,
          smallestAtProposed: smallestDrop(known, limit, nLimits),
          halvedBy: halvedBy(parts, repeats),
        },
      ];
    }),
  };
}

function sameAgain(difference: Difference | undefined): GateNoise['sameAgain'] {
  return difference ? { drop: difference.drop, standardError: difference.standardError } : null;
}

function allowedOf(written: number | string | null, { run }: EvaluatedRun, metric: string): number {
  if (typeof written === 'number') return written;
  if (written === null) return 0;
  return (Number.parseFloat(written) / 100) * Math.abs(run.metrics[metric]?.outOfFold.value ?? 0);
}

function withSeed(dataset: LoadedDataset, seed: number): LoadedDataset {
  const config: DatasetConfig = { ...dataset.config, split: { ...dataset.config.split, seed } };
  return { ...dataset, config };
}

async function sidesOf(
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
