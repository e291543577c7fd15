import { describe, expect, it } from 'vitest';
import { aRun } from '../run.fixture.ts';
import { summaryOf } from '../run-summary.ts';
import { matcherOf } from './match-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { parseSort, sortRuns } from './sort-runs.ts';

// roc_auc .85 out of fold and .84 on the test set; n_estimators 100, max_depth null; at 2026-11-24T07:38:12.000Z.
const RUN = summaryOf(
  aRun({
    params: { n_estimators: 100, max_depth: null, kernel: 'rbf', bootstrap: true, text: '100' },
    git: { sha: 'abcdef01'.repeat(5), branch: 'feature/(x)', base: null, dirty: false },
  }),
);

describe('matcherOf', () => {
  it.each([
    ['dataset = churn', true],
    ['dataset = Churn', false],
    ['dataset != fraud', true],
    ['model ~ FOREST', true],
    ['model ~ random*', true],
    ['model ~ *random', false],
    ['model like %_forest', true],
    ['model ~ random?forest', true],
    ['model ~ random?', false],
    ['branch ~ "(x)"', true],
    ['branch ~ feature/*', true],
    ['branch ~ f.*', false],
    ['id ~ 0badc0de', true],
    ['metrics.roc_auc > 0.84', true],
    ['metrics.roc_auc > 0.85', false],
    ['metrics.roc_auc >= 0.85', true],
    ['test.roc_auc = 0.84', true],
    ['metrics.f1 > 0', false],
    ['metrics.f1 != 0', false],
    ['not metrics.f1 > 0', true],
    ['metrics.f1 = null', true],
    ['metrics.roc_auc != null', true],
    ['params.n_estimators = "100"', true],
    ['params.n_estimators >= 100', true],
    ['params.n_estimators < 100', false],
    ['params.n_estimators = many', false],
    ['params.n_estimators != many', true],
    ['params.n_estimators ~ 10', true],
    ['params.max_depth = null', true],
    ['params.max_depth != 3', false],
    ['params.kernel = rbf', true],
    ['params.kernel > 3', false],
    ['params.text = 100', true],
    ['params.text = "100.0"', false],
    ['params.bootstrap = True', true],
    ['params.bootstrap = 1', false],
    ['params.bootstrap != false', true],
    ['params.constructor = null', true],
    ['sha = abcdef0', true],
    ['sha = ABCDEF0', true],
    ['sha = abc', false],
    ['sha != abcdef1', true],
    ['not dirty', true],
    ['dirty != true', true],
    ['created > 2026-11-23', true],
    ['created > 2026-11-24', false],
    ['created >= 2026-11-24', true],
    ['created = 2026-11', true],
    ['created <= 2026-11-24', true],
    ['created < 2026-11-24T07:38', false],
    ['created = 2026-11-24t07:38z', true],
    ['created > 2025', true],
    ['dirty or dataset = churn and model = random_forest', true],
    ['(dirty or dataset = churn) and model = dummy', false],
    ['task = regression or target = Churn', true],
  ])('%s: %s', (source, expected) => expect(matcherOf(parseFilter(source))(RUN)).toBe(expected));
});

describe('sortRuns', () => {
  const runs = [3, 1, null, 2].map((x, i) => ({ ...RUN, id: `${i}`, dataset: i < 2 ? 'a' : 'b', params: { x } }));
  const order = (sort: string) => sortRuns(runs, parseSort(sort)).map(({ id }) => id);
  it.each([
    ['params.x', ['1', '3', '0', '2']],
    ['-params.x', ['0', '3', '1', '2']],
    ['-dataset, params.x', ['3', '2', '1', '0']],
    ['created', ['0', '1', '2', '3']],
  ])('by %s: what lacks a value comes last, equal ones stay in order', (sort, expected) => {
    expect(order(sort)).toEqual(expected);
  });
  it('puts numbers before text', () => {
    const mixed = ['b', 2, 'a', 10].map((x, i) => ({ ...RUN, id: `${i}`, params: { x } }));
    expect(sortRuns(mixed, parseSort('params.x')).map(({ id }) => id)).toEqual(['1', '3', '2', '0']);
  });
  it('names the field that there is none of', () => {
    expect(() => parseSort('-metric.f1')).toThrow(/--sort: there is no field[\s\S]*did you mean "metrics.f1"/);
  });
});
