import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { models } from '../core/models/index.ts';
import type { WorkerPool } from '../core/ports/worker-pool.ts';
import { fitPreprocessor } from '../core/preprocessing/preprocessor.ts';
import type { AccuracyTable } from './accuracy-table.ts';
import { drawFolds, rowsOf } from './folds.ts';
import { dataTableOf } from './look-alikes.ts';
import { score } from './score.ts';
import { mean } from './spread.ts';
import type { Bench } from './suite.ts';
import { type DataTable, writeTableFile } from './table-file.ts';

/** A model of ours and its parameters. */
export interface OurModel {
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A model of scikit-learn's. */
export interface PeerModel {
  readonly estimator: string;
  readonly peerParams: Readonly<Record<string, unknown>>;
  /** How it gets its columns: as they are, categories as codes, one-hot or as mean targets, or all as our linear models get them. */
  readonly encoding: 'native' | 'codes' | 'one-hot' | 'target' | 'dense';
}

/** The table as both sides read it, its rows parted in as many ways as there are seeds. */
export function partedOf({ table, target, folds }: AccuracyTable, seeds: number): DataTable {
  const data = dataTableOf(table, target);
  const draw = folds ?? ((values, seed) => drawFolds(values, data.nClasses, 5, seed));
  return { ...data, folds: Array.from({ length: seeds }, (_, i) => draw(data.target, i + 1)) };
}

/** What our model predicts, learned from the other rows: per seed and fold judged the values or shares of its rows. */
export async function ourPredictions(
  { table, scoredFolds }: AccuracyTable,
  { nClasses, target, columns, folds: ways }: DataTable,
  { model, params }: OurModel,
  workers: WorkerPool,
): Promise<Float64Array> {
  const plugin = models.get(model);
  const names = columns.map(({ name }) => name);
  const parts: Float64Array[] = [];
  for (const [i, folds] of ways.entries())
    for (let fold = 0; fold < scoredFolds; fold++) {
      const { train, test } = rowsOf(folds, fold);
      const preprocessor = fitPreprocessor(table, names, train, plugin.encoding);
      const training = {
        features: preprocessor.transform(table, train),
        target: Float64Array.from(train, (row) => target[row]!),
        nClasses,
      };
      const fitted = await plugin.fit(training, params, { seed: i + 1, workers, warn: () => {} });
      parts.push(fitted.predict(preprocessor.transform(table, test)));
    }
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The same of scikit-learn's models, or why they give none. */
export function peerPredictions(
  bench: Bench,
  { scoredFolds }: Pick<AccuracyTable, 'scoredFolds'>,
  data: DataTable,
  peers: readonly PeerModel[],
): (Float64Array | string)[] {
  const path = join(bench.folder, 'table');
  writeTableFile(path, data);
  const models = peers.map(({ estimator, peerParams, encoding }, i) => ({
    estimator,
    params: peerParams,
    encoding,
    output: join(bench.folder, `predictions-${i}`),
  }));
  // OpenMP on one thread: two make boosting of small tables no faster, and much slower where the machine is busy.
  const job = { path, scoredFolds, threads: availableParallelism(), models };
  const results = bench.python('score_folds.py', job, 1) as { readonly error?: string }[];
  return results.map(({ error }, i) => error ?? doublesIn(readFileSync(models[i]!.output)));
}

function doublesIn(bytes: Uint8Array): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}

/** Per seed the mean score of such predictions over the folds judged. */
export function seedScores(
  { scoredFolds, score: usual }: AccuracyTable,
  { nClasses, target, folds: ways }: DataTable,
  predictions: Float64Array,
  name: string | undefined = usual,
): number[] {
  let at = 0;
  return ways.map((folds) => {
    const perFold = Array.from({ length: scoredFolds }, (_, fold) => {
      const truth = Float64Array.from(rowsOf(folds, fold).test, (row) => target[row]!);
      const from = at;
      at += truth.length * Math.max(1, nClasses);
      return score(truth, nClasses, predictions.subarray(from, at), name);
    });
    return mean(perFold);
  });
}
