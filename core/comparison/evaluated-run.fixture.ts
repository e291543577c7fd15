import { targetDigest } from '../evaluation/split/column-digests.ts';
import type { RowSet } from '../evidence/evidence.ts';
import { rowSetId } from '../evidence/evidence-codec.ts';
import { toFloat16 } from '../evidence/float16.ts';
import { metrics } from '../metrics/index.ts';
import { createRandom } from '../random/random.ts';
import { log } from '../stats/elementary.ts';
import { aRun } from '../tracking/run.fixture.ts';
import type { Estimate, MetricResult } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';

/** Rows of a regression whose target is standard normal, five folds in turn. */
export function someRows(n: number, changes: Partial<Omit<RowSet, 'id'>> = {}): RowSet {
  const random = createRandom(7, 'rows');
  const contents = {
    dataset: 'churn',
    keys: Float64Array.from({ length: n }, (_, i) => i * 1000),
    folds: Uint8Array.from({ length: n }, (_, i) => i % 5),
    target: Float64Array.from({ length: n }, () => random.normal()),
    positions: Uint32Array.from({ length: n }, (_, i) => i),
    classes: [] as string[],
    nRows: n,
    scale: { mean: 0, sd: 1 },
    columns: ['a', 'b'].map((name) => ({ name, digest: name.repeat(16) })),
    ...changes,
  } as Omit<RowSet, 'id'>;
  const digested = { ...contents, ...digestOf(contents) };
  return { id: rowSetId(digested), ...digested };
}

/** Of the target in the order of the file. */
function digestOf({ target, positions, classes, nRows }: Omit<RowSet, 'id'>): Pick<RowSet, 'targetDigest'> {
  if (!target || !positions) return {};
  const values = new Float64Array(nRows).fill(-1);
  positions.forEach((position, i) => {
    values[position] = target[i]!;
  });
  return { targetDigest: targetDigest({ values, classes }) };
}

/**
 * A run that predicts each row's target with a normal error of this size. `seeds`: one stream of errors per repeat, laid
 * over an error all repeats share (`shared`, its standard deviation).
 */
export function anEvaluatedRun(
  rowSet: RowSet,
  options: {
    model?: string;
    error?: number;
    seeds?: readonly number[];
    noise?: number;
    keyColumns?: string[];
    metrics?: Record<string, Partial<Estimate>>;
  } = {},
): EvaluatedRun {
  const { model = 'random_forest', error = 0.5, seeds = [1], noise = 0 } = options;
  const n = rowSet.keys.length;
  const common = createRandom(99, 'common');
  const shared = Float64Array.from({ length: n }, () => error * common.normal());
  const repeats = seeds.map((seed) => {
    const random = createRandom(seed, 'repeat');
    const predicted = Float64Array.from(
      { length: n },
      (_, i) => rowSet.target![i]! + shared[i]! + noise * random.normal(),
    );
    if (rowSet.classes.length === 0)
      return { predictions: Uint16Array.from(predicted, toFloat16), decisions: new Uint8Array(0) };
    const probability = predicted.map((score) => Math.min(0.99, Math.max(0.01, score)));
    return {
      predictions: Uint16Array.from(probability, (p) => toFloat16(log(p / (1 - p)))),
      decisions: Uint8Array.from(probability, (p) => Number(p > 0.5)),
    };
  });
  const run = aRun({ dataset: rowSet.dataset, model });
  const measured = Object.fromEntries(
    Object.entries(options.metrics ?? { r2: { value: 0.8 } }).map(([id, estimate]) => [
      id,
      aMetricResult(id, estimate),
    ]),
  );
  const keyed = {
    ...run,
    metrics: measured,
    data: { ...run.data, rows: rowSet.nRows, rowSet: rowSet.id, keyColumns: options.keyColumns ?? ['a', 'b'] },
  };
  return { run: keyed, predictions: { rowSet, evidence: { run: run.id, rowSet: rowSet.id, repeats } } };
}

function aMetricResult(id: string, estimate: Partial<Estimate>): MetricResult {
  const full: Estimate = { value: 0.8, ci: null, se: 0.01, n: 100, ...estimate };
  return {
    direction: metrics.get(id).direction,
    train: full,
    test: full,
    outOfFold: full,
    folds: [full.value],
    seedNoise: null,
  };
}
