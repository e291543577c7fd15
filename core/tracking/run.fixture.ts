import type { Estimate, Run } from './run.ts';

const estimate = (value: number): Estimate => ({ value, ci: [value - 0.02, value + 0.02], se: 0.01, n: 100 });

/** A small, valid run for tests; `changes` replace whole top-level fields. */
export function aRun(changes: Partial<Run> = {}): Run {
  return {
    schema: 1,
    id: '20261124-073812-churn-random_forest-0badc0de',
    created_at: '2026-11-24T07:38:12.000Z',
    dataset: 'churn',
    model: 'random_forest',
    params: { n_estimators: 100, max_depth: null },
    task: 'classification',
    target: 'Churn',
    target_type: 'binary',
    classes: ['No', 'Yes'],
    split: { folds: 5, seed: 42, repeats: 2 },
    metrics: {
      roc_auc: {
        direction: 'maximize',
        train: estimate(0.95),
        test: estimate(0.84),
        out_of_fold: estimate(0.85),
        folds: [0.84, 0.85, 0.86, 0.85, 0.85],
        seed_noise: { variance: 0.00001, df: 5 },
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
      key_columns: ['tenure'],
      train_rows: 400,
      test_rows: 100,
      n_features: 1,
      row_set: 'b'.repeat(64),
    },
    model_sha256: 'c'.repeat(64),
    model_bytes: 1234,
    inputs_sha256: 'd'.repeat(64),
    git: { sha: 'e'.repeat(40), branch: 'main', base: null, dirty: false },
    workflow: null,
    environment: { version: '0.1.0', node: 'v24.0.0', os: 'linux x64', cpu: 'a processor', threads: 2 },
    timings: { fit_seconds: 1.5, predict_seconds: 0.1 },
    warnings: [],
    ...changes,
  };
}
