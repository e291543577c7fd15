import { join } from 'node:path';
import { judgedOf, type Measured, measureOurs, measurePeer, type PeerModel } from './model-job.ts';
import { mean, median, span } from './spread.ts';
import type { Bench } from './suite.ts';
import { type DataTable, writeTableFile } from './table-file.ts';

const ROUNDS = 3;
const FITS = 5;
const SECONDS = 3;
const WARM_UP_ROWS = 5000;

/** What the ratio of the times, ours through theirs, has to keep below, and what it aims at. */
export interface Target {
  readonly mustHold: number;
  readonly stretch: number;
}

/** One of our models on a table, and what stands beside it. */
export interface TrainingCase {
  readonly title: string;
  readonly table: (quick: boolean) => DataTable;
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly peers: readonly (PeerModel & { readonly name: string; readonly target: Target | null })[];
}

/** What the times of `compareTraining` are of. */
export const TRAINING_NOTES = [
  `Median of ${ROUNDS} rounds (least–most). In each round each side has its own process, one after the other. It reads the table, fits ${WARM_UP_ROWS.toLocaleString('en-US')} rows once as a warm-up, and is then timed: one fit, or the median of up to ${FITS} fits that take at most ${SECONDS} s. Our time is from columns of doubles in memory to the fitted model, including binning. Their time is \`.fit()\` on a NumPy array of the type and order that suits them best; that of LightGBM, XGBoost and CatBoost includes building their own form of the table. The ratio is ours / theirs, of medians. Threads are \`n_jobs\`, \`OMP_NUM_THREADS\`, \`num_threads\`, \`nthread\`, \`thread_count\`, and ours. The score (R² or area under the ROC curve) is on held-out rows, mean of the rounds with seeds 1, 2, 3.`,
];

/** Times our training beside the originals', case by case. */
export function compareTraining(bench: Bench, cases: readonly TrainingCase[], threads: readonly number[]): string[] {
  const lines = [
    '| Case | Threads | Ours, s | Beside | Theirs, s | Ratio | Must hold | Stretch | Score, ours | Theirs |',
    '| :-- | --: | --: | :-- | --: | --: | --: | --: | --: | --: |',
  ];
  const path = join(bench.folder, 'table');
  for (const one of cases) {
    const table = one.table(bench.quick);
    writeTableFile(path, table);
    const judged = judgedOf(table);
    for (const count of threads) {
      const ours: Measured[] = [];
      const theirs = one.peers.map((): Measured[] => []);
      for (let round = 1; round <= (bench.quick ? 1 : ROUNDS); round++) {
        const job = {
          path,
          seed: round,
          threads: count,
          warmUpRows: WARM_UP_ROWS,
          fits: FITS,
          seconds: SECONDS,
          predictions: 0,
        };
        ours.push(measureOurs(bench, one.model, { ...job, params: one.params }));
        for (const [i, { estimator, params }] of one.peers.entries())
          theirs[i]!.push(measurePeer(bench, { estimator, params }, judged, { ...job, params }));
        bench.log(
          `${one.title}, ${count} threads, round ${round}: ${[ours, ...theirs].map((each) => secondsOf(each.at(-1)!).toFixed(3)).join(' s, ')} s`,
        );
      }
      for (const [i, peer] of one.peers.entries()) lines.push(lineOf(one.title, count, ours, peer, theirs[i]!));
    }
  }
  return lines;
}

function lineOf(
  title: string,
  threads: number,
  ours: readonly Measured[],
  { name, target }: TrainingCase['peers'][number],
  theirs: readonly Measured[],
): string {
  const [own, other] = [ours.map(secondsOf), theirs.map(secondsOf)];
  const ratio = median(own) / median(other);
  const longest = Math.max(...own, ...other);
  const digits = longest < 0.1 ? 4 : longest < 1 ? 3 : 2;
  return `| ${[
    title,
    threads,
    span(own, digits),
    name,
    span(other, digits),
    ratio.toFixed(2),
    reached(ratio, target?.mustHold),
    reached(ratio, target?.stretch),
    scoreOf(ours),
    scoreOf(theirs),
  ].join(' | ')} |`;
}

const secondsOf = ({ fitSeconds }: Measured): number => median(fitSeconds);
const scoreOf = (all: readonly Measured[]): string => mean(all.map(({ score }) => score!)).toFixed(4);

/** The limit, and whether the value keeps it. */
export function reached(value: number, limit: number | undefined): string {
  return limit === undefined ? '–' : `${limit} ${value <= limit ? 'reached' : '**missed**'}`;
}
