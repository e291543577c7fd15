import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { studentTQuantile } from '../../stats/student-t.ts';
import { clusterDf } from './cluster-df.ts';
import { rowDeviations, standardError } from './noise-of-rows.ts';

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
