import { describe, expect, it } from 'vitest';
import { metrics } from '../../metrics/index.ts';
import { createRandom } from '../../random/random.ts';
import { degreesOfFreedom, foldMeanScales, rowDeviations, standardError } from './noise-of-rows.ts';
import { pooledMetric } from './pooled-metric.ts';

/** Of influences whose rows are in these clusters. */
const errorOf = (influence: Float64Array, clusters: Uint32Array | null) =>
  standardError(rowDeviations(influence, clusters)!);

describe('standardError', () => {
  const influence = Float64Array.of(1, -1, 2, -2);

  it('is the root of the sum of squares over n', () => expect(errorOf(influence, null)).toBe(Math.sqrt(10) / 4));

  it('sums what is in a cluster before it squares', () => {
    // Clusters {1, 2} and {−1, −2} sum to ±3: √((9 + 9)·2/1)/4; {1, −1} and {2, −2} sum to nothing.
    expect(errorOf(influence, Uint32Array.of(7, 3, 7, 3))).toBeCloseTo(Math.sqrt(36) / 4, 12);
    expect(errorOf(influence, Uint32Array.of(0, 0, 1, 1))).toBe(0);
  });

  it('of one cluster alone is unknown', () => {
    expect(rowDeviations(influence, new Uint32Array(4))).toBeNull();
  });

  it('states the spread of means of rows that come in groups, which the rows alone understate', () => {
    const random = createRandom(5, 'groups');
    const clusters = Uint32Array.from({ length: 400 }, (_, row) => Math.floor(row / 10));
    const means: number[] = [];
    let stated = 0;
    let naive = 0;
    for (let trial = 0; trial < 400; trial++) {
      const own = Float64Array.from({ length: 40 }, () => random.normal());
      const values = Float64Array.from(clusters, (group) => own[group]! + random.normal());
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const influenceOfMean = values.map((value) => value - mean);
      means.push(mean);
      stated += errorOf(influenceOfMean, clusters) / 400;
      naive += errorOf(influenceOfMean, null) / 400;
    }
    const spread = Math.sqrt(means.reduce((sum, mean) => sum + mean * mean, 0) / means.length);
    expect(stated / spread).toBeGreaterThan(0.9);
    expect(stated / spread).toBeLessThan(1.1);
    expect(naive / spread).toBeLessThan(0.6);
  });
});

describe('foldMeanScales', () => {
  it('makes up for a mean taken in every fold', () => {
    const scales = foldMeanScales([Float64Array.of(0, 0, 0, 1, 1), Float64Array.of(0, 0, 0, 1, 1)])!;
    expect(scales.get(0)).toBe(Math.sqrt(6 / 4));
    expect(scales.get(1)).toBe(Math.sqrt(4 / 2));
  });
  it('counts a class only in the folds that have it', () => {
    expect(foldMeanScales([Float64Array.of(0, 0, 2, 2), Float64Array.of(0, 0)])!.get(2)).toBe(Math.sqrt(2));
  });
  it('is unknown where each fold has one row of a class', () => {
    expect(foldMeanScales([Float64Array.of(0, 0, 1), Float64Array.of(0, 0, 1)])).toBeNull();
  });
});

describe('the standard error of an area under a curve', () => {
  const rocAuc = metrics.get('roc_auc');
  const measure = (target: Float64Array, score: Float64Array, folds: Uint8Array) =>
    pooledMetric(rocAuc, { target, nClasses: 2, score, predictedClass: score }, folds, Math.max(...folds) + 1, {
      ...{ seed: '', strata: folds, clusters: null },
    });

  it("is DeLong's in a single fold", () => {
    const target = Float64Array.of(0, 0, 0, 0, 1, 1, 1);
    const { value, deviations } = measure(target, Float64Array.of(1, 2, 3, 5, 4, 2.5, 6), new Uint8Array(7));
    expect(value).toBeCloseTo(0.75, 12);
    // The positives are ranked above 3, 2 and 4 of 4 negatives, the negatives below 3, 3, 2 and 1 of 3 positives:
    // numpy.var([.75, .5, 1], ddof=1) / 3 + numpy.var([1, 1, 2/3, 1/3], ddof=1) / 4
    const variance = 0.0625 / 3 + 0.10185185185185186 / 4;
    expect(standardError(deviations!)).toBeCloseTo(Math.sqrt(variance), 12);
  });

  it('is as large with twenty positives in five folds as areas vary', () => {
    const random = createRandom(11, 'areas');
    const n = 200;
    const target = Float64Array.from({ length: n }, (_, row) => Number(row < 20));
    const folds = Uint8Array.from(target, (_, row) => row % 5);
    const trials = 1500;
    const values: number[] = [];
    let stated = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { value, deviations } = measure(
        target,
        target.map((label) => label + random.normal()),
        folds,
      );
      values.push(value);
      stated += standardError(deviations!) ** 2 / trials;
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / trials;
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (trials - 1);
    // Without what the folds' means cost it is .76.
    expect(stated / spread).toBeGreaterThan(0.93);
    expect(stated / spread).toBeLessThan(1.07);
  });
});

describe('degreesOfFreedom', () => {
  const target = Float64Array.from({ length: 100 }, (_, row) => Number(row < 20));
  it.each([
    ['r2', null, 99],
    ['roc_auc', null, 19],
    ['r2', Uint32Array.from(target, (_, row) => row % 10), 9],
    ['roc_auc', Uint32Array.from(target, (_, row) => row % 50), 19],
    ['r2', new Uint32Array(100), 1],
  ])('of %s', (id, clusters, expected) => {
    expect(degreesOfFreedom(metrics.get(id), target, clusters)).toBe(expected);
  });
});
