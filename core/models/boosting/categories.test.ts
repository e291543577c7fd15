import { describe, expect, it } from 'vitest';
import type { Features } from '../../preprocessing/features.ts';
import { createRandom } from '../../random/random.ts';
import { categorical, numeric, rowsOf as takeRows } from '../uniform-rows.fixture.ts';
import { boosted } from './boosted.fixture.ts';

/** One tree of two leaves that says what it has learned in full. */
const STUMP = { n_estimators: 1, learning_rate: 1, max_leaf_nodes: 2, min_samples_leaf: 1 };

/** As many rows of each category as listed, and what the rows of each say. */
function rowsOf(counts: readonly number[], means: readonly number[]) {
  const codes = counts.flatMap((count, code) => Array<number>(count).fill(code));
  return { features: categorical(codes, counts.length), target: codes.map((code) => means[code]!) };
}
const everyCategory = (n: number) =>
  categorical(
    Array.from({ length: n }, (_, code) => code),
    n,
  );

describe('gradientBoosting of categories', () => {
  it.each([
    {
      title: 'four categories, by what they say and not by their order',
      ...{ counts: [10, 10, 10, 10], means: [0, 10, 0, 10], expected: [0, 10, 0, 10] },
    },
    {
      title: 'six categories, whose penalty of 10 chooses the split but does not shrink its leaves',
      ...{ counts: [20, 20, 20, 20, 20, 20], means: [4, 0, 4, 0, 4, 0], expected: [4, 0, 4, 0, 4, 0] },
    },
    {
      // Σ rows · (mean − 5.17)² of both sides: 320.3 for {0} | {1, 2}, 403.3 for {0, 1} | {2}.
      title: 'three categories at the better of two borders',
      ...{ counts: [10, 10, 40], means: [0, 3, 7], expected: [1.5, 1.5, 7] },
    },
    {
      title: 'no category of fewer than ten rows from the rest',
      ...{ counts: [9, 40], means: [100, 2], expected: [(900 + 80) / 49, (900 + 80) / 49] },
    },
    {
      // On its own {1} would be the better left side: the small category 2 cannot be moved there.
      title: 'a category of fewer than ten rows along with those that are not chosen',
      ...{ counts: [20, 20, 9], means: [0, 10, 20], expected: [0, 380 / 29, 380 / 29] },
    },
  ])('parts $title', async ({ counts, means, expected }) => {
    const model = await boosted(rowsOf(counts, means), STUMP);
    for (const [code, y] of model.predict(everyCategory(counts.length)).entries())
      expect(y).toBeCloseTo(expected[code]!, 6);
  });

  /** 2,000 rows of a target that a number explains by half. */
  const random = createRandom(1, 'noise-columns');
  const x = Float64Array.from({ length: 2000 }, () => random.normal());
  const target = Array.from(x, (value) => value + random.normal());
  const explained = async (of: Features) => {
    const model = await boosted({ features: rowsFrom(of, 0), target: target.slice(0, 1000) }, {});
    const error = model.predict(rowsFrom(of, 1000)).reduce((sum, y, i) => sum + (y - target[1000 + i]!) ** 2, 0);
    return 1 - error / 1000 / 2;
  };
  const rowsFrom = (of: Features, from: number) =>
    takeRows(
      of,
      [...Array(1000).keys()].map((row) => from + row),
    );

  it.each([20, 50, 100])('is not misled by three columns of %d categories that say nothing', async (n) => {
    const noise = Array.from({ length: 3 }, () =>
      categorical(
        Array.from(x, () => random.integer(n)),
        n,
      ),
    );
    const withNoise = {
      nSamples: 2000,
      columns: [...numeric([x]).columns, ...noise.flatMap(({ columns }) => columns)],
    };
    // Before chance was taken off, they cost 0.05 to 0.06.
    expect(await explained(withNoise)).toBeGreaterThan((await explained(numeric([x]))) - 0.01);
  });

  it('still learns 50 categories that say something', async () => {
    const codes = Array.from(x, () => random.integer(50));
    const levels = Array.from({ length: 50 }, () => random.normal());
    const said = codes.map((code) => levels[code]! + random.normal());
    const of = categorical(codes, 50);
    const model = await boosted({ features: rowsFrom(of, 0), target: said.slice(0, 1000) }, {});
    const asked = model.predict(everyCategory(50));
    const error = levels.reduce((sum, level, code) => sum + (level - asked[code]!) ** 2, 0);
    expect(error / levels.reduce((sum, level) => sum + level ** 2, 0)).toBeLessThan(0.2);
  });

  it('gives gaps a place of their own, and unseen categories that of gaps', async () => {
    const { features, target } = rowsOf([10, 10, 10], [0, 0, 8]);
    const gone = categorical(
      Array.from(features.columns[0]!.kind === 'categorical' ? features.columns[0]!.codes : []).map((code) =>
        code === 2 ? -1 : code,
      ),
      3,
    );
    const model = await boosted({ features: gone, target }, STUMP);
    const asked = model.predict(categorical([0, 1, -1, 7], 8));
    for (const [i, y] of [0, 0, 8, 8].entries()) expect(asked[i]).toBeCloseTo(y, 6);
  });

  it('has at most 32 categories on the chosen side', async () => {
    const counts = Array<number>(80).fill(10);
    const means = counts.map((_, code) => Number(code < 40));
    const asked = (await boosted(rowsOf(counts, means), STUMP)).predict(everyCategory(80));
    const [low, high] = [Math.min(...asked), Math.max(...asked)];
    const nOf = (value: number) => asked.filter((y) => y === value).length;
    expect(nOf(low) + nOf(high)).toBe(80);
    expect(Math.min(nOf(low), nOf(high))).toBe(32);
  });

  it('keeps the 254 most frequent of 300 apart, and the others together', async () => {
    const counts = Array.from({ length: 300 }, (_, code) => (code < 254 ? 20 : 2));
    const means = counts.map((_, code) => (code * 37) % 11);
    const { features, target } = rowsOf(counts, means);
    const asked = (await boosted({ features, target }, { ...STUMP, n_estimators: 60, max_leaf_nodes: 31 })).predict(
      everyCategory(300),
    );
    for (let code = 0; code < 254; code++) expect(Math.abs(asked[code]! - means[code]!)).toBeLessThan(0.5);
    expect(new Set(asked.subarray(254)).size).toBe(1);
  });
});
