import { describe, expect, it } from 'vitest';
import { metrics } from '../metrics/index.ts';
import { createRandom } from '../random/random.ts';
import { degreesOfFreedom, rowDeviations, standardError } from './noise-of-rows.ts';

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

describe('degreesOfFreedom', () => {
  const target = Float64Array.from({ length: 100 }, (_, row) => Number(row < 20));
  it.each([
    ['r2', null, 99],
    ['roc_auc', null, 19],
    ['r2', Uint32Array.from(target, (_, row) => row % 8), 7],
    ['roc_auc', Uint32Array.from(target, (_, row) => row % 50), 19],
    ['r2', new Uint32Array(100), 1],
  ])('of %s', (id, clusters, expected) => {
    expect(degreesOfFreedom(metrics.get(id), target, clusters)).toBe(expected);
  });
});
