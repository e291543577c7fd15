import { createHash } from 'node:crypto';
import { metricInput } from '../../core/evaluation/metric-input.ts';
import { rowKeys } from '../../core/evaluation/split/row-keys.ts';
import { createWorkerPool } from '../../core/io/worker-pool.ts';
import { metrics } from '../../core/metrics/index.ts';
import type { MetricInput } from '../../core/metrics/metric.ts';
import { formatModel, modelSha256 } from '../../core/models/model-file.ts';
import { prepareRows, type TrainedModel, trainModel } from '../../core/models/trained-model.ts';
import { type HashCase, hashCases, type Size } from './cases.ts';

/** By name of the case and of what was hashed: SHA-256. */
export type Hashes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Fits every case of these sizes and hashes the models, what they predict for rows they have not all seen, and their metrics. */
export async function computeHashes(threads: number, sizes: readonly Size[]): Promise<Hashes> {
  const workers = createWorkerPool(threads);
  try {
    const hashes: Record<string, Record<string, string>> = {};
    for (const each of sizes.flatMap(hashCases)) {
      const keys = rowKeys(each.table, each.columns);
      const prepared = prepareRows(each.plugin, { ...each, keys, rows: trainingRows(each) });
      const model = await trainModel(each.plugin, prepared, { params: each.params, seed: 1, workers });
      const predicted = model.predict(each.table);
      hashes[each.name] = {
        model: modelHash(model),
        predictions: bytesHash(predicted.outputs),
        metrics: bytesHash(metricValues(metricInput(each.target, predicted))),
      };
    }
    return hashes;
  } finally {
    await workers.close();
  }
}

function modelHash(model: TrainedModel): string {
  return modelSha256(formatModel(model));
}

/** Every metric that suits the target, each followed by the influence of every row where it has one. */
function metricValues(input: MetricInput): Float64Array {
  const type = input.nClasses === 0 ? 'continuous' : input.nClasses === 2 ? 'binary' : 'multiclass';
  const suitable = metrics.all.filter(({ targetTypes }) => targetTypes.includes(type));
  return Float64Array.from(
    suitable.flatMap((metric) => [
      metric.compute(input),
      ...(metric.uncertainty === 'influence' ? metric.influence(input) : []),
    ]),
  );
}

function bytesHash(values: Float64Array): string {
  // 0/0 has its sign bit set on x64 and not on arm64.
  if (values.some(Number.isNaN)) throw new Error('a NaN has no bytes that are the same on every processor');
  return sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** Four rows of five. */
function trainingRows({ table }: HashCase): Uint32Array {
  return Uint32Array.from({ length: table.nRows }, (_, row) => row).filter((row) => row % 5 !== 0);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
