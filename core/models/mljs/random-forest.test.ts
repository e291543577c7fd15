import { RandomForestClassifier, RandomForestRegression } from 'ml-random-forest/random-forest.js';
import { describe, expect, it, vi } from 'vitest';
import { deriveSeed } from '../../random/random.ts';
import type { FittedModel } from '../model.ts';
import { fit, numeric, uniformRows } from './fit.fixture.ts';
import { mljsRandomForest } from './random-forest.ts';

const fitted = fit.bind(null, mljsRandomForest);
const { columns, noise } = uniformRows(300, 6);
const [a, b, c, d] = columns as [number[], number[], number[], number[]];
const curve = noise.map((e, i) => 10 * a[i]! * b[i]! + 20 * (c[i]! - 0.5) ** 2 + 6 * d[i]! + 2 * (e - 0.5));
const classes = curve.map((y) => Number(y >= 7) + Number(y >= 10));
const part = <T>(values: readonly T[], from: number, to: number) => values.slice(from, to);
const table = (from: number, to: number) => numeric(columns.map((values) => part(values, from, to)));

/** The features that each tree splits by. */
function featuresOfTrees({ state }: FittedModel): number[][] {
  if (state.kind !== 'threshold_trees') throw new TypeError(state.kind);
  const { roots, feature } = state;
  return [...roots.subarray(1)].map((end, tree) => [
    ...new Set(feature.subarray(roots[tree]!, end).filter((split) => split >= 0)),
  ]);
}

describe('mljsRandomForest, faults of ml-random-forest mended', () => {
  it("is certain where all trees agree: the first tree's vote is not dropped", async () => {
    const x = Array.from({ length: 40 }, (_, i) => (i < 20 ? i : i + 100));
    const labels = x.map((value) => Number(value > 100));
    const model = await fitted(numeric([x]), labels, 2);
    expect([...model.predict(numeric([x]))]).toEqual(labels.flatMap((label) => [1 - label, label]));
  });

  it('does not crash out of bag, with few trees on few rows', async () => {
    const model = await fitted(table(0, 100), part(classes, 0, 100), 3, { n_estimators: 3 });
    expect(model.predict(table(0, 100))).toHaveLength(300);
  });

  it('learns from the last rows too, and offers no max_samples, which keeps the first', async () => {
    const x = Array.from({ length: 60 }, (_, i) => i);
    const model = await fitted(
      numeric([x]),
      x.map((i) => Number(i >= 45)),
      2,
      { n_estimators: 20 },
    );
    expect(model.predict(numeric([[59]]))[1]).toBeGreaterThan(0.9);
    expect(mljsRandomForest.params.safeParse({ max_samples: 0.5 }).success).toBe(false);
  });

  it.each([
    { max_features: 'sqrt', of: 6, drawn: 2 },
    { max_features: 'sqrt', of: 3, drawn: 1 }, // one feature is not a share of 1.0, all of them
    { max_features: 0.2, of: 6, drawn: 1 }, // a share that comes to one feature is not all
    { max_features: 0.1, of: 6, drawn: 1 }, // a share that comes to none is one
    { max_features: 0.5, of: 6, drawn: 3 },
    { max_features: 5, of: 6, drawn: 5 }, // none is drawn twice
    { max_features: 1, of: 6, drawn: 6 },
    { max_features: 9, of: 6, drawn: 6 },
    { max_features: null, of: 6, drawn: 6 },
  ])('with max_features $max_features of $of has $drawn in each tree', async (row) => {
    const features = numeric(columns.slice(0, row.of).map((values) => part(values, 0, 80)));
    const model = await fitted(features, part(noise, 0, 80), 0, { n_estimators: 8, max_features: row.max_features });
    for (const each of featuresOfTrees(model)) expect(each).toHaveLength(row.drawn);
  });

  it('draws features once per tree: two trees of one feature each may differ', async () => {
    const model = await fitted(table(0, 120), part(noise, 0, 120), 0, { n_estimators: 8, max_features: 0.2 });
    expect(new Set(featuresOfTrees(model).flat()).size).toBeGreaterThan(1);
  });

  it('takes a first split that leaves no error', async () => {
    const x = Array.from({ length: 40 }, (_, i) => (i < 20 ? i : i + 100));
    const y = x.map((value) => (value > 100 ? 8 : 2));
    expect([...(await fitted(numeric([x]), y, 0)).predict(numeric([x]))]).toEqual(y);
  });

  it('draws nothing from Math.random, and all from the seed', async () => {
    const random = vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('Math.random was asked');
    });
    try {
      const grow = async (seed: number) =>
        (await fitted(table(0, 60), part(classes, 0, 60), 3, { n_estimators: 4 }, { seed })).state;
      expect(await grow(7)).toEqual(await grow(7));
      expect(await grow(8)).not.toEqual(await grow(7));
    } finally {
      random.mockRestore();
    }
  });
});

describe('mljsRandomForest', () => {
  const rows = (from: number, to: number) =>
    noise.slice(from, to).map((_, i) => columns.map((each) => each[from + i]!));
  const options = {
    nEstimators: 7,
    maxFeatures: 4,
    replacement: false,
    seed: deriveSeed(3, 'mljs_random_forest'),
    noOOB: true,
    treeOptions: { maxDepth: 5, minNumSamples: 3, gainThreshold: -1 },
  };
  const params = { n_estimators: 7, max_features: 4, max_depth: 5, min_samples_split: 4 };

  it("reads the library's regression trees as the library does, to the last bit", async () => {
    const library = new RandomForestRegression(options);
    library.train(rows(0, 150), part(curve, 0, 150));
    const model = await fitted(table(0, 150), part(curve, 0, 150), 0, params, { seed: 3 });
    expect([...model.predict(table(150, 300))]).toEqual(library.predict(rows(150, 300)));
  });

  it("gives the shares of the library's votes", async () => {
    const library = new RandomForestClassifier(options);
    library.train(rows(0, 150), part(classes, 0, 150));
    const votes = library.predictionValues(rows(150, 300)).to2DArray();
    const model = await fitted(table(0, 150), part(classes, 0, 150), 3, params, { seed: 3 });
    expect([...model.predict(table(150, 300))]).toEqual(
      votes.flatMap((own) => [0, 1, 2].map((k) => own.filter((vote) => vote === k).length / 7)),
    );
  });

  /*
   * scikit-learn 1.9.1, X and e as in the fixture with n = 300, p = 6, y = 10·X0·X1 + 20·(X2 − ½)² + 6·X3 + 2·(e − ½):
   * trained on rows 0–199, judged on 200–299, mean and sd over random_state 0–9 of
   * sklearn.ensemble.BaggingRegressor(n_estimators=20, **params).score, and BaggingClassifier's of np.digitize(y, [7, 10]).
   * Tolerance: 4 standard errors of 3 seeds against 10.
   */
  it.each([
    { nClasses: 0, params: {}, mean: 0.8047, sd: 0.0114 },
    { nClasses: 0, params: { max_features: 0.5 }, mean: 0.6443, sd: 0.0452 },
    { nClasses: 3, params: {}, mean: 0.708, sd: 0.0274 },
    { nClasses: 3, params: { max_features: 0.5 }, mean: 0.659, sd: 0.0264 },
  ])('of $nClasses classes with $params scores as bagged trees of scikit-learn do', async (golden) => {
    const target = golden.nClasses === 0 ? curve : classes;
    let sum = 0;
    for (const seed of [0, 1, 2]) {
      const params = { n_estimators: 20, ...golden.params };
      const model = await fitted(table(0, 200), part(target, 0, 200), golden.nClasses, params, { seed });
      sum += (golden.nClasses === 0 ? r2 : accuracy)(model.predict(table(200, 300)), part(target, 200, 300));
    }
    expect(Math.abs(sum / 3 - golden.mean)).toBeLessThan(4 * golden.sd * Math.sqrt(1 / 3 + 1 / 10));
  });
});

function r2(predicted: Float64Array, truth: readonly number[]): number {
  const mean = truth.reduce((sum, y) => sum + y, 0) / truth.length;
  const error = truth.reduce((sum, y, row) => sum + (y - predicted[row]!) ** 2, 0);
  return 1 - error / truth.reduce((sum, y) => sum + (y - mean) ** 2, 0);
}

function accuracy(probabilities: Float64Array, truth: readonly number[]): number {
  const decided = truth.map((_, row) => {
    const own = [...probabilities.subarray(row * 3, row * 3 + 3)];
    return own.indexOf(Math.max(...own));
  });
  return truth.filter((label, row) => decided[row] === label).length / truth.length;
}
