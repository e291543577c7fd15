import { describe, expect, it } from 'vitest';
import { metricInput } from '../evaluation/metric-input.ts';
import { createWorkerPool } from '../io/worker-pool.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import type { Features } from '../preprocessing/features.ts';
import { createRandom } from '../random/random.ts';
import { inlineWorkers } from './inline-workers.ts';
import type { FittedModel } from './model.ts';
import { decided } from './predictions.ts';
import { randomForest } from './random-forest.ts';
import { categorical, numeric, rowsOf, uniformRows } from './uniform-rows.fixture.ts';

const ONE_TREE = { n_estimators: 1, bootstrap: false, max_features: null };
function fitted(
  features: Features,
  target: ArrayLike<number>,
  nClasses: number,
  params: Record<string, unknown>,
  { seed = 1, workers = inlineWorkers }: { seed?: number; workers?: WorkerPool } = {},
): Promise<FittedModel> {
  const data = { features, target: Float64Array.from(target), nClasses };
  return randomForest.fit(data, params, { seed, workers, warn: () => {} });
}

const small = uniformRows(40, 3);
const value = small.noise.map(
  (e, i) => 10 * small.columns[0]![i]! * small.columns[1]![i]! + 6 * small.columns[2]![i]! + 2 * e,
);
const SETS: Record<string, { features: Features; target: number[]; nClasses: number }> = {
  values: { features: numeric(small.columns), target: value, nClasses: 0 },
  gaps: {
    features: numeric([small.columns[0]!, small.columns[1]!, small.columns[2]!.map((x) => (x > 0.6 ? Number.NaN : x))]),
    target: value,
    nClasses: 0,
  },
  'two classes': { features: numeric(small.columns), target: value.map((y) => Number(y > 5)), nClasses: 2 },
  'three classes': {
    features: numeric(small.columns),
    target: value.map((y) => Number(y >= 4) + Number(y >= 7)),
    nClasses: 3,
  },
};

/*
 * scikit-learn 1.9.1, X and e as above with n = 40, p = 3, y = 10·X0·X1 + 6·X2 + 2·e; the first twelve rows of
 * sklearn.tree.DecisionTreeRegressor(**params).fit(X, y).predict(X), gaps: X2 is NaN where > 0.6;
 * sklearn.tree.DecisionTreeClassifier(**params).fit(X, y > 5).predict_proba(X), and of np.digitize(y, [4, 7]).
 */
const TREES = [
  {
    of: 'values',
    params: { max_depth: 3 },
    expected: [
      6.275633347898051, 9.952862781050515, 3.64155605068325, 5.683453195231166, 8.865036916353423, 11.696632798337191,
      9.952862781050515, 9.952862781050515, 9.952862781050515, 9.952862781050515, 5.683453195231166, 6.275633347898051,
    ],
  },
  {
    of: 'values',
    params: { max_depth: 3, min_samples_leaf: 5 },
    expected: [
      6.275633347898051, 9.702735183533973, 5.021026130420451, 5.021026130420451, 8.865036916353423, 9.702735183533973,
      9.702735183533973, 9.702735183533973, 9.702735183533973, 9.702735183533973, 5.021026130420451, 6.275633347898051,
    ],
  },
  {
    of: 'values',
    params: { max_depth: 4, min_samples_split: 12 },
    expected: [
      6.275633347898051, 9.702735183533973, 3.8529982648061676, 5.683453195231166, 8.865036916353423, 9.702735183533973,
      9.702735183533973, 9.702735183533973, 9.702735183533973, 9.702735183533973, 5.683453195231166, 6.275633347898051,
    ],
  },
  {
    of: 'gaps',
    params: { max_depth: 3 },
    expected: [
      6.275633347898051, 9.854663544858418, 3.6415560506832496, 5.6834531952311655, 8.865036916353423,
      10.922947025885946, 9.854663544858418, 10.922947025885946, 10.922947025885946, 9.854663544858418,
      5.6834531952311655, 6.275633347898051,
    ],
  },
  {
    of: 'two classes',
    params: { max_depth: 2 },
    expected: [
      0.25, 0.75, 0.625, 0.375, 0.625, 0.375, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.625, 0.375, 0.0, 1.0,
      0.0, 1.0, 0.0, 1.0,
    ],
  },
  {
    of: 'two classes',
    params: { max_depth: 2, class_weight: 'balanced' },
    expected: [
      1.0, 0.0, 0.3333333333333333, 0.6666666666666666, 1.0, 0.0, 0.3333333333333333, 0.6666666666666666, 0.0, 1.0, 0.0,
      1.0, 0.3333333333333333, 0.6666666666666666, 0.0, 1.0, 0.3333333333333333, 0.6666666666666666, 0.3333333333333333,
      0.6666666666666666, 0.3333333333333333, 0.6666666666666666, 0.0, 1.0,
    ],
  },
  {
    of: 'three classes',
    params: { max_depth: 2 },
    expected: [
      0.0625, 0.5, 0.4375, 0.0, 0.0, 1.0, 0.6666666666666666, 0.26666666666666666, 0.06666666666666667, 0.0625, 0.5,
      0.4375, 0.0625, 0.5, 0.4375, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0,
      0.6666666666666666, 0.26666666666666666, 0.06666666666666667, 0.0625, 0.5, 0.4375,
    ],
  },
  {
    of: 'three classes',
    params: { max_depth: 2, class_weight: 'balanced' },
    expected: [
      0.08296769046669325, 0.6318308735540485, 0.28520143597925807, 0.0, 0.0, 1.0, 0.7106252135292108,
      0.2405193030406559, 0.04885548343013324, 0.08296769046669325, 0.6318308735540485, 0.28520143597925807,
      0.08296769046669325, 0.6318308735540485, 0.28520143597925807, 0.0, 0.0, 1.0, 0.7106252135292108,
      0.2405193030406559, 0.04885548343013324, 0.08296769046669325, 0.6318308735540485, 0.28520143597925807, 0.0, 0.0,
      1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0,
    ],
  },
];

describe('randomForest, one tree of all rows and features', () => {
  it.each(TREES)("of $of with $params is scikit-learn's tree", async ({ of, params, expected }) => {
    const { features, target, nClasses } = SETS[of]!;
    // Two splits of the last tree are equally good; either program draws one of them, by the seed.
    const model = await fitted(features, target, nClasses, { ...ONE_TREE, ...params }, { seed: 0 });
    const predicted = model.predict(features);
    // Balanced weights are rounded to 2⁻²⁰ of the largest.
    for (const [i, p] of expected.entries()) expect(Math.abs(predicted[i]! - p)).toBeLessThan(2e-6);
  });

  it('learns every row by heart when nothing holds it back', async () => {
    const { features, target } = SETS.values!;
    const predicted = (await fitted(features, target, 0, ONE_TREE)).predict(features);
    for (const [row, y] of target.entries()) expect(predicted[row]).toBeCloseTo(y, 12);
  });

  /*
   * scikit-learn 1.9.1: X = [[0, 0], [2, 0], [1, 1], [1, 1]] * times; DecisionTreeRegressor().fit(X, [0, 1, 9, 9] * times)
   * .predict([[1, 0]]) and DecisionTreeClassifier().fit(X, [0, 1, 2, 2] * times).predict([[1, 0]]): 0
   */
  it.each([
    { times: 1, nClasses: 0, params: {} },
    { times: 3, nClasses: 0, params: {} },
    { times: 10, nClasses: 0, params: {} },
    { times: 10, nClasses: 0, params: { min_samples_leaf: 2 } },
    { times: 10, nClasses: 3, params: {} },
  ])('sends a value in the middle between two to the left: $times rows, $nClasses classes, $params', async (of) => {
    const { times, nClasses, params } = of;
    const repeated = (...values: number[]) => Array.from({ length: 4 * times }, (_, row) => values[row % 4]!);
    const target = nClasses === 0 ? repeated(0, 1, 9, 9) : repeated(0, 1, 2, 2);
    const features = numeric([repeated(0, 2, 1, 1), repeated(0, 0, 1, 1)]);
    const [first] = (await fitted(features, target, nClasses, { ...ONE_TREE, ...params })).predict(numeric([[1], [0]]));
    expect(first).toBeCloseTo(nClasses === 0 ? 0 : 1, 12);
  });

  it('parts categories by their targets, not by their order', async () => {
    const codes = Array.from({ length: 24 }, (_, i) => i % 6);
    const target = codes.map((code) => (code % 2 === 0 ? 10 : -3));
    const features = categorical(codes, 6);
    const model = await fitted(features, target, 0, { ...ONE_TREE, max_depth: 1 });
    for (const [row, y] of target.entries()) expect(model.predict(features)[row]).toBeCloseTo(y, 12);
  });

  it('keeps the 200 frequent of 400 categories apart', async () => {
    const codes = Array.from({ length: 1200 }, (_, i) => (i < 400 ? i : i % 200));
    const target = codes.map((code) => (code * 37) % 101);
    const features = categorical(codes, 400);
    const predicted = (await fitted(features, target, 0, ONE_TREE)).predict(features);
    for (const [row, code] of codes.entries()) if (code < 200) expect(predicted[row]).toBeCloseTo(target[row]!, 9);
  });

  it.each([
    { title: 'gaps it has learned about', at: Number.NaN, x: [1, 2, 3, 4, Number.NaN, Number.NaN], expected: 100 },
    {
      title: 'gaps it has never seen, which follow the larger side',
      at: Number.NaN,
      x: [1, 2, 3, 4, 9, 10],
      expected: 0,
    },
  ])('predicts for $title', async ({ at, x, expected }) => {
    const model = await fitted(numeric([x]), [0, 0, 0, 0, 100, 100], 0, { ...ONE_TREE, max_depth: 1 });
    expect(model.predict(numeric([[at]]))[0]).toBeCloseTo(expected, 12);
  });

  it.each([1e-250, 1e-9, 1e9, 1e300])('is the same tree for targets times %d', async (unit) => {
    const { features, target } = SETS.values!;
    const plain = (await fitted(features, target, 0, { ...ONE_TREE, max_depth: 3 })).predict(features);
    const scaled = await fitted(
      features,
      target.map((y) => y * unit),
      0,
      { ...ONE_TREE, max_depth: 3 },
    );
    for (const [row, y] of scaled.predict(features).entries())
      expect(Math.abs(y / unit - plain[row]!)).toBeLessThan(1e-9);
  });
});

const large = uniformRows(600, 6);
const [a, b, c, d] = large.columns as [Float64Array, Float64Array, Float64Array, Float64Array];
const curve = large.noise.map((e, i) => 10 * a[i]! * b[i]! + 20 * (c[i]! - 0.5) ** 2 + 6 * d[i]! + 2 * (e - 0.5));
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function heldOut(features: Features, target: readonly number[], nClasses: number, params: object, seed: number) {
  const train = rows(0, 400);
  const test = rows(400, 600);
  const model = await fitted(
    rowsOf(features, train),
    train.map((row) => target[row]!),
    nClasses,
    { ...params },
    { seed },
  );
  const predicted = model.predict(rowsOf(features, test));
  const truth = test.map((row) => target[row]!);
  if (nClasses > 0) {
    const best = (row: number) =>
      rows(0, nClasses).reduce(
        (most, k) => (predicted[row * nClasses + k]! > predicted[row * nClasses + most]! ? k : most),
        0,
      );
    return truth.filter((label, row) => best(row) === label).length / truth.length;
  }
  const mean = truth.reduce((sum, y) => sum + y, 0) / truth.length;
  const error = truth.reduce((sum, y, row) => sum + (y - predicted[row]!) ** 2, 0);
  return 1 - error / truth.reduce((sum, y) => sum + (y - mean) ** 2, 0);
}

describe('randomForest', () => {
  /*
   * scikit-learn 1.9.1, X and e as above with n = 600, p = 6, y = 10·X0·X1 + 20·(X2 − ½)² + 6·X3 + 2·(e − ½): trained on
   * rows 0–399, judged on 400–599, mean over random_state 0–9 and the sd of one seed. RandomForestRegressor's r2_score;
   * RandomForestClassifier's accuracy_score of np.digitize(y, [7, 10]). Equal splits go to the lowest
   * feature here and to a random one there, which favours the columns in front: ours is the mean of 3 seeds with the
   * columns in order and 3 in reverse. Tolerance: 4 standard errors.
   */
  it.each([
    { nClasses: 0, params: {}, mean: 0.8795, sd: 0.0022 },
    { nClasses: 0, params: { max_depth: 3 }, mean: 0.6871, sd: 0.0031 },
    { nClasses: 0, params: { min_samples_leaf: 10 }, mean: 0.7961, sd: 0.0028 },
    { nClasses: 0, params: { max_features: 'log2' }, mean: 0.8427, sd: 0.004 },
    { nClasses: 3, params: {}, mean: 0.7835, sd: 0.0112 },
    { nClasses: 3, params: { max_depth: 3 }, mean: 0.685, sd: 0.0138 },
    { nClasses: 3, params: { min_samples_leaf: 10 }, mean: 0.7385, sd: 0.015 },
  ])("of $nClasses classes with $params scores as scikit-learn's does", async ({ nClasses, params, mean, sd }) => {
    const target = nClasses === 0 ? curve : curve.map((y) => Number(y >= 7) + Number(y >= 10));
    let sum = 0;
    for (let seed = 0; seed < 3; seed++) {
      sum += await heldOut(numeric(large.columns), target, nClasses, params, seed);
      sum += await heldOut(numeric(large.columns.toReversed()), target, nClasses, params, seed);
    }
    expect(Math.abs(sum / 6 - mean)).toBeLessThan(4 * sd * Math.sqrt(1 / 6 + 1 / 10));
  });

  /** A number per row, beside a text column in which every row has a category of its own, or each category ten rows. */
  const withText = (columns: readonly Float64Array[], codes: ArrayLike<number>, nCategories: number): Features => ({
    nSamples: columns[0]!.length,
    columns: [...numeric(columns).columns, ...categorical(Array.from(codes), nCategories).columns],
  });

  it('is not misled by a text column that has another category in every row', async () => {
    const plain = await heldOut(numeric(large.columns), curve, 0, {}, 1);
    // A row's place in a fixed shuffle: 7 and 600 have no common divisor.
    const codes = rows(0, 600).map((row) => (row * 7) % 600);
    const withNames = withText(large.columns, codes, 600);
    expect(await heldOut(withNames, curve, 0, {}, 1)).toBeGreaterThan(plain - 0.03);
  });

  it('tells two classes by 300 categories of ten rows', async () => {
    const random = createRandom(1, 'bench-categories');
    const levels = rows(0, 300).map(() => random.normal());
    const codes = rows(0, 3000).map(() => random.integer(300));
    const x = Float64Array.from(codes, () => random.normal());
    const target = codes.map((code, row) => Number(levels[code]! + 0.5 * x[row]! + 0.5 * random.normal() > 0));
    const features = withText([x], codes, 300);
    let sum = 0;
    for (let fold = 0; fold < 5; fold++) {
      const [train, test] = [rows(0, 3000).filter((row) => row % 5 !== fold), rows(0, 600).map((i) => 5 * i + fold)];
      const taken = (some: readonly number[]) => Float64Array.from(some, (row) => target[row]!);
      const model = await fitted(rowsOf(features, train), taken(train), 2, {});
      const outputs = model.predict(rowsOf(features, test));
      sum += rocAuc.compute(metricInput(taken(test), decided({ outputs, nClasses: 2 })));
    }
    expect(sum / 5).toBeGreaterThanOrEqual(0.9);
  });

  it('predicts for a category that training has not seen as for one that says what all rows say', async () => {
    const codes = rows(0, 605).map((row) => row % 11);
    const target = codes.map((code) => 10 * code);
    const model = await fitted(categorical(codes, 11), target, 0, {});
    // 11 is the code of unseen categories; the mean of all rows is 50, and neighbours in the order say 40 to 60.
    const [unseen] = model.predict(categorical([11], 11));
    expect(unseen).toBeGreaterThanOrEqual(40);
    expect(unseen).toBeLessThanOrEqual(60);
  });

  it.each([2, 4])('is the same to the last bit on %d threads', async (threads) => {
    const workers = createWorkerPool(threads);
    try {
      const target = curve.map((y) => Number(y >= 7) + Number(y >= 10));
      // Fewer trees on so few rows are not spread.
      const inline = await fitted(numeric(large.columns), target, 3, { n_estimators: 600 });
      const spread = await fitted(numeric(large.columns), target, 3, { n_estimators: 600 }, { workers });
      expect(spread.state).toEqual(inline.state);
    } finally {
      await workers.close();
    }
  });

  it('has the same first trees, whatever the number of trees', async () => {
    const features = numeric(large.columns);
    const sums = async (n: number) =>
      (await fitted(features, curve, 0, { n_estimators: n })).predict(features).map((mean) => mean * n);
    const [two, three] = [await sums(2), await sums(3)];
    const third = three.map((sum, row) => sum - two[row]!);
    for (const y of third) {
      expect(y).toBeGreaterThan(Math.min(...curve) - 1e-9);
      expect(y).toBeLessThan(Math.max(...curve) + 1e-9);
    }
  });

  it('grows nothing where a leaf needs more rows than a kernel can count', async () => {
    const model = await fitted(SETS.values!.features, value, 0, { min_samples_leaf: 2 ** 31 + 1, n_estimators: 1 });
    expect(new Set(model.predict(SETS.values!.features)).size).toBe(1);
  });

  it('takes the weights of more rows than a function can take arguments', async () => {
    const n = 200_000;
    const x = Float64Array.from({ length: n }, (_, row) => row % 7);
    const data = { features: numeric([x]), target: x.map((v) => 2 * v), nClasses: 0, weights: x.map((v) => 1 + v) };
    const context = { seed: 1, workers: inlineWorkers, warn: () => {} };
    const model = await randomForest.fit(data, { n_estimators: 1, bootstrap: false }, context);
    // Beside weights of 20 bits, and sums over so many rows, targets are left with 14.
    expect(model.predict(numeric([[0, 3, 6]]))).satisfy((y: Float64Array) =>
      y.every((v, i) => Math.abs(v - 6 * i) < 1e-3),
    );
  });

  it('says from which features it was grown when it is given others', async () => {
    const model = await fitted(numeric(small.columns), value, 0, { n_estimators: 1 });
    expect(() => model.predict(numeric(small.columns.slice(1)))).toThrow(
      'the trees were grown on 3 features, the table has 2',
    );
    expect(() => model.predict(categorical([0], 1))).toThrow('3 features, the table has 1');
  });
});
