import { describe, expect, it } from 'vitest';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { aDatasetComparison, forest, rowSet, values, verdict } from './judge.fixture.ts';
import { judge, outcomeOf } from './judge.ts';

describe('a change is complete', () => {
  it('and passes when every expected model and metric is there', () => {
    expect(verdict(aDatasetComparison())).toMatchObject({ outcome: 'pass', missing: [] });
  });
  it.each([
    [
      'a model was not trained',
      { models: ['random_forest', 'dummy'] },
      { model: 'dummy', metric: null, detail: 'was not trained' },
    ],
    [
      'a metric was not measured',
      { metrics: ['r2', 'mae'] },
      { model: 'random_forest', metric: 'mae', detail: 'was not measured' },
    ],
    [
      'a metric has no value',
      { candidate: forest({ metrics: { ...values, rmse: { value: null } } }) },
      { metric: 'rmse', detail: 'has no finite value' },
    ],
    [
      'a metric was not measured on any row',
      { candidate: forest({ metrics: { ...values, r2: { value: 0.9, n: 0 } } }) },
      { metric: 'r2', detail: 'was not measured on any row' },
    ],
    ['no model is expected', { models: [] }, { detail: 'no model is expected: list one in `models` of mlops.yml' }],
  ])('or fails because %s', (_, changes, missing) => {
    const found = verdict(aDatasetComparison(changes));
    expect(found.outcome).toBe('fail');
    expect(found.missing).toEqual([expect.objectContaining(missing)]);
  });
  it('or fails because nothing at all was expected', () => {
    expect(judge([], { onDataChange: 'fail' }).outcome).toBe('fail');
  });
  it('and passes when no input of any dataset changed', () => {
    const unchanged = [{ dataset: 'churn', base: 'a'.repeat(40), inputs: ['churn.csv'] }];
    expect(judge([], { onDataChange: 'fail', unchanged })).toMatchObject({ outcome: 'pass', missing: [], unchanged });
  });
});

describe('the evaluation set is the same', () => {
  const without = (n: number) => {
    const keep = <T extends { slice(start: number, end: number): T }>(array: T) => array.slice(0, 300 - n);
    return someRows(300 - n, { keys: keep(rowSet.keys), target: keep(rowSet.target!) });
  };
  it.each([
    [0, 'pass'],
    [3, 'pass'],
    [4, 'fail'],
  ])('when %d of 300 rows are gone: %s', (gone, outcome) => {
    const found = verdict(aDatasetComparison({ candidate: forest({}, without(gone)) }));
    expect(found.evaluationSets).toEqual([expect.objectContaining({ gone, outcome })]);
    expect(found.outcome).toBe(outcome);
  });
  it('not when rows hold other values', () => {
    const held = (edited: number) =>
      someRows(300, {
        contents: [{ columns: ['x'], hashes: Float64Array.from({ length: 300 }, (_, row) => (row < edited ? 1 : 0)) }],
      });
    const judged = (edited: number) =>
      verdict(aDatasetComparison({ baseline: forest({}, held(0)), candidate: forest({}, held(edited)) }))
        .evaluationSets;
    expect(judged(4)).toMatchObject([{ outcome: 'fail', edited: 4, gone: 0, relabelled: 0 }]);
    expect(judged(3)).toMatchObject([{ outcome: 'pass', edited: 3 }]);
  });

  it('not when rows were relabelled', () => {
    const relabelled = someRows(300, { target: rowSet.target!.map((y, row) => (row < 4 ? y + 1 : y)) });
    expect(verdict(aDatasetComparison({ candidate: forest({}, relabelled) })).evaluationSets[0]).toMatchObject({
      relabelled: 4,
      outcome: 'fail',
    });
  });
  it('or its change is accepted, and still shown', () => {
    const found = verdict(aDatasetComparison({ candidate: forest({}, without(50)) }), 'accept');
    expect(found).toMatchObject({ outcome: 'pass', evaluationSets: [{ gone: 50, outcome: 'pass' }] });
  });
  it('not when rows are gone and nothing is known but their number', () => {
    const lost = anEvaluatedRun(rowSet, { metrics: values });
    const candidate = new Map([
      ['random_forest', { predictions: null, run: { ...lost.run, data: { ...lost.run.data, rows: 290 } } }],
    ]);
    expect(verdict(aDatasetComparison({ candidate })).evaluationSets[0]).toMatchObject({
      pairing: 'unpaired',
      gone: 10,
      outcome: 'fail',
    });
  });
});

describe('a class that the baseline does not know', () => {
  it.each([
    [2, 'pass'],
    [3, 'fail'],
  ])('of %d rows of 300: %s', (ofNewClasses, outcome) => {
    const known = aDatasetComparison();
    const comparisons = new Map(
      [...known.comparisons].map(([model, each]) => [model, { ...each, counts: { ...each.counts, ofNewClasses } }]),
    );
    expect(verdict({ ...known, comparisons }).evaluationSets).toMatchObject([{ outcome, ofNewClasses }]);
  });
});

describe('a first run', () => {
  const known = aDatasetComparison();
  const first = aDatasetComparison({ dataset: 'sales', baseline: 'first_run' });
  const unchanged = [{ dataset: 'shops', base: 'b'.repeat(40), inputs: ['shops.csv'] }];
  it.each([
    ['is one where nothing can be compared', [first], [], 'first_run'],
    ['is none beside a dataset that can be compared', [known, first], [], 'pass'],
    ['is none beside a dataset that did not change', [first], unchanged, 'pass'],
  ])('%s', (_, datasets, same, outcome) => {
    expect(judge(datasets, { onDataChange: 'fail', unchanged: same }).outcome).toBe(outcome);
  });
});

describe('the worst outcome counts', () => {
  const [gate] = verdict(aDatasetComparison({ gates: { r2: { min: 0.5 } } })).gates;
  const [evaluationSet] = verdict(aDatasetComparison()).evaluationSets;
  it.each([
    [['pass', 'pass'], 'pass', 'pass'],
    [['pass', 'inconclusive'], 'pass', 'inconclusive'],
    [['inconclusive', 'not_comparable'], 'pass', 'not_comparable'],
    [['pass', 'inconclusive'], 'not_comparable', 'not_comparable'],
    [['not_comparable', 'fail'], 'not_comparable', 'fail'],
    [['pass', 'not_comparable'], 'fail', 'fail'],
  ] as const)('of gates %j on an evaluation set that is %s: %s', (gates, set, expected) => {
    const sets = [{ ...evaluationSet!, outcome: set }];
    expect(
      outcomeOf(
        { missing: [], evaluationSets: sets, gates: gates.map((outcome) => ({ ...gate!, outcome })) },
        { isFirst: false },
      ),
    ).toBe(expected);
  });
});
