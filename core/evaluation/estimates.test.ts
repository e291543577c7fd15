import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metrics } from '../metrics/index.ts';
import type { MetricInput } from '../metrics/metric.ts';
import { decided, ofPositive } from '../models/predictions.ts';
import { metricResults, outOfFold } from './estimates.ts';
import { anEvaluationSet, aTable } from './evaluation-set.fixture.ts';

/** Two classes in five folds, a positive in `every`; rows are decided for the class that is more likely. */
function rows(n: number, every: number, scoreOf: (row: number, target: number) => number): MetricInput {
  const target = Float64Array.from({ length: n }, (_, row) => Number(row % every === 0));
  const score = target.map((label, row) => scoreOf(row, label));
  return { nClasses: 2, target, score, predictedClass: score.map((p) => Number(p > 0.5)) };
}

function estimated(metric: string, ...inputs: MetricInput[]) {
  const strata = Uint8Array.from(inputs[0]!.target, (_, row) => Math.floor(row / 3) % 5);
  return outOfFold(metrics.get(metric), inputs, 5, { seed: 'ab', strata, clusters: null }).estimate;
}

it('of training rows has a value and no interval', () => {
  const table = aTable(200);
  const evaluationSet = anEvaluationSet(table);
  const predicted = (n: number) => decided(ofPositive(Float64Array.from({ length: n }, (_, row) => (row % 10) / 10)));
  const nTraining = evaluationSet.folds.filter((fold) => fold !== 0).length;
  const found = metricResults([metrics.get('accuracy'), metrics.get('ece')], {
    ...{ evaluationSet, training: predicted(nTraining), repeats: [predicted(200)], seed: 'ab' },
  });
  for (const { train, test, outOfFold: all } of Object.values(found)) {
    expect(train).toMatchObject({ value: expect.any(Number), ci: null, se: null, n: nTraining });
    expect(test.ci).not.toBeNull();
    expect(all.ci).not.toBeNull();
  }
});

describe('an estimate', () => {
  it.each(['roc_auc', 'average_precision', 'f1', 'accuracy', 'mcc'])(
    'of a perfect model is at the end, and has an interval of real width: %s',
    (metric) => {
      const { value, ci } = estimated(
        metric,
        rows(700, 9, (row, label) => (label === 1 ? 0.9 : 0.1) + (row % 7) / 100),
      );
      expect(value).toBe(1);
      expect(ci![1]).toBe(1);
      expect(ci![0]).toBeLessThan(0.999);
    },
  );

  it('of a model that scores all rows alike is exactly one half, with no rounding', () => {
    const { value, se } = estimated(
      'roc_auc',
      rows(701, 7, () => 0.3),
    );
    expect(value).toBe(0.5);
    expect(se).toBe(0);
  });

  it('of a perfect model has an interval that rounding does not end below it', () => {
    expect(
      estimated(
        'roc_auc',
        rows(300, 7, (_, label) => label),
      ).ci![1],
    ).toBe(1);
  });

  it('of a model that is as wrong about every row has no noise, not even that of rounding', () => {
    const { value, ci, se } = estimated(
      'log_loss',
      rows(60, 4, (_, label) => (label === 1 ? 0.7 : 0.3)),
    );
    expect(se).toBe(0);
    expect(ci).toEqual([value, value]);
  });

  it('has an interval that holds it, whatever bias the interval allows for', () => {
    const byClass = metrics.all.filter(({ targetTypes }) => targetTypes.includes('binary'));
    const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...byClass), scores, scores, (metric, one, other) => {
        const { value, ci } = estimated(
          metric.id,
          rows(60, 4, (row) => one[row]! / 20),
          rows(60, 4, (row) => other[row]! / 20),
        );
        if (value === null || ci === null) return;
        expect(ci[0]).toBeLessThanOrEqual(value);
        expect(ci[1]).toBeGreaterThanOrEqual(value);
        expect(ci[0]).toBeGreaterThanOrEqual(metric.range[0]);
        expect(ci[1]).toBeLessThanOrEqual(metric.range[1]);
      }),
      { numRuns: 60 },
    );
  });
});
