import { join } from 'node:path';
import { CATBOOST, LIGHTGBM, OURS, SCIKIT_LEARN, XGBOOST } from './boosting-parameters.ts';
import { fraud, higgs, house } from './look-alikes.ts';
import { judgedOf, type Measured, measureOurs, measurePeer } from './model-job.ts';
import { median, span } from './spread.ts';
import type { Suite } from './suite.ts';
import { type DataTable, writeTableFile } from './table-file.ts';

const ROUNDS = 3;
const PREDICTIONS = 7;
/** How many times as many rows a second as scikit-learn's forest. */
const BESIDE_FOREST = 2;

interface PredictCase {
  readonly title: string;
  readonly table: (quick: boolean) => DataTable;
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly peers: readonly {
    readonly name: string;
    readonly estimator: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly atLeast: number | null;
  }[];
}

const rows = (train: number) => (quick: boolean) => ({ train: quick ? 5000 : train, test: quick ? 5000 : 50_000 });
const TREES = { n_estimators: 100 };

const CASES: readonly PredictCase[] = [
  {
    title: 'forest of 100 deep trees, 13 columns, values',
    table: (quick) => house(rows(16_512)(quick)),
    model: 'random_forest',
    params: TREES,
    peers: [{ name: 'scikit-learn', estimator: 'RandomForestRegressor', params: TREES, atLeast: BESIDE_FOREST }],
  },
  {
    title: 'forest of 100 trees, 30 columns, 0.2 % positive',
    table: (quick) => fraud(rows(10_000)(quick)),
    model: 'random_forest',
    params: TREES,
    peers: [{ name: 'scikit-learn', estimator: 'RandomForestClassifier', params: TREES, atLeast: BESIDE_FOREST }],
  },
  {
    title: 'boosting of 100 trees, 28 columns, two classes',
    table: (quick) => higgs(rows(200_000)(quick)),
    model: 'gradient_boosting',
    params: OURS,
    peers: [
      {
        name: 'scikit-learn',
        estimator: 'HistGradientBoostingClassifier',
        params: SCIKIT_LEARN,
        atLeast: null,
      },
      { name: 'LightGBM', estimator: 'LightGBM', params: LIGHTGBM, atLeast: null },
      { name: 'XGBoost', estimator: 'XGBoost', params: XGBOOST, atLeast: null },
      { name: 'CatBoost', estimator: 'CatBoost', params: CATBOOST, atLeast: null },
    ],
  },
];

/** Rows a second that a fitted model predicts. */
export const predictSuite: Suite = {
  id: 'predict',
  title: 'Predicting',
  packages: ['scikit-learn==1.9.1', 'lightgbm==4.7.0', 'xgboost-cpu==3.2.0', 'catboost==1.2.10'],
  async run(bench) {
    const lines = [
      `Thousands of rows per second on one thread, from raw numbers to predictions, 50,000 rows at a time. In each of ${ROUNDS} rounds, a new process fits, predicts once as a warm-up and then ${PREDICTIONS} times. Median of the rounds' medians (least–most); more is better.`,
      '',
      '| Case | Ours | Beside | Theirs | Ours / theirs | At least | Score, ours | Theirs |',
      '| :-- | --: | :-- | --: | --: | --: | --: | --: |',
    ];
    const path = join(bench.folder, 'table');
    for (const { title, table: create, model, params, peers } of CASES) {
      const table = create(bench.quick);
      writeTableFile(path, table);
      const judged = judgedOf(table);
      const speed = ({ predictSeconds }: Measured) => judged.target.length / median(predictSeconds) / 1000;
      const ours: Measured[] = [];
      const theirs = peers.map((): Measured[] => []);
      for (let round = 1; round <= (bench.quick ? 1 : ROUNDS); round++) {
        const job = { path, seed: round, threads: 1, warmUpRows: 0, fits: 1, seconds: 0, predictions: PREDICTIONS };
        ours.push(measureOurs(bench, model, { ...job, params }));
        for (const [i, peer] of peers.entries())
          theirs[i]!.push(measurePeer(bench, peer, judged, { ...job, params: peer.params }));
        bench.log(
          `${title}, round ${round}: ${[ours, ...theirs].map((each) => speed(each.at(-1)!).toFixed(0)).join(', ')} thousand rows/s`,
        );
      }
      for (const [i, { name, atLeast }] of peers.entries()) {
        const [own, other] = [ours.map(speed), theirs[i]!.map(speed)];
        const times = median(own) / median(other);
        const limit = atLeast === null ? '–' : `${atLeast} ${times >= atLeast ? 'reached' : '**missed**'}`;
        lines.push(
          `| ${title} | ${span(own, 0)} | ${name} | ${span(other, 0)} | ${times.toFixed(2)} | ${limit} | ${ours[0]!.score!.toFixed(4)} | ${theirs[i]![0]!.score!.toFixed(4)} |`,
        );
      }
    }
    return lines;
  },
};
