import type { Estimate, Run, TimesInTurn } from './run.ts';

const estimate = (value: number): Estimate => ({ value, ci: [value - 0.02, value + 0.02], se: 0.01, n: 100 });

/** A small, valid run for tests; `changes` replace whole top-level fields. */
export function aRun(changes: Partial<Run> = {}): Run {
  return {
    schema: 1,
    id: '20261124-073812-churn-random_forest-0badc0de',
    createdAt: '2026-11-24T07:38:12.000Z',
    dataset: 'churn',
    model: 'random_forest',
    params: { n_estimators: 100, max_depth: null },
    task: 'classification',
    target: 'Churn',
    targetType: 'binary',
    classes: ['No', 'Yes'],
    split: { folds: 5, seed: 42, repeats: 2 },
    metrics: {
      roc_auc: {
        direction: 'maximize',
        train: estimate(0.95),
        test: estimate(0.84),
        outOfFold: estimate(0.85),
        folds: [0.84, 0.85, 0.86, 0.85, 0.85],
        seedNoise: { variance: 0.00001, df: 5 },
      },
    },
    data: {
      path: 'data/churn.csv',
      sha256: 'a'.repeat(64),
      rows: 500,
      columns: [
        { name: 'tenure', kind: 'numeric' },
        { name: 'Churn', kind: 'target' },
      ],
      keyColumns: ['tenure'],
      trainRows: 400,
      testRows: 100,
      nFeatures: 1,
      rowSet: 'b'.repeat(64),
    },
    modelSha256: 'c'.repeat(64),
    modelBytes: 1234,
    inputsSha256: 'd'.repeat(64),
    git: { sha: 'e'.repeat(40), branch: 'main', base: null, dirty: false },
    workflow: null,
    environment: { version: '0.1.0', node: 'v24.0.0', os: 'linux x64', cpu: 'a processor', threads: 2 },
    timings: { fitSeconds: 1.5, predictSeconds: 0.1 },
    warnings: [],
    ...changes,
  };
}

/** Times per fold, of the fit and of the prediction alike. */
export function timesInTurn(
  baseline: readonly number[],
  candidate: readonly number[],
  { rows: [before, after] = [100, 100], ...rest }: { rows?: readonly [number, number] } & Partial<TimesInTurn> = {},
): TimesInTurn {
  const times = (seconds: number, rows: number) => ({ fitSeconds: seconds, predictSeconds: seconds, rows });
  return {
    base: 'f'.repeat(40),
    model: 'random_forest',
    folds: baseline.map((seconds, fold) => ({
      baseline: times(seconds, before),
      candidate: times(candidate[fold]!, after),
    })),
    ...rest,
  };
}
