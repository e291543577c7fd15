import { describe, expect, it } from 'vitest';
import { diffRuns } from './diff-runs.ts';
import { aRun } from './run.fixture.ts';

describe('diffRuns', () => {
  it('finds nothing between runs that differ in time alone', () => {
    const other = aRun({
      id: '20261125-073812-churn-random_forest-00000001',
      createdAt: '2026-11-25T07:38:12.000Z',
      timings: { fitSeconds: 9, predictSeconds: 9 },
    });
    expect(diffRuns(aRun(), other)).toEqual([]);
  });

  it('names what differs, section by section, and nothing else', () => {
    const run = aRun();
    const metric = run.metrics.roc_auc!;
    const after = aRun({
      params: { n_estimators: 200, learning_rate: 0.1, max_depth: null },
      data: { ...run.data, rows: 501, columns: [...run.data.columns, { name: 'plan', kind: 'categorical' }] },
      git: { ...run.git, dirty: true },
      environment: { ...run.environment, node: 'v22.0.0' },
      engine: 2,
      keyScheme: 1,
      metrics: { roc_auc: { ...metric, outOfFold: { ...metric.outOfFold, value: 0.875 } }, f1: metric },
    });
    expect(diffRuns(run, after)).toEqual([
      { section: 'parameters', name: 'n_estimators', before: 100, after: 200 },
      { section: 'parameters', name: 'learning_rate', after: 0.1 },
      { section: 'data', name: 'rows', before: 500, after: 501 },
      { section: 'data', name: 'column plan', after: 'categorical' },
      { section: 'code', name: 'uncommitted changes', before: false, after: true },
      { section: 'environment', name: 'node', before: 'v24.0.0', after: 'v22.0.0' },
      { section: 'environment', name: 'engine', after: 2 },
      { section: 'environment', name: 'key scheme', after: 1 },
      { section: 'metrics', name: 'roc_auc', before: 0.85, after: 0.875, delta: expect.closeTo(0.025, 12) },
      { section: 'metrics', name: 'f1', after: 0.85 },
      { section: 'metrics', name: 'f1 test', after: 0.84 },
      { section: 'metrics', name: 'f1 train', after: 0.95 },
    ]);
    expect(diffRuns(after, run).find(({ name }) => name === 'learning_rate')).toEqual({
      section: 'parameters',
      name: 'learning_rate',
      before: 0.1,
    });
  });

  it('is not misled by names that every object has', () => {
    expect(diffRuns(aRun({ params: {} }), aRun({ params: { constructor: 1 } }))).toEqual([
      { section: 'parameters', name: 'constructor', after: 1 },
    ]);
  });
});
