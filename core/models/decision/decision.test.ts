import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { createRandom } from '../../random/random.ts';
import { calibrated, loadRule } from './decision-rule.ts';
import { fitRule } from './fit-rule.ts';
import { fitIsotonic, isotonicAt } from './isotonic.ts';
import { fitSigmoid, sigmoidAt } from './sigmoid.ts';
import { chooseThreshold } from './threshold.ts';

const scores = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.2, 0.9, 0.6, 0.05, 0.55, 0.7);
const labels = Float64Array.of(0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1);
const someRows = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.nat(1)), { minLength: 4, maxLength: 60 })
  .map((rows) => ({
    scores: Float64Array.from(rows, ([score]) => score / 100),
    labels: Float64Array.from(rows, ([, label]) => label),
  }));

describe('fitIsotonic', () => {
  // scikit-learn 1.9.1: IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, labels).predict(…)
  it.each([
    [0, 0],
    [0.15, 0],
    [0.3, 0.3333333333333333],
    [0.38, 0.5],
    [0.4, 0.5],
    [0.5, 0.7],
    [0.57, 0.8],
    [0.95, 0.8],
  ])('at %d is %d, as in scikit-learn', (score, expected) => {
    expect(isotonicAt(fitIsotonic(scores, labels), score)).toBeCloseTo(expected, 12);
  });

  it('never falls, keeps the mean, and is no further from the labels than any other constant', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const line = fitIsotonic(rows.scores, rows.labels);
        const fitted = rows.scores.map((score) => isotonicAt(line, score));
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        expect(sum(fitted)).toBeCloseTo(sum(rows.labels), 8);
        for (const [i, value] of line.y.entries()) expect(value).toBeGreaterThanOrEqual(line.y[i - 1] ?? 0);
        const loss = (values: Float64Array) => values.reduce((total, v, i) => total + (v - rows.labels[i]!) ** 2, 0);
        const mean = sum(rows.labels) / rows.labels.length;
        expect(loss(fitted)).toBeLessThanOrEqual(loss(rows.labels.map(() => mean)) + 1e-9);
      }),
    );
  });
});

describe('fitSigmoid', () => {
  // scikit-learn 1.9.1: sklearn.calibration._sigmoid_calibration(np.log(scores / (1 - scores)), labels)
  it("equals scikit-learn's, whose solver stops a little earlier", () => {
    const { a, b } = fitSigmoid(
      scores.map((p) => Math.log(p / (1 - p))),
      labels,
    );
    expect(a).toBeCloseTo(-0.4964834744681519, 4);
    expect(b).toBeCloseTo(-0.13316713641740063, 4);
  });

  it('of equal scores is the share of the class, drawn in by the prior', () => {
    // (3 + 1)/(3 + 2) for the three, 1/(1 + 2) for the one: the mean is 0.68333, scikit-learn's b is -0.76913.
    const sigmoid = fitSigmoid(new Float64Array(4), Float64Array.of(0, 1, 1, 1));
    expect(sigmoidAt(sigmoid, 0)).toBeCloseTo((3 * 0.8 + 1 / 3) / 4, 6);
  });

  it('stays finite where classes are separable', () => {
    const sigmoid = fitSigmoid(Float64Array.of(-30, -30, 30, 30), Float64Array.of(0, 0, 1, 1));
    expect(Number.isFinite(sigmoid.a) && Number.isFinite(sigmoid.b)).toBe(true);
    expect(sigmoidAt(sigmoid, 30)).toBeCloseTo(0.75, 6);
  });
});

describe('chooseThreshold', () => {
  const f1At = (threshold: number) => {
    const decided = scores.map((score) => Number(score > threshold));
    const hits = decided.reduce((sum, d, i) => sum + d * labels[i]!, 0);
    return (2 * hits) / (decided.reduce((sum, d) => sum + d, 0) + 6);
  };

  it('has the best F1 of all thresholds', () => {
    const best = Math.max(...Array.from({ length: 101 }, (_, i) => f1At(i / 100)));
    expect(f1At(chooseThreshold(scores, labels, 'f1')!)).toBe(best);
  });

  it.each([
    ['missing a positive is dear', { false_positive: 1, false_negative: 100 }, 0.275],
    // Only the three rows above .6 are decided for, one of them wrongly: nobody is cheaper.
    ['a false alarm is dear', { false_positive: 100, false_negative: 1 }, 0.95],
  ])('is low where %s and high where it is not', (_, costs, expected) => {
    expect(chooseThreshold(scores, labels, { costs })).toBeCloseTo(expected, 12);
  });

  it('costs no more than ½ does', () => {
    fc.assert(
      fc.property(someRows, fc.nat(20), fc.nat(20), (rows, fp, fn) => {
        const threshold = chooseThreshold(rows.scores, rows.labels, {
          costs: { false_positive: fp, false_negative: fn },
        });
        const cost = (t: number) =>
          rows.scores.reduce((sum, score, i) => {
            const decided = Number(score > t);
            return sum + (decided === rows.labels[i] ? 0 : decided === 1 ? fp : fn);
          }, 0);
        if (threshold !== null) expect(cost(threshold)).toBeLessThanOrEqual(cost(0.5));
      }),
    );
  });

  it("is nobody's guess where a class is absent", () => {
    expect(chooseThreshold(scores, new Float64Array(12), 'f1')).toBeNull();
    expect(chooseThreshold(scores, new Float64Array(12).fill(1), 'f1')).toBeNull();
  });
});

describe('fitRule', () => {
  /** Probabilities that are too sure of themselves: their log-odds are twice what is true. */
  function overconfident(nClasses: number) {
    const random = createRandom(4, 'rule');
    const n = 3000;
    const outputs = new Float64Array(n * nClasses);
    const truth = new Float64Array(n);
    for (let row = 0; row < n; row++) {
      const odds = Array.from({ length: nClasses }, () => Math.exp(random.normal()));
      const total = odds.reduce((sum, each) => sum + each, 0);
      const squared = odds.reduce((sum, each) => sum + each * each, 0);
      const draw = random.uniform() * total;
      const sums = odds.map((_, k) => odds.slice(0, k + 1).reduce((sum, each) => sum + each, 0));
      truth[row] = sums.findIndex((sum) => sum > draw);
      odds.forEach((each, k) => {
        outputs[row * nClasses + k] = (each * each) / squared;
      });
    }
    return { outputs, labels: truth };
  }
  const logLoss = (outputs: Float64Array, truth: Float64Array, nClasses: number) =>
    truth.reduce((sum, label, row) => sum - Math.log(Math.max(1e-15, outputs[row * nClasses + label]!)), 0) /
    truth.length;

  it.each([
    ['sigmoid', 2],
    ['isotonic', 2],
    ['sigmoid', 3],
    ['isotonic', 3],
  ] as const)('%s of %d classes mends probabilities that are too sure, and they sum to 1', (calibration, nClasses) => {
    const { outputs, labels: truth } = overconfident(nClasses);
    const { rule, warnings } = fitRule({ outputs, labels: truth }, nClasses, { calibration, threshold: 0.5 });
    const mended = calibrated(rule, outputs, nClasses);
    expect(logLoss(mended, truth, nClasses)).toBeLessThan(logLoss(outputs, truth, nClasses) - 0.02);
    for (let at = 0; at < mended.length; at += nClasses) {
      expect(mended.slice(at, at + nClasses).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
    expect(warnings).toEqual([]);
    expect(loadRule(JSON.parse(JSON.stringify(rule)), nClasses)).toEqual(rule);
  });

  it('leaves everything as it is where a class is absent, and says so', () => {
    const rows = { outputs: Float64Array.of(0.5, 0.5, 0.4, 0.6), labels: Float64Array.of(1, 1) };
    const { rule, warnings } = fitRule(rows, 2, { calibration: 'sigmoid', threshold: 'f1' });
    expect(rule).toEqual({ calibrators: null, threshold: 0.5 });
    expect(warnings).toHaveLength(2);
  });

  it('warns of isotonic regression on few rows', () => {
    const rows = { outputs: Float64Array.of(0.6, 0.4, 0.4, 0.6), labels: Float64Array.of(0, 1) };
    expect(fitRule(rows, 2, { calibration: 'isotonic', threshold: 0.5 }).warnings[0]).toContain('2 rows');
  });
});

describe('loadRule refuses', () => {
  it.each<[string, unknown, number]>([
    ['a threshold beyond 1', { calibrators: null, threshold: 1.5 }, 2],
    ['a rule of a regression', { calibrators: null, threshold: 0.5 }, 0],
    ['one calibrator for three classes', { calibrators: [{ kind: 'sigmoid', a: 1, b: 0 }], threshold: 0.5 }, 3],
    ['lines that fall', { calibrators: [{ kind: 'isotonic', x: [0, 1], y: [1, 0] }], threshold: 0.5 }, 2],
    ['points out of order', { calibrators: [{ kind: 'isotonic', x: [1, 0], y: [0, 1] }], threshold: 0.5 }, 2],
    ['points without heights', { calibrators: [{ kind: 'isotonic', x: [0, 1], y: [0] }], threshold: 0.5 }, 2],
    ['an infinite slope', { calibrators: [{ kind: 'sigmoid', a: Number.POSITIVE_INFINITY, b: 0 }], threshold: 0.5 }, 2],
    ['something else', 'f1', 2],
  ])('%s', (_, json, nClasses) => expect(() => loadRule(json, nClasses)).toThrow(StoreError));
});
