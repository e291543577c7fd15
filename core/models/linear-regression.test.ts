import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Features } from '../preprocessing/features.ts';
import { readContainer, writeContainer } from './file/container.ts';
import { inlineWorkers } from './inline-workers.ts';
import { coefficientsOf, numericFeatures, someWeights, takeRows, wholeTable } from './linear/table.fixture.ts';
import { linearRegression } from './linear-regression.ts';
import { modelStateToJson } from './model-state.ts';

const x0 = [0.5, 1.5, -0.7, 2.1, -1.3, 0.2, -2.0, 1.0];
const x1 = [-1.2, 0.3, 2.2, -0.4, 0.9, 1.1, -0.6, -2.3];
const target = Float64Array.of(1.2, 3.1, 0.4, 4.9, -1.7, 1.8, -4.2, 2.5);
const context = { seed: 1, workers: inlineWorkers, warn: () => {} };

const features = (...columns: number[][]) => numericFeatures(columns);
const fitted = (columns: number[][], params: Record<string, unknown> = {}) =>
  linearRegression.fit({ features: features(...columns), target, nClasses: 0 }, params, context);

// scikit-learn 1.9.1, X = np.c_[x0, x1]
// sklearn.linear_model.LinearRegression().fit(X, y).predict(X)
const LEAST_SQUARES = [
  1.2656819627118046, 3.9073216864677254, 0.0031320284700518952, 4.90540775633194, -1.7285762468808357,
  1.481920578129205, -3.742789049744482, 1.9079012845145917,
];
// sklearn.linear_model.Ridge(alpha=2.0, solver='cholesky').fit(X, y).predict(X)
const RIDGE = [
  1.3205524965772486, 3.466742109309821, -0.02428761707899718, 4.375813593373106, -1.4066619556126057,
  1.3274870376541716, -3.015487826781229, 1.9558421625584856,
];

// sklearn.linear_model.Ridge(solver='cholesky').fit(X, y).predict(X)
const DEFAULT = [
  1.2985569535921815, 3.667848030697521, -0.017495089621096027, 4.619546600248993, -1.5565387550622332,
  1.3953691373088697, -3.3471951556111454, 1.939908278446911,
];

/*
 * scikit-learn 1.9.1 on the table of linear/table.fixture.ts: coef_ and intercept_ of
 * LinearRegression().fit(X, s/1000, sample_weight=None or w) and Ridge(alpha=2.0, solver='cholesky')
 */
const WHOLE_TABLE = [
  {
    alpha: 0,
    weighted: false,
    expected: [
      2.9191971691520298, -2.0811291968971637, 0.8932640976567499, 0.0032830420049596576, -0.0032994090631952577,
      2.0100933973765267,
    ],
  },
  {
    alpha: 0,
    weighted: true,
    expected: [
      2.9390117396266766, -2.147628468720889, 0.8632648071300983, -0.010689903334635487, 0.01590165523455367,
      2.0121169267585257,
    ],
  },
  {
    alpha: 2,
    weighted: false,
    expected: [
      2.8752059778812584, -2.047786747974159, 0.8769318351693002, 0.002075476026180554, -0.0012850952786678908,
      2.0096544859955157,
    ],
  },
  {
    alpha: 2,
    weighted: true,
    expected: [
      2.895575634619628, -2.1143428918379223, 0.8482894147625272, -0.011810352305346458, 0.018315571996910605,
      2.011846350070423,
    ],
  },
];

describe('linearRegression', () => {
  it.each([
    { params: { alpha: 0 }, expected: LEAST_SQUARES },
    { params: {}, expected: DEFAULT },
    { params: { alpha: 2 }, expected: RIDGE },
  ])('with $params predicts what scikit-learn does', async ({ params, expected }) => {
    const predicted = (await fitted([x0, x1], params)).predict(features(x0, x1));
    for (const [row, value] of expected.entries()) expect(predicted[row]).toBeCloseTo(value, 12);
  });

  it.each([
    { title: 'a constant column', extra: x0.map(() => 3) },
    { title: 'a column that repeats another', extra: x1 },
    { title: 'a column that is the sum of others', extra: x0.map((value, row) => value + x1[row]!) },
  ])('predicts the same with $title beside', async ({ extra }) => {
    const predicted = (await fitted([x0, x1, extra], { alpha: 0 })).predict(features(x0, x1, extra));
    for (const [row, value] of LEAST_SQUARES.entries()) expect(predicted[row]).toBeCloseTo(value, 9);
  });

  it('predicts the mean when there is no feature', async () => {
    const none: Features = { nSamples: 8, columns: [] };
    const model = await linearRegression.fit({ features: none, target, nClasses: 0 }, {}, context);
    expect(model.predict({ nSamples: 1, columns: [] })[0]).toBeCloseTo(1, 12);
  });

  it.each(WHOLE_TABLE)("with alpha $alpha, weighted $weighted, has scikit-learn's coefficients", async (golden) => {
    const weights = golden.weighted ? { weights: someWeights } : {};
    const model = await linearRegression.fit({ ...wholeTable(0), ...weights }, { alpha: golden.alpha }, context);
    for (const [i, c] of coefficientsOf(model).entries()) expect(Math.abs(c - golden.expected[i]!)).toBeLessThan(1e-9);
  });

  it('takes a weight for so many repetitions of the row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }), fc.constantFrom(0, 0.5, 2), check),
    );
    async function check(counts: number[], alpha: number) {
      const data = { features: features(x0, x1), target, nClasses: 0 };
      const repeated = takeRows(
        data,
        counts.flatMap((count, row) => new Array<number>(count).fill(row)),
      );
      const weighted = { ...data, weights: Float64Array.from(counts) };
      const a = (await linearRegression.fit(weighted, { alpha }, context)).predict(data.features);
      const b = (await linearRegression.fit(repeated, { alpha }, context)).predict(data.features);
      // Three or four rows left can lie almost on a line, where rounding shows: 1.5e-9 was seen.
      for (const [row, value] of a.entries())
        expect(Math.abs(value - b[row]!)).toBeLessThan(1e-7 * Math.max(1, Math.abs(value)));
    }
  });

  it('does not see rows of weight 0', async () => {
    const data = { ...wholeTable(0), weights: someWeights };
    const seen = takeRows(
      data,
      [...someWeights.keys()].filter((row) => someWeights[row]! > 0),
    );
    const [all, some] = [await linearRegression.fit(data, {}, context), await linearRegression.fit(seen, {}, context)];
    expect(all.state).toEqual(some.state);
  });

  it('loses nothing where the columns are far from 0', async () => {
    const { features: whole, target: values } = wholeTable(0);
    const far = whole.columns.map((column) => (column as { values: Float64Array }).values.map((x) => x + 1e6));
    const model = await linearRegression.fit(
      { features: numericFeatures(far), target: values, nClasses: 0 },
      { alpha: 0 },
      context,
    );
    const { expected } = WHOLE_TABLE[0]!;
    for (const [i, c] of coefficientsOf(model).slice(0, 5).entries())
      expect(Math.abs(c - expected[i]!)).toBeLessThan(1e-8);
  });

  it.each([
    { title: 'one row', rows: [3], change: {} },
    { title: 'weights as large as doubles go', rows: [1, 2, 3], change: { weights: Float64Array.of(1e308, 1e308, 1) } },
    {
      title: 'weights as small as doubles go',
      rows: [1, 2, 3],
      change: { weights: Float64Array.of(5e-324, 5e-324, 0) },
    },
    {
      title: 'a target as large as doubles go',
      rows: [1, 2, 3],
      change: { target: Float64Array.of(1e308, -1e308, 0) },
    },
    { title: 'a target as small as doubles go', rows: [1, 2, 3], change: { target: Float64Array.of(5e-324, 0, 0) } },
  ])('of $title is a model of finite numbers that its file can hold', async ({ rows, change }) => {
    const data = { ...takeRows(wholeTable(0), rows), ...change };
    const model = await linearRegression.fit(data, {}, context);
    const again = linearRegression.load(readContainer(writeContainer(1, modelStateToJson(model.state))));
    const predicted = again.predict(wholeTable(0).features);
    expect(predicted.every(Number.isFinite)).toBe(true);
    expect(predicted).toEqual(model.predict(wholeTable(0).features));
  });

  it("keeps a huge target's digits", async () => {
    const data = wholeTable(0);
    const scaled = { ...data, target: data.target.map((y) => y * 2 ** 1000) };
    const [plain, huge] = [
      await linearRegression.fit(data, {}, context),
      await linearRegression.fit(scaled, {}, context),
    ];
    expect(coefficientsOf(huge)).toEqual(coefficientsOf(plain).map((c) => c * 2 ** 1000));
  });

  it('has the same bits on every machine', async () => {
    const model = await linearRegression.fit({ ...wholeTable(0), weights: someWeights }, { alpha: 0.1 }, context);
    expect(coefficientsOf(model)).toEqual([
      2.9368090469651205, -2.1459390851007876, 0.8625034331322146, -0.010748077676786679, 0.016026118671177574,
      2.012103206705357,
    ]);
  });
});
