import { describe, expect, it } from 'vitest';
import { toFloat16 } from '../evidence/float16.ts';
import type { Gate } from '../gates/gate-schema.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { aDatasetComparison, forest, rowSet, testOf, values, verdict } from './judge.fixture.ts';

describe('limits hold', () => {
  const limit = (error: number, gate: Gate, metric = 'r2') =>
    verdict(aDatasetComparison({ candidate: forest({ error }), gates: { [metric]: gate } }));

  it.each([
    ['nothing changed', 0.5, { max_drop: 0 }, 'pass', 'within_limit'],
    ['it became better', 0.3, { max_drop: 0 }, 'pass', 'within_limit'],
    ['a proved drop is past the limit', 0.7, { max_drop: 0.01 }, 'fail', 'drop_past_limit'],
    ['a proved drop is within the limit', 0.52, { max_drop: 0.5 }, 'pass', 'drop_within_limit'],
    ['a relative limit is wide enough', 0.52, { max_drop: '50%' }, 'pass', 'drop_within_limit'],
    ['a relative limit is not', 0.7, { max_drop: '1%' }, 'fail', 'drop_past_limit'],
  ])('%s', (_, error, gate, outcome, reason) => {
    const found = limit(error, gate);
    expect(found.gates).toMatchObject([{ kind: 'limit', outcome, reason, compared: { pairing: 'key' } }]);
    expect(found.outcome).toBe(outcome);
  });

  it('an improvement is no evidence of a drop', () => {
    expect(testOf(limit(0.3, { max_drop: 0 }).gates[0]).pValue).toBeGreaterThan(0.5);
  });

  it('a drop that is the same in every row is certain', () => {
    const zeros = someRows(50, { target: new Float64Array(50) });
    const constant = (predicted: number) => {
      const evaluatedRun = anEvaluatedRun(zeros, { metrics: { mae: { value: predicted } } });
      const predictions = new Uint16Array(50).fill(toFloat16(predicted));
      const evidence = {
        ...evaluatedRun.predictions!.evidence,
        repeats: [{ predictions, decisions: new Uint8Array(0) }],
      };
      return new Map([['random_forest', { run: evaluatedRun.run, predictions: { rowSet: zeros, evidence } }]]);
    };
    const gates = { mae: { max_drop: 0 } };
    const found = verdict(
      aDatasetComparison({ metrics: ['mae'], baseline: constant(0.5), candidate: constant(1), gates }),
    );
    expect(found.gates[0]!.outcome).toBe('fail');
    expect(testOf(found.gates[0])).toMatchObject({ standardError: 0, pValue: 0 });
  });

  it('whichever direction the metric has', () => {
    expect(limit(0.7, { max_drop: 0.01 }, 'rmse').gates[0]).toMatchObject({ outcome: 'fail', direction: 'minimize' });
    expect(limit(0.3, { max_drop: 0 }, 'rmse').outcome).toBe('pass');
  });

  it('or it is inconclusive when chance could have made the drop', () => {
    const noisy = verdict(
      aDatasetComparison({
        baseline: forest({ noise: 0.6, seeds: [7, 8] }),
        candidate: forest({ noise: 0.6, seeds: [1, 2] }),
        gates: { r2: { max_drop: 0 } },
      }),
    );
    expect(noisy.gates[0]).toMatchObject({ outcome: 'inconclusive', reason: 'drop_not_proved' });
    expect(testOf(noisy.gates[0]).drop).toBeGreaterThan(0);
    expect(noisy.outcome).toBe('inconclusive');
  });

  it('non-inferiority asks for more than no proof of a drop', () => {
    const noisy = { baseline: forest({ noise: 0.6, seeds: [1, 2] }), candidate: forest({ noise: 0.6, seeds: [7, 8] }) };
    const gates = (max_drop: number) => ({ r2: { max_drop, require: 'non_inferior' as const } });
    expect(verdict(aDatasetComparison({ ...noisy, gates: gates(0.02) })).gates[0]).toMatchObject({
      reason: 'not_non_inferior',
      outcome: 'inconclusive',
    });
    expect(verdict(aDatasetComparison({ ...noisy, gates: gates(0.9) })).outcome).toBe('pass');
    expect(verdict(aDatasetComparison({ candidate: forest({ error: 0.7 }), gates: gates(0.01) })).outcome).toBe('fail');
  });

  it('share the chance of a false alarm among all of them', () => {
    const one = testOf(limit(0.51, { max_drop: 0 }).gates[0]);
    const both = verdict(
      aDatasetComparison({ candidate: forest({ error: 0.51 }), gates: { r2: { max_drop: 0 }, rmse: { max_drop: 0 } } }),
    ).gates.map(testOf);
    expect(both).toHaveLength(2);
    expect(Math.min(...both.map((test) => test.adjustedPValue))).toBeCloseTo(
      2 * Math.min(...both.map((test) => test.pValue)),
      12,
    );
    expect(both[0]!.smallestDrop).toBeGreaterThan(one.smallestDrop);
  });

  it('print the smallest drop they catch nine times in ten', () => {
    const { smallestDrop, standardError } = testOf(limit(0.51, { max_drop: 0 }).gates[0]);
    // t(.99, 299 df) = 2.3389; z(.90) = 1.28, a quarter wider.
    expect(smallestDrop / standardError).toBeCloseTo(2.3389 + 1.7, 3);
    const wide = testOf(limit(0.51, { max_drop: 0.2 }).gates[0]);
    expect(wide.smallestDrop).toBeCloseTo(0.2 + 1.7 * wide.standardError, 12);
  });

  it('say where the metric cannot fall as far as that', () => {
    const classed = someRows(50, {
      ...{ classes: ['no', 'yes'], scale: null },
      target: Float64Array.from({ length: 50 }, (_, i) => Number(i < 5)),
    });
    const run = (error: number) => forest({ error, metrics: { f1: {} } }, classed);
    const found = testOf(
      verdict(
        aDatasetComparison({
          ...{ baseline: run(0.5), candidate: run(0.6), metrics: ['f1'] },
          gates: { f1: { max_drop: 0.03 } },
        }),
      ).gates[0],
    );
    expect(found.smallestDrop).toBeGreaterThan(found.baseline);
    expect(found.mostDrop).toBe(found.baseline);
    expect(testOf(limit(0.51, { max_drop: 0 }).gates[0])).not.toHaveProperty('mostDrop');
  });

  it('are judged on the model selected in the baseline, not on one that now looks better', () => {
    const evaluatedRuns = (good: string, error: number) =>
      new Map(
        ['random_forest', 'linear_regression'].map((model) => [
          model,
          anEvaluatedRun(rowSet, {
            model,
            error: model === 'random_forest' ? error : 0.5,
            metrics: { r2: { value: model === good ? 0.9 : 0.5 }, rmse: { value: 1 } },
          }),
        ]),
      );
    const found = verdict(
      aDatasetComparison({
        models: ['random_forest', 'linear_regression'],
        baseline: evaluatedRuns('random_forest', 0.5),
        candidate: evaluatedRuns('linear_regression', 0.9),
        gates: { r2: { max_drop: 0.01 } },
      }),
    );
    expect(found.gates[0]).toMatchObject({ model: 'random_forest', outcome: 'fail' });
  });

  it.each([
    ['first_run', 'pass', 'first_run'],
    ['no_baseline', 'not_comparable', 'not_comparable'],
  ] as const)('without a baseline (%s): %s', (baseline, outcome, whole) => {
    expect(verdict(aDatasetComparison({ baseline, gates: { r2: { max_drop: 0 } } }))).toMatchObject({
      outcome: whole,
      gates: [{ outcome, reason: baseline }],
    });
  });

  describe('what the baseline lacks', () => {
    /** Two models of the baseline, measured by `rmse` alone. */
    const old = (withEvidence = true) =>
      new Map(
        [
          ['random_forest', 0.5],
          ['linear_regression', 0.9],
        ].map(([model, error]) => {
          const evaluatedRun = anEvaluatedRun(rowSet, {
            model: model as string,
            error: error as number,
            metrics: { rmse: { value: 0.5 } },
          });
          return [model as string, withEvidence ? evaluatedRun : { ...evaluatedRun, predictions: null }];
        }),
      );
    const now = (error: number, r2 = { random_forest: 0.5, linear_regression: 0.9 }) =>
      new Map(
        Object.entries(r2).map(([model, value]) => [
          model,
          anEvaluatedRun(rowSet, { model, error, metrics: { r2: { value }, rmse: { value: 0.5 } } }),
        ]),
      );
    const both = { models: ['linear_regression', 'random_forest'] };

    it('is computed where its predictions give it: a metric that is new is judged at once', () => {
      const gates = { mae: { max_drop: 0.001 } };
      const changed = (error: number) => forest({ error, metrics: { ...values, mae: { value: 0.4 } } });
      const metrics = ['r2', 'rmse', 'mae'];
      expect(verdict(aDatasetComparison({ metrics, candidate: changed(0.7), gates })).gates[0]).toMatchObject({
        reason: 'drop_past_limit',
      });
      expect(verdict(aDatasetComparison({ metrics, candidate: changed(0.5), gates })).outcome).toBe('pass');
    });
    it('is nothing to compare with, else: the new metric is not comparable, the others are judged, floors hold', () => {
      const gates = { r2: { max_drop: 0.01, min: 0.85 }, rmse: { max_drop: 0.01 } };
      const candidate = now(0.5);
      const [floor, limit, other] = verdict(
        aDatasetComparison({ ...both, baseline: old(false), candidate, gates }),
      ).gates;
      expect(floor).toMatchObject({ kind: 'floor', outcome: 'pass', model: 'linear_regression' });
      expect(limit).toMatchObject({ outcome: 'not_comparable', reason: 'new_metric', metric: 'r2', value: 0.9 });
      expect(other).toMatchObject({
        outcome: 'pass',
        reason: 'within_limit',
        metric: 'rmse',
        compared: { pairing: 'unpaired' },
      });
      const low = now(0.5, { random_forest: 0.5, linear_regression: 0.6 });
      expect(verdict(aDatasetComparison({ ...both, baseline: old(false), candidate: low, gates })).outcome).toBe(
        'fail',
      );
    });
    it('selects by what the predictions give when the primary metric is the new one', () => {
      const gates = { r2: { max_drop: 0.01 } };
      const found = verdict(aDatasetComparison({ ...both, baseline: old(), candidate: now(0.7), gates }));
      expect(found.gates[0]).toMatchObject({ model: 'random_forest', reason: 'drop_past_limit' });
    });
    it('is not the value that it has and that is not finite', () => {
      const broken = new Map([
        [
          'random_forest',
          { ...anEvaluatedRun(rowSet, { metrics: { r2: { value: null }, rmse: { value: 1 } } }), predictions: null },
        ],
      ]);
      const gates = { r2: { max_drop: 0.01 } };
      expect(verdict(aDatasetComparison({ baseline: broken, gates })).gates[0]).toMatchObject({
        outcome: 'fail',
        reason: 'missing',
      });
    });
    it('may be a model: the new one is not comparable, and floors hold', () => {
      const gates = { r2: { max_drop: 0.01, min: 0.7 } };
      const other = new Map([['dummy', anEvaluatedRun(rowSet, { model: 'dummy', metrics: values })]]);
      expect(verdict(aDatasetComparison({ baseline: other, gates })).gates).toMatchObject([
        { outcome: 'pass', reason: 'above_floor' },
        { outcome: 'not_comparable', reason: 'new_model', model: 'random_forest', value: 0.8 },
      ]);
      expect(verdict(aDatasetComparison({ baseline: other, gated: 'random_forest', gates })).gates[1]).toMatchObject({
        reason: 'new_model',
      });
      const missing = new Map([['dummy', other.get('dummy')!]]);
      expect(verdict(aDatasetComparison({ baseline: other, candidate: missing, gates })).outcome).toBe('fail');
    });
  });

  it('by recorded intervals when there are no pairs, which catches less', () => {
    const unpaired = (value: number) =>
      verdict(
        aDatasetComparison({
          candidate: forest(
            { metrics: { ...values, r2: { value, se: 0.01 } }, keyColumns: ['other'] },
            someRows(300, { target: rowSet.target!.slice().reverse() }),
          ),
          gates: { r2: { max_drop: 0 } },
        }),
      );
    expect(unpaired(0.78).gates[0]!.outcome).toBe('inconclusive');
    expect(testOf(unpaired(0.78).gates[0])).toMatchObject({ pairing: 'unpaired', standardError: Math.sqrt(0.0002) });
    expect(unpaired(0.7).gates[0]).toMatchObject({ outcome: 'fail', compared: { pairing: 'unpaired' } });
  });

  describe('few rows', () => {
    const withDifference = (changes: object, gate: Gate) => {
      const each = aDatasetComparison({ candidate: forest({ error: 0.7 }), gates: { r2: gate } });
      const comparison = each.comparisons.get('random_forest')!;
      const difference = { ...comparison.differences.get('r2')!, ...changes };
      const comparisons = new Map([['random_forest', { ...comparison, differences: new Map([['r2', difference]]) }]]);
      return verdict({ ...each, comparisons }).gates[0];
    };
    it('prove no more than an exact test allows', () => {
      expect(withDifference({}, { max_drop: 0 })).toMatchObject({ outcome: 'fail' });
      const doubtful = withDifference({ leastPValue: 0.0156 }, { max_drop: 0 });
      expect(doubtful).toMatchObject({ outcome: 'inconclusive', reason: 'drop_not_proved' });
      expect(testOf(doubtful).pValue).toBe(0.0156);
      expect(withDifference({ leastPValue: 0.0156, standardError: 0 }, { max_drop: 0 })).toMatchObject({
        outcome: 'inconclusive',
      });
    });
    it('are not proved to be as good by having no noise', () => {
      const gate = { max_drop: 0.5, require: 'non_inferior' as const };
      expect(withDifference({ drop: 0.1, boundError: 0.1 }, gate)).toMatchObject({ outcome: 'pass' });
      expect(withDifference({ drop: 0.1, boundError: 0.3 }, gate)).toMatchObject({ reason: 'not_non_inferior' });
      expect(withDifference({ drop: 0, boundError: null }, gate)).toMatchObject({ reason: 'not_non_inferior' });
    });
    it('are not proved to be as good by recorded values without noise', () => {
      const recorded = new Map([
        [
          'random_forest',
          { ...forest({ metrics: { r2: { value: 1, se: 0 } } }).get('random_forest')!, predictions: null },
        ],
      ]);
      const gates = (gate: Gate) => ({ baseline: recorded, candidate: recorded, gates: { r2: gate } });
      expect(verdict(aDatasetComparison(gates({ max_drop: 0.1 }))).gates[0]!.outcome).toBe('pass');
      expect(verdict(aDatasetComparison(gates({ max_drop: 0.1, require: 'non_inferior' }))).gates[0]).toMatchObject({
        reason: 'not_non_inferior',
      });
    });
  });

  it('are not broken by rounding, also where only recorded values are left', () => {
    const recorded = (value: number) =>
      new Map([
        [
          'random_forest',
          { ...forest({ metrics: { r2: { value, se: 1e-18 } } }).get('random_forest')!, predictions: null },
        ],
      ]);
    const found = verdict(
      aDatasetComparison({
        baseline: recorded(0.5),
        candidate: recorded(0.5 - 1.2e-16),
        gates: { r2: { max_drop: 0 } },
      }),
    );
    expect(found.gates[0]).toMatchObject({ outcome: 'pass', reason: 'within_limit' });
    expect(testOf(found.gates[0])).toMatchObject({ drop: 0, standardError: 0, pValue: 1 });
  });

  it('fail when the gated metric has no value on the shared rows', () => {
    const constant = someRows(300, { classes: ['0', '1'], scale: null, target: new Float64Array(300) });
    const evaluatedRun = { metrics: { roc_auc: { value: 0.8, se: null } } };
    const found = verdict(
      aDatasetComparison({
        metrics: ['roc_auc'],
        baseline: forest(evaluatedRun, constant),
        candidate: forest(evaluatedRun, constant),
        gates: { roc_auc: { max_drop: 0 } },
      }),
    );
    expect(found.gates[0]).toMatchObject({ outcome: 'fail', reason: 'missing' });
  });
});
