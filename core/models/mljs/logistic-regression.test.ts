import { describe, expect, it, vi } from 'vitest';
import { exp } from '../../stats/elementary.ts';
import { fit, numeric, uniformRows } from './fit.fixture.ts';
import { mljsLogisticRegression } from './logistic-regression.ts';

const fitted = fit.bind(null, mljsLogisticRegression);
const features = numeric([
  [0.5, 1.5, -0.7, 2.1, -1.3, 0.2, -2.0, 1.0],
  [-1.2, 0.3, 2.2, -0.4, 0.9, 1.1, -0.6, -2.3],
]);

/*
 * scikit-learn 1.9.1, X = np.c_[x0, x1]; the first four rows of sklearn.multiclass.OneVsRestClassifier(
 * sklearn.linear_model.LogisticRegression(C=np.inf, max_iter=100000, tol=1e-13)).fit(X, y).predict_proba(X)
 */
const GOLDENS = [
  {
    y: [0, 1, 0, 0, 0, 1, 0, 1],
    expected: [
      0.5893436362549664, 0.4106563637450336, 0.399561826501298, 0.600438173498702, 0.8018592917573968,
      0.19814070824260327, 0.2883044897061967, 0.7116955102938033,
    ],
  },
  {
    y: [0, 1, 2, 2, 1, 0, 2, 1],
    expected: [
      0.2576155240543323, 0.4710259192115336, 0.27135855673413417, 0.2924313701948337, 0.39204282175250105,
      0.3155258080526653, 0.2245604076412989, 0.2076041152900378, 0.5678354770686633, 0.30499082557641716,
      0.45573720301295273, 0.23927197141063009,
    ],
  },
];

describe('mljsLogisticRegression', () => {
  it.each(GOLDENS)("of classes $y gives scikit-learn's probabilities", async ({ y, expected }) => {
    const model = await fitted(features, y, Math.max(...y) + 1);
    const predicted = model.predict(features);
    // Weights are rounded to 24 bits.
    for (const [i, p] of expected.entries()) expect(Math.abs(predicted[i]! - p)).toBeLessThan(1e-6);
  });

  it('has an intercept, which the library lacks: a threshold away from 0 is found', async () => {
    const x = uniformRows(200, 1).columns[0]!.map((u) => (u - 0.5) * Math.sqrt(12));
    const labels = x.map((value) => Number(value > 1));
    const predicted = (await fitted(numeric([x]), labels, 2)).predict(numeric([x]));
    const right = labels.filter((label, row) => predicted[row * 2 + label]! > 0.5).length;
    expect(right).toBeGreaterThan(195);
  });

  it.each([
    { title: "few rows, for which the library's own is too short", n: 60, copies: 1, max_iter: 100 },
    { title: 'many equal columns, for which it is too long', n: 500, copies: 60, max_iter: 60 },
  ])('takes a step that suits a table of $title', async ({ n, copies, max_iter }) => {
    const { columns, noise } = uniformRows(n, 1);
    // Each row beside its mirror image, so that the intercept is 0 and only the slope is learned.
    const half = columns[0]!.map((u) => (u - 0.5) * Math.sqrt(12));
    const labels = noise.map((e, i) => Number(half[i]! + 3 * (e - 0.5) > 0));
    const x = [...half, ...half.map((value) => -value)];
    const warn = vi.fn();
    const features = numeric(Array.from({ length: copies }, () => x));
    await fitted(features, [...labels, ...labels.map((label) => 1 - label)], 2, { max_iter }, { warn });
    expect(warn).not.toHaveBeenCalled();
  });

  it('says when it has not converged, in the same words for every fold', async () => {
    const warn = vi.fn();
    await fitted(features, GOLDENS[0]!.y, 2, { max_iter: 3 }, { warn });
    expect(warn.mock.calls).toEqual([
      ['mljs_logistic_regression has not converged after 3 steps: raise max_iter, or use logistic_regression'],
    ]);
  });

  it('gives a class without a training row the probability 0, and the others what they have without it', async () => {
    const y = GOLDENS[0]!.y;
    const two = (await fitted(features, y, 2)).predict(features);
    const gap = (
      await fitted(
        features,
        y.map((label) => label * 2),
        3,
      )
    ).predict(features);
    for (let row = 0; row < 8; row++)
      expect([...gap.subarray(row * 3, row * 3 + 3)]).toEqual([two[row * 2]!, 0, two[row * 2 + 1]!]);
  });

  it('of a table without features gives the shares of the classes', async () => {
    const model = await fitted(numeric([], 4), [0, 1, 1, 1], 2);
    for (const [i, share] of [0.25, 0.75].entries()) expect(model.predict(numeric([], 4))[i]).toBeCloseTo(share, 6);
  });

  it('still has probabilities for a row that is infinitely far from every class', async () => {
    const model = await fitted(features, GOLDENS[1]!.y, 3);
    const far = model.predict(
      numeric([
        [1e300, -1e300],
        [0, 0],
      ]),
    );
    expect(far.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(far.subarray(0, 3).reduce((sum, p) => sum + p, 0)).toBe(1);
  });

  it("is the same whatever the last bit of the engine's Math.exp", async () => {
    const native = (await fitted(features, GOLDENS[1]!.y, 3)).state;
    for (const error of [0, 2 ** -52, -(2 ** -52)]) {
      const spy = vi.spyOn(Math, 'exp').mockImplementation((x) => exp(x) * (1 + error));
      try {
        expect((await fitted(features, GOLDENS[1]!.y, 3)).state).toEqual(native);
        expect(spy).toHaveBeenCalled();
      } finally {
        spy.mockRestore();
      }
    }
  });
});
