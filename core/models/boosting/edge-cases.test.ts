import { describe, expect, it } from 'vitest';
import { gradientBoosting } from '../gradient-boosting.ts';
import { modelStateToJson } from '../model-state.ts';
import { treesIn } from '../trees/trees-in.fixture.ts';
import { numeric, uniformRows } from '../uniform-rows.fixture.ts';
import { boosted } from './boosted.fixture.ts';

const { columns, noise } = uniformRows(300, 2);
const features = numeric(columns);
const value = noise.map((e, i) => 8 * columns[0]![i]! - 5 * columns[1]![i]! ** 2 + e);
const FREE = { min_samples_leaf: 1, max_leaf_nodes: null, learning_rate: 1, n_estimators: 1 };

describe('gradientBoosting', () => {
  it('learns every row by heart when nothing holds it back', async () => {
    const predicted = (await boosted({ features, target: value }, { ...FREE, n_estimators: 4 })).predict(features);
    // More values than bins: neighbours share one. Two features tell them apart.
    for (const [row, y] of value.entries()) expect(Math.abs(predicted[row]! - y)).toBeLessThan(1e-6);
  });

  it.each([
    { title: 'one feature', of: numeric([columns[0]!]), target: value },
    { title: 'one row', of: numeric([[3], [4]]), target: [7] },
    { title: 'two rows', of: numeric([[3, 5]]), target: [7, 9] },
    { title: 'two rows that are alike', of: numeric([[3, 3]]), target: [7, 9] },
    { title: 'one target', of: features, target: value.map(() => 0.1) },
    { title: 'a feature that is always missing', of: numeric([value.map(() => Number.NaN)]), target: value },
    { title: 'infinitely close values', of: numeric([value.map((_, i) => i * 5e-324)]), target: value },
    { title: 'values at both ends', of: numeric([value.map((_, i) => (i % 2 ? 1e308 : -1e308))]), target: value },
  ])('of $title predicts between its targets, and the same from its file', async ({ of, target }) => {
    const model = await boosted({ features: of, target }, { min_samples_leaf: 1 });
    const predicted = model.predict(of);
    const room = 1e-9 * Math.max(...target.map(Math.abs));
    for (const y of predicted) {
      expect(y).toBeGreaterThanOrEqual(Math.min(...target) - room);
      expect(y).toBeLessThanOrEqual(Math.max(...target) + room);
    }
    expect(gradientBoosting.load(modelStateToJson(model.state)).predict(of)).toEqual(predicted);
  });

  it('of two rows tells them apart, of one knows its target', async () => {
    const two = await boosted({ features: numeric([[3, 5]]), target: [7, 9] }, FREE);
    expect(two.predict(numeric([[1, 3, 3.9, 4.1, 99]]))).toEqual(Float64Array.of(7, 7, 7, 9, 9));
    expect((await boosted({ features: numeric([[3]]), target: [7] }, FREE)).predict(numeric([[9]]))).toEqual(
      Float64Array.of(7),
    );
  });

  it.each([1e300, 1e-300, -1e305])('learns targets times %d', async (unit) => {
    const data = { features, target: value.map((y) => y * unit) };
    const model = await boosted(data, { ...FREE, n_estimators: 3 });
    for (const [row, y] of model.predict(features).entries()) expect(y / unit).toBeCloseTo(value[row]!, 5);
    const sum = model.importances!().reduce((total, share) => total + share, 0);
    expect(sum).toBeCloseTo(1, 12);
    expect(gradientBoosting.load(modelStateToJson(model.state)).predict(features)).toEqual(model.predict(features));
  });

  it('gives classes that no training row had probability 0', async () => {
    const label = value.map((y) => (y > 3 ? 4 : 1));
    const predicted = (await boosted({ features, target: label, nClasses: 6 }, {})).predict(features);
    for (let row = 0; row < 300; row++) {
      const own = predicted.subarray(6 * row, 6 * row + 6);
      expect([own[0], own[2], own[3], own[5]]).toEqual([0, 0, 0, 0]);
      expect(own[1]! + own[4]!).toBeCloseTo(1, 12);
    }
    const one = await boosted({ features, target: label.map(() => 2), nClasses: 3 }, {});
    expect(one.predict(numeric([[0], [0]]))).toEqual(Float64Array.of(0, 0, 1));
  });

  it('divides by nothing when leaves need no hessian and all rows are certain', async () => {
    const label = value.map((y) => Number(y > 3));
    const sure = { ...FREE, n_estimators: 200, min_hessian_to_split: 0 };
    for (const nClasses of [2, 3]) {
      const model = await boosted({ features, target: label.map((k) => k * (nClasses - 1)), nClasses }, sure);
      expect(model.predict(features).every(Number.isFinite)).toBe(true);
      expect(gradientBoosting.load(modelStateToJson(model.state)).predict(features)).toEqual(model.predict(features));
    }
  });

  it('divides by nothing when leaves need no hessian and rows hardly count', async () => {
    const weights = value.map((_, row) => (row % 2 ? 1 : 1e-8));
    const target = value.map((y, row) => (row % 2 ? y : 10));
    const params = { ...FREE, n_estimators: 3, min_hessian_to_split: 0 };
    const model = await boosted({ features, target, weights }, params);
    expect(model.predict(features).every((y) => Math.abs(y) < 100)).toBe(true);
    expect(gradientBoosting.load(modelStateToJson(model.state)).predict(features)).toEqual(model.predict(features));
  });

  it('has room for the largest hessians there are', async () => {
    // As many rows of either class: p(1 − p) is ¼.
    const label = columns[0]!.map((_, row) => row % 2);
    const of = numeric([label]);
    const model = await boosted({ features: of, target: label, nClasses: 2 }, { ...FREE, min_hessian_to_split: 30 });
    // 150 rows of gradient ∓½ and hessian ¼: log-odds of ∓2.
    const odds = Math.exp(2);
    for (const [row, k] of label.entries())
      expect(model.predict(of)[2 * row + 1]).toBeCloseTo(k === 1 ? odds / (1 + odds) : 1 / (1 + odds), 9);
  });

  it('survives rounds that draw no row', async () => {
    const model = await boosted({ features, target: value }, { subsample: 1e-6, n_estimators: 3 });
    expect(new Set(model.predict(features)).size).toBe(1);
    expect(gradientBoosting.load(modelStateToJson(model.state)).predict(features)).toEqual(model.predict(features));
  });

  it.each([{ max_depth: 1 }, { max_depth: 3 }, { max_leaf_nodes: 2 }, { max_leaf_nodes: 5 }, { min_samples_leaf: 40 }])(
    'grows no further than %j',
    async (limit) => {
      const params = { n_estimators: 1, min_samples_leaf: 1, ...limit };
      const model = await boosted({ features, target: value }, params);
      const { feature, cover } = treesIn(model).ensemble;
      const leaves = [...feature.keys()].filter((node) => feature[node] === -1);
      if ('max_leaf_nodes' in limit) expect(leaves).toHaveLength(limit.max_leaf_nodes);
      if ('max_depth' in limit) expect(leaves).toHaveLength(2 ** limit.max_depth);
      const fewest = Math.min(...leaves.map((leaf) => cover[leaf]!));
      if ('min_samples_leaf' in limit) expect(fewest).toBeGreaterThanOrEqual(limit.min_samples_leaf);
      expect(leaves.reduce((sum, leaf) => sum + cover[leaf]!, 0)).toBe(300);
    },
  );

  it('sends gaps it has not seen to the side with more rows', async () => {
    const x = Float64Array.from({ length: 60 }, (_, row) => row);
    const target = x.map((v) => Number(v >= 20));
    const model = await boosted({ features: numeric([x]), target }, { ...FREE, max_leaf_nodes: 2 });
    expect(model.predict(numeric([[Number.NaN]]))[0]).toBeCloseTo(1, 6);
  });
});
