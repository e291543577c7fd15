import { createHash } from 'node:crypto';
import { foldsOfBaseline } from '../core/comparison/baseline-folds.ts';
import type { EvaluatedRun } from '../core/comparison/compare-models.ts';
import type { EvaluationSet } from '../core/dataset/evaluation-set.ts';
import { readTarget } from '../core/dataset/target.ts';
import { type EvaluationContext, evaluateModel } from '../core/evaluation/evaluate-model.ts';
import { prepareEvaluationSet, testRowsOf } from '../core/evaluation/evaluation-set.ts';
import { metricInputAt } from '../core/evaluation/metric-input.ts';
import type { OutOfFold, RowSet } from '../core/evidence/evidence.ts';
import { rowSetOf } from '../core/evidence/quantise.ts';
import { metrics } from '../core/metrics/index.ts';
import { inlineWorkers } from '../core/models/inline-workers.ts';
import type { Table } from '../core/table/table.ts';
import type { Run } from '../core/tracking/run.ts';
import { trainers } from '../core/trainers/index.ts';
import type { Change } from './changes.ts';
import type { ModelId } from './model-id.ts';
import type { PlannedRun } from './plan.ts';

const FOLDS = 5;
/** Where a fit is random; the default of `split.repeats`. */
const REPEATS = 2;
const UNCHANGED: Change = { id: 'unchanged' };

/** Simulated runs have one thread, no clock, and nobody to talk to; models of the library start no process. */
const OFFLINE: EvaluationContext = {
  workers: inlineWorkers,
  processes: { withFolder: () => Promise.reject(new Error('a simulated run starts no process')) },
  seconds: () => 0,
  cpuSeconds: () => 0,
  log: { info() {}, warn() {}, debug() {}, progress() {} },
};

/** A model on a table: what simulated runs of it have in common. */
export interface Trainee {
  readonly source: {
    readonly id: string;
    readonly target: string;
    readonly task: 'regression' | 'classification';
    /** Columns that rows are recognised by, and that models learn from unless a change says otherwise. */
    readonly features: readonly string[];
    /** Absent: rows are on their own, or stay with those that equal them. */
    readonly split?: { readonly by: 'group' | 'time'; readonly column: string };
  };
  readonly size: number;
  readonly model: ModelId;
  readonly params: Readonly<Record<string, unknown>>;
  readonly metrics: readonly string[];
}

/** What is kept of a run: its evidence, what it recorded, and each repeat's value on the test set alone. */
export interface TrainedRun {
  readonly repeats: readonly OutOfFold[];
  readonly metrics: Run['metrics'];
  /** By metric, one value per repeat. */
  readonly test: Readonly<Record<string, readonly number[]>>;
}

/** Trains and examines one planned run on one replicate, by the product's own code. */
export async function trainRun(
  group: Trainee,
  context: TrainingContext,
  { change = UNCHANGED, seed }: PlannedRun,
): Promise<TrainedRun> {
  const { evaluationSet, table, rowSet } = context;
  const { source, model, metrics: ids } = group;
  const trainer = trainers.get(model);
  const settings = trainer.resolve([group.params, change.params]);
  const nRepeats = trainer.repeats(settings, { repeats: REPEATS });
  const { measured, predictions, repeats } = await evaluateModel(
    model,
    {
      ...{ table, columns: featuresOf(group, change), target: source.target, task: source.task },
      ...{ evaluationSet, rowSet, metrics: ids, slices: [] },
    },
    { trainer, settings, nRepeats, seed, rule: null, onTrainingRows: false },
    OFFLINE,
  );
  if (!predictions || !repeats) throw new Error(`${model} gives no evidence`);
  const inputs = predictions.map((each) => metricInputAt(evaluationSet, testRowsOf(evaluationSet, 0), each));
  const test = Object.fromEntries(ids.map((id) => [id, inputs.map((input) => metrics.get(id).compute(input))]));
  return { repeats, metrics: measured.metrics, test };
}

/** SHA-256 of a run's evidence. */
export function evidenceSha256({ repeats }: TrainedRun): string {
  const hash = createHash('sha256');
  for (const { predictions, decisions } of repeats) {
    hash.update(new Uint8Array(predictions.buffer, predictions.byteOffset, predictions.byteLength)).update(decisions);
  }
  return hash.digest('hex');
}

/** A run as the judge takes it. */
export function evaluatedRunOf(
  group: Trainee,
  rowSet: RowSet,
  { change, seed }: PlannedRun,
  run: TrainedRun,
): EvaluatedRun {
  const { repeats, metrics: measured } = run;
  const { source, model, size } = group;
  const keyColumns = change?.newKeys ? featuresOf(group, change) : source.features;
  const record: Run = {
    ...{ schema: 1, id: '20261124-000000-simulated-model-00000000', createdAt: '2026-11-24T00:00:00.000Z' },
    ...{ dataset: rowSet.dataset, model, task: source.task, target: source.target },
    params: { ...group.params, ...change?.params } as Run['params'],
    targetType: source.task === 'regression' ? 'continuous' : 'binary',
    classes: [...rowSet.classes],
    split: {
      ...{ folds: FOLDS, seed, repeats: repeats.length },
      ...(source.split && { [source.split.by]: source.split.column }),
    },
    metrics: measured,
    data: {
      ...{ path: source.id, sha256: '0'.repeat(64), rows: size, columns: [], keyColumns: [...keyColumns] },
      ...{
        trainRows: 0,
        testRows: 0,
        nFeatures: change ? featuresOf(group, change).length : source.features.length,
        rowSet: rowSet.id,
      },
    },
    ...{ modelSha256: null, modelBytes: null, inputsSha256: '0'.repeat(64) },
    ...{ git: { sha: null, branch: null, base: null, dirty: false }, workflow: null },
    environment: { version: '', node: '', os: '', cpu: '', threads: 1 },
    ...{ timings: { fitSeconds: 0, predictSeconds: 0 }, warnings: [] },
  };
  return { run: record, predictions: { rowSet, evidence: { run: record.id, rowSet: rowSet.id, repeats } } };
}

/** What a run learns from and is examined on. */
export interface TrainingContext {
  readonly table: Table;
  readonly evaluationSet: EvaluationSet;
  readonly rowSet: RowSet;
}

/** Lessons on one replicate; changes that leave the keys alone share the exam. */
export function contextsOn(
  { source }: Pick<Trainee, 'source'>,
  sample: Table,
  replicate: number,
): (planned: PlannedRun) => TrainingContext {
  const known = sample.select([...source.features, source.target]);
  const target = readTarget(known, { file: source.id, target: source.target, task: source.task, posLabel: null });
  const columnOf = (by: 'group' | 'time') => (source.split?.by === by ? source.split.column : null);
  const plan = { folds: FOLDS, group: columnOf('group'), time: columnOf('time'), gap: 0 };
  const evaluationSetOn = (table: Table, keyColumns: readonly string[], folds: Uint8Array | null = null) => {
    const evaluationSet = prepareEvaluationSet({
      ...{ dataset: source.id, file: source.id, table, target, keyColumns, cuts: null, folds, plan },
    });
    return { evaluationSet, rowSet: rowSetOf(evaluationSet) };
  };
  const original = evaluationSetOn(known, source.features);
  return ({ change }) => {
    const table = change?.table ? change.table(known, replicate) : known;
    if (!change?.newKeys) return { table, ...original };
    const keyColumns = change.features!(source.features);
    const own = evaluationSetOn(table, keyColumns);
    const folds = change.newFolds
      ? null
      : foldsOfBaseline(original.rowSet, own.rowSet, { sameKeys: false, own: own.evaluationSet.folds });
    return { table, ...(folds ? evaluationSetOn(table, keyColumns, folds) : own) };
  };
}

function featuresOf({ source }: Pick<Trainee, 'source'>, { features }: Change): readonly string[] {
  return features ? features(source.features) : source.features;
}
