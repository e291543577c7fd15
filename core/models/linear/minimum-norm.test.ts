import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineWorkers } from '../inline-workers.ts';
import { linearRegression } from '../linear-regression.ts';
import { uniformRows } from '../uniform-rows.fixture.ts';
import { coefficientsOf, numericFeatures } from './table.fixture.ts';

const context = { seed: 1, workers: inlineWorkers, warn: () => {} };
const oneHot = (rows: number, levels: number) =>
  Array.from({ length: levels }, (_, level) =>
    Array.from({ length: rows }, (_, row) => Number(row % levels === level)),
  );

async function solve(columns: readonly ArrayLike<number>[], target: ArrayLike<number>, weights?: Float64Array) {
  const features = numericFeatures(columns.map((column) => Array.from(column)));
  const data = { features, target: Float64Array.from(target), nClasses: 0, ...(weights && { weights }) };
  const model = await linearRegression.fit(data, { alpha: 0 }, context);
  return { coefficients: coefficientsOf(model).slice(0, columns.length), predicted: model.predict(features) };
}

const { columns, noise } = uniformRows(40, 3);
const [a, b, c] = columns as [Float64Array, Float64Array, Float64Array];
const target = noise.map((e, i) => 3 * a[i]! - 2 * b[i]! + c[i]! + e);
const wide = uniformRows(6, 8);
const long = uniformRows(600, 3);

/*
 * NumPy 2.4.6, A = the columns, n × p, y = 3·X0 − 2·X1 + X2 + e of X, e = uniformRows(n, 3):
 * numpy.linalg.lstsq(A - A.mean(0), y - y.mean(), rcond=None)[0]
 */
const GOLDEN = [
  {
    title: 'a column that repeats another',
    columns: [a, b, c, b],
    expected: [3.289181567179142, -0.9908274068557883, 1.2621606231638425, -0.9908274068557875],
  },
  {
    title: 'a column that is the sum of others',
    columns: [a, b, c, a.map((x, i) => x + b[i]!)],
    expected: [2.8533393160232756, -2.417497064867422, 1.2621606231638447, 0.43584225115585506],
  },
  {
    title: 'two columns of categories, all levels of each',
    columns: [a, b, c, ...oneHot(40, 4), ...oneHot(40, 3)],
    expected: [
      3.3131046692443356, -1.9427979392705743, 1.1812140792796453, 0.051743117590971194, -0.06972360782580896,
      -0.029169468415770207, 0.04714995865060715, -0.04686767133643409, -0.0581665567399984, 0.10503422807643348,
    ],
  },
  {
    // The target is a sum of these columns.
    title: 'a column that nearly repeats another',
    columns: [a, b, c, a.map((x, i) => x + 1e-6 * noise[i]!)],
    expected: [-999996.9999853706, -2.0, 0.99999999997696, 999999.9999853704],
    tolerance: 1e-3,
  },
  {
    // y = X0 − X1 + e
    title: 'more columns than rows',
    columns: wide.columns,
    target: wide.noise.map((e, i) => wide.columns[0]![i]! - wide.columns[1]![i]! + e),
    expected: [
      0.23866667469421032, -0.10236921554740272, -0.12356818233315507, -0.03443744299175267, 0.030621516635026744,
      0.32086650886692475, -0.5252919229798473, -0.4880113852679477,
    ],
  },
  {
    // w = 1 + np.arange(600) % 3: both sides less their means weighted by w, times np.sqrt(w)
    title: 'more rows than are taken up at once, with weights',
    columns: [...long.columns, ...oneHot(600, 4), ...oneHot(600, 7)],
    target: long.noise.map((e, i) => 3 * long.columns[0]![i]! - 2 * long.columns[1]![i]! + long.columns[2]![i]! + e),
    weights: Float64Array.from({ length: 600 }, (_, row) => 1 + (row % 3)),
    expected: [
      3.025847411198906, -1.9761274779212998, 1.035274458522904, 0.01799426719787975, 0.023650770082279494,
      -0.03009255152079623, -0.011552485759362392, 0.007133464414615635, -0.016386087953346964, 0.01447032879997192,
      -0.0012127308064972182, 0.037422551881689664, -0.03350366722527975, -0.007923859111153987,
    ],
  },
];

describe('linearRegression with alpha 0', () => {
  it.each(GOLDEN)('has the coefficients of the smallest norm: $title', async (golden) => {
    const { coefficients } = await solve(golden.columns, golden.target ?? target, golden.weights);
    for (const [j, value] of golden.expected.entries())
      expect(Math.abs(coefficients[j]! - value)).toBeLessThan(golden.tolerance ?? 1e-12);
  });

  it('gives a constant column 0, and others what they have without it', async () => {
    const alone = await solve([a, b, c], target);
    const beside = await solve([a, a.map(() => 3), b, c], target);
    expect([...beside.coefficients]).toEqual([alone.coefficients[0], 0, ...alone.coefficients.slice(1)]);
  });

  it('shares a coefficient among any number of copies, and predicts as without them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), async (copies) => {
        const alone = await solve([a, b, c], target);
        const { coefficients, predicted } = await solve([a, b, ...Array(copies).fill(c)], target);
        for (const value of coefficients.slice(2))
          expect(Math.abs(value - alone.coefficients[2]! / copies)).toBeLessThan(1e-12);
        for (const [row, y] of predicted.entries()) expect(Math.abs(y - alone.predicted[row]!)).toBeLessThan(1e-12);
      }),
    );
  });
});
