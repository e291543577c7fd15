import { describe, expect, it } from 'vitest';
import { readContainer, writeContainer } from '../file/container.ts';
import { modelStateToJson } from '../model-state.ts';
import { mljsDecisionTree } from './decision-tree.ts';
import { fit, numeric, uniformRows } from './fit.fixture.ts';

const fitted = fit.bind(null, mljsDecisionTree);
const { columns, noise } = uniformRows(40, 3);
const [a, b, c] = columns as [number[], number[], number[]];
const value = noise.map((e, i) => 10 * a[i]! * b[i]! + 6 * c[i]! + 2 * e);

/*
 * scikit-learn 1.9.1, X and e as in the fixture with n = 40, p = 3, y = 10·X0·X1 + 6·X2 + 2·e; the first twelve rows of
 * sklearn.tree.DecisionTreeRegressor(**params).fit(X, y).predict(X); the first six of
 * sklearn.tree.DecisionTreeClassifier(**params).fit(X, y > 5).predict_proba(X), and of np.digitize(y, [4, 7])
 */
const GOLDENS = [
  {
    nClasses: 0,
    params: {},
    expected: [
      3.6908416979500878, 10.115845247518694, 4.358775938059186, 5.531127485680464, 9.05180929168078,
      12.106186797465549, 9.92921947029107, 9.256501529449746, 11.042020977419657, 10.18286703926106, 7.389699782419444,
      7.839849413492541,
    ],
  },
  {
    nClasses: 0,
    params: { max_depth: 3 },
    expected: [
      6.275633347898051, 9.952862781050515, 3.6415560506832496, 5.683453195231166, 8.865036916353423,
      11.696632798337191, 9.952862781050515, 9.952862781050515, 9.952862781050515, 9.952862781050515, 5.683453195231166,
      6.275633347898051,
    ],
  },
  {
    nClasses: 0,
    params: { max_depth: 4, min_samples_split: 12 },
    expected: [
      6.275633347898051, 9.702735183533973, 3.852998264806167, 5.683453195231166, 8.865036916353423, 9.702735183533973,
      9.702735183533973, 9.702735183533973, 9.702735183533973, 9.702735183533973, 5.683453195231166, 6.275633347898051,
    ],
  },
  {
    nClasses: 2,
    params: { max_depth: 2 },
    expected: [0.25, 0.75, 0.625, 0.375, 0.625, 0.375, 0, 1, 0, 1, 0, 1],
  },
  { nClasses: 2, params: {}, expected: [1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1] },
  {
    nClasses: 3,
    params: { max_depth: 2 },
    expected: [
      0.0625, 0.5, 0.4375, 0, 0, 1, 0.6666666666666666, 0.26666666666666666, 0.06666666666666667, 0.0625, 0.5, 0.4375,
      0.0625, 0.5, 0.4375, 0, 0, 1,
    ],
  },
];

describe('mljsDecisionTree', () => {
  it.each(GOLDENS)("of $nClasses classes with $params is scikit-learn's tree", async (golden) => {
    const [low, high] = golden.nClasses === 2 ? [5, Number.POSITIVE_INFINITY] : [4, 7];
    const labels = value.map((y) => Number(y > low!) + Number(y >= high!));
    const model = await fitted(
      numeric(columns),
      golden.nClasses === 0 ? value : labels,
      golden.nClasses,
      golden.params,
    );
    const predicted = model.predict(numeric(columns));
    for (const [i, expected] of golden.expected.entries()) expect(predicted[i]).toBeCloseTo(expected, 12);
  });

  it.each([
    { title: 'deep in the tree', y: [2, 2, 8, 8, 30, 31] },
    { title: 'as its first', y: [2, 2, 2, 8, 8, 8] },
  ])('takes a split that leaves no error, $title', async ({ y }) => {
    const features = numeric([y.map((_, row) => row)]);
    expect([...(await fitted(features, y, 0)).predict(features)]).toEqual(y);
  });

  it('finds one row of its class in two hundred', async () => {
    const features = numeric([Array.from({ length: 200 }, (_, i) => i)]);
    const model = await fitted(
      features,
      Array.from({ length: 200 }, (_, i) => Number(i === 120)),
      2,
    );
    expect(model.predict(numeric([[120]]))[1]).toBe(1);
  });

  it.each([
    { title: 'where the last of the first pair is of the class of the second: missed', y: [0, 1, 1, 1], p: 0.75 },
    { title: 'where it is not: found', y: [1, 0, 1, 1], p: 0.5 },
  ])('finds a split between equal values or misses it, $title', async ({ y, p }) => {
    const features = numeric([[0, 0, 1, 1]]);
    expect((await fitted(features, y, 2)).predict(features)[1]).toBe(p);
  });

  it('gives a class without a training row the probability 0, whichever it is', async () => {
    const features = numeric([[1, 2, 3, 4]]);
    expect([...(await fitted(features, [1, 1, 3, 3], 5)).predict(numeric([[1, 4]]))]).toEqual([
      0, 1, 0, 0, 0, 0, 0, 0, 1, 0,
    ]);
  });

  it.each([
    { title: 'of no feature', features: numeric([], 4) },
    { title: 'of constants', features: numeric([[7, 7, 7, 7]]) },
  ])('of a table $title says the mean, or the shares', async ({ features }) => {
    expect((await fitted(features, [1, 2, 3, 6], 0)).predict(features)[0]).toBe(3);
    expect([...(await fitted(features, [0, 1, 1, 1], 2)).predict(features)].slice(0, 2)).toEqual([0.25, 0.75]);
  });

  it('is written, read and asked at a depth of hundreds of levels', async () => {
    const y = Array.from({ length: 300 }, (_, i) => 2 ** i);
    const features = numeric([y.map((_, row) => row)]);
    const model = await fitted(features, y, 0);
    const again = mljsDecisionTree.load(readContainer(writeContainer(1, modelStateToJson(model.state))));
    expect([...again.predict(features)]).toEqual(y);
  });

  it('says from which features it was grown when it is given others', async () => {
    const model = await fitted(numeric(columns), value, 0);
    expect(() => model.predict(numeric(columns.slice(1)))).toThrow('the trees have 3 features, the table 2');
  });
});
