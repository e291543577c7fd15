import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metrics } from '../../metrics/index.ts';
import { createRandom } from '../../random/random.ts';
import { studentTQuantile } from '../../stats/student-t.ts';
import { clusterDf } from './cluster-df.ts';
import { degreesOfFreedom, rowDeviations, standardError } from './noise-of-rows.ts';
import { pooledMetric } from './pooled-metric.ts';

/** Clusters of these sizes, one after the other. */
const sized = (sizes: readonly number[]) =>
  Uint32Array.from(sizes.flatMap((size, cluster) => Array.from({ length: size }, () => cluster)));

describe('clusterDf', () => {
  it.each<[string, readonly number[], number]>([
    ['equal sizes', [3, 3, 3, 3, 3, 3], 5],
    ['rows on their own', [1, 1, 1, 1], 3],
    // 100²/(10² + 10² + 80²) − 1 would be .52.
    ['one large group', [10, 10, 80], 1],
    // 40²/(16² + 24) − 1
    ['a large one among small ones', [16, ...Array(24).fill(1)], 1600 / 280 - 1],
    ['two groups', [50, 50], 1],
    ['one group', [7], 1],
  ])('%s', (_, sizes, df) => expect(clusterDf(sized(sizes))).toBeCloseTo(df, 12));

  const someSizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 });
  it('lies between 1 and G − 1, whatever the order and the names', () => {
    fc.assert(
      fc.property(someSizes, (sizes) => {
        const df = clusterDf(sized(sizes));
        expect(df).toBeGreaterThanOrEqual(1);
        expect(df).toBeLessThanOrEqual(Math.max(1, sizes.length - 1) + 1e-9);
        const renamed = sized(sizes).map((cluster) => 7 * (sizes.length - cluster));
        expect(clusterDf(renamed.reverse())).toBe(df);
      }),
    );
  });
});

it('makes up for what a large cluster hides in the mean', () => {
  // Sums 2, −1 and −1 of 4, 2 and 2 rows: a mean of eight rows hides half of the first and a quarter of the others.
  const deviations = rowDeviations(Float64Array.of(2, 0, 0, 0, -1, 0, -1, 0), sized([4, 2, 2]))!;
  const expected = [2 / Math.sqrt(1 / 2), -1 / Math.sqrt(3 / 4), -1 / Math.sqrt(3 / 4)].map((sum) => (3 / 8) * sum);
  for (const [cluster, moved] of deviations.entries()) expect(moved).toBeCloseTo(expected[cluster]!, 12);
});

describe('an area under a curve of groups', () => {
  const rocAuc = metrics.get('roc_auc');
  it('has the influences of its rows, corrected for clusters alone', () => {
    const random = createRandom(2, 'groups of one');
    const target = Float64Array.from({ length: 40 }, (_, row) => Number(row % 4 === 0));
    const score = target.map((label) => label + random.normal());
    const input = { nClasses: 2, target, score, predictedClass: target };
    const clusters = Uint32Array.from(target.keys());
    const strata = new Uint8Array(40);
    const { deviations } = pooledMetric(rocAuc, input, strata, 1, { seed: '00', strata, clusters });
    if (rocAuc.uncertainty !== 'influence') throw new Error('roc_auc has influences');
    for (const [row, moved] of rocAuc.influence(input).entries())
      expect(deviations![row]).toBeCloseTo(moved / Math.sqrt(1 - 1 / 40), 12);
  });
  const target = Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
  const folds = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
  // Three groups, each of which is a fold: areas of [1.0, 0.75, 0.5].
  const score = Float64Array.of(1, 3, 2, 4, 1, 2, 3, 4, 4, 2, 1, 3);
  const input = { target, nClasses: 2, score, predictedClass: score };
  it('differs from fold to fold where a group is the whole of its fold', () => {
    const { value, deviations } = pooledMetric(rocAuc, input, folds, 3, {
      ...{ seed: '', strata: folds, clusters: Uint32Array.from(folds) },
    });
    expect(value).toBeCloseTo(0.75, 12);
    // numpy.std([1.0, 0.75, 0.5], ddof=1) / sqrt(3)
    expect(standardError(deviations!)).toBeCloseTo(0.14433756729740646, 12);
  });
  it('has degrees of freedom of the groups that hold a class', () => {
    const clusters = Uint32Array.from({ length: 40 }, (_, row) => row % 20);
    const rare = Float64Array.from({ length: 40 }, (_, row) => Number(row % 20 < 3));
    // Six positives in three groups.
    expect(degreesOfFreedom(rocAuc, rare, clusters)).toBe(2);
    expect(degreesOfFreedom(metrics.get('r2'), rare, clusters)).toBe(19);
  });
});

it('false alarms of unbalanced groups that share an effect stay near 1 %; with G − 1 degrees they do not', () => {
  const clusters = sized([300, 100, 50, ...Array(22).fill(5)]);
  const random = createRandom(1, 'unbalanced groups');
  const trials = 1500;
  const alarms = { sizes: 0, count: 0 };
  const critical = { sizes: studentTQuantile(0.99, clusterDf(clusters)), count: studentTQuantile(0.99, 24) };
  for (let trial = 0; trial < trials; trial++) {
    const effects = Float64Array.from({ length: 25 }, () => random.normal());
    const moved = Float64Array.from(clusters, (group) => effects[group]! + 0.3 * random.normal());
    const mean = moved.reduce((sum, each) => sum + each, 0) / moved.length;
    const t =
      mean /
      standardError(
        rowDeviations(
          moved.map((each) => each - mean),
          clusters,
        )!,
      );
    alarms.sizes += Number(t > critical.sizes);
    alarms.count += Number(t > critical.count);
  }
  expect(alarms.sizes / trials).toBeLessThan(0.03);
  expect(alarms.count / trials).toBeGreaterThan(0.04);
});
