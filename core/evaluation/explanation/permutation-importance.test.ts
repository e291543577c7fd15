import { describe, expect, it } from 'vitest';
import { metrics } from '../../metrics/index.ts';
import { decided, ofPositive } from '../../models/predictions.ts';
import { categoricalColumn, createTable, type NumericColumn, type Table } from '../../table/table.ts';
import { permutationImportance } from './permutation-importance.ts';
import { createShapSummary } from './shap-summary.ts';

/** Lehmer's generator, the same in the Python calls below: x ← 48271·x mod 2³¹−1 from 1, as shares of 2³¹−1. */
function lehmer(n: number): number[] {
  let x = 1;
  return Array.from({ length: n }, () => {
    x = (x * 48271) % 2147483647;
    return x / 2147483647;
  });
}

/** X = v[:180].reshape(60, 3), e = v[180:] of v = lehmer(240), with names. */
const v = lehmer(240);
const [a, b, c] = [0, 1, 2].map((j) => Float64Array.from({ length: 60 }, (_, i) => v[3 * i + j]!));
const table = createTable([
  { kind: 'numeric', name: 'a', values: a! },
  { kind: 'numeric', name: 'b', values: b! },
  { kind: 'numeric', name: 'c', values: c! },
]);
const columns = ['a', 'b', 'c'];
const rows = Uint32Array.from({ length: 60 }, (_, row) => row);
const value = a!.map((x, i) => 3 * x - b![i]! + v[180 + i]!);
const label = a!.map((x, i) => Number(x + 0.5 * v[180 + i]! > 0.75));

function linear(weights: Record<string, number>): (table: Table) => Float64Array {
  return ({ columns: all, nRows }) => {
    const sums = new Float64Array(nRows);
    for (const { name, values } of all as NumericColumn[])
      sums.forEach((_, row) => {
        sums[row]! += (weights[name] ?? 0) * values[row]!;
      });
    return sums;
  };
}
const predictValue = linear({ a: 3, b: -1 });
const predictPositive = linear({ a: 0.7, b: 0.3 });
const values = { predict: (given: Table) => decided({ outputs: predictValue(given), nClasses: 0 }), target: value };
const classes = { predict: (given: Table) => decided(ofPositive(predictPositive(given))), target: label };

describe('permutationImportance', () => {
  /*
   * scikit-learn 1.9.1: permutation_importance(model, X, y, scoring=…, n_repeats=20000, random_state=0), mean and std;
   * model.predict is 3·X0 − X1 for y = 3·X0 − X1 + e, model.predict_proba .7·X0 + .3·X1 for X0 + .5·e > .75
   */
  it.each([
    { metric: 'rmse', of: values, means: [0.80403, 0.154936, 0], deviations: [0.079133, 0.024019, 0] },
    { metric: 'r2', of: values, means: [1.567225, 0.203049, 0], deviations: [0.215021, 0.034983, 0] },
    { metric: 'roc_auc', of: classes, means: [0.41656, -0.037613, 0], deviations: [0.069927, 0.021062, 0] },
  ])("of $metric is scikit-learn's, as far as 500 shuffles tell", ({ metric, of, means, deviations }) => {
    const found = permutationImportance({
      ...of,
      table,
      rows,
      columns,
      metric: metrics.get(metric),
      nRepeats: 500,
      seed: 1,
    });
    for (const [i, { column, mean, standardDeviation, interval }] of found.entries()) {
      expect(column).toBe(columns[i]);
      // Four standard errors of a mean of 500; a standard deviation's own is 1/√1000 of it.
      expect(Math.abs(mean - means[i]!)).toBeLessThanOrEqual((4 * deviations[i]!) / Math.sqrt(500));
      expect(Math.abs(standardDeviation - deviations[i]!)).toBeLessThanOrEqual((4 * deviations[i]!) / Math.sqrt(1000));
      // scipy.stats.t.ppf(.975, 499) = 1.9647
      expect(interval![1] - mean).toBeCloseTo((1.9647 * standardDeviation) / Math.sqrt(499), 5);
      expect(mean - interval![0]).toBeCloseTo(interval![1] - mean, 12);
    }
  });

  const ask = (changes: Partial<Parameters<typeof permutationImportance>[0]> = {}) =>
    permutationImportance({ ...values, table, rows, columns, metric: metrics.get('rmse'), seed: 7, ...changes });

  it('is the same for the same seed, and another for another', () => {
    expect(ask()).toEqual(ask());
    expect(ask({ seed: 8 })[0]!.mean).not.toBe(ask()[0]!.mean);
  });

  it('of a column does not move when another is added, or the columns stand in another order', () => {
    const more: NumericColumn = { kind: 'numeric', name: 'more', values: c! };
    const wider = createTable([more, ...table.columns].reverse());
    const found = ask({ table: wider, columns: ['more', 'c', 'b', 'a'] });
    expect(found.slice(1).reverse()).toEqual(ask());
  });

  it('shuffles a copy: the table keeps its values', () => {
    const before = structuredClone(table.columns);
    const own = new Set((table.columns as NumericColumn[]).map((column) => column.values.buffer));
    ask({
      predict: (given) => {
        for (const column of given.columns as NumericColumn[]) {
          expect(own.has(column.values.buffer)).toBe(false);
          expect([...column.values].sort()).toEqual([...(table.column(column.name) as NumericColumn).values].sort());
        }
        return values.predict(given);
      },
    });
    expect(table.columns).toEqual(before);
  });

  it('uses the rows it was given, and no others', () => {
    const some = Uint32Array.of(50, 3, 7, 21, 0, 9);
    const target = Float64Array.from(some, (row) => value[row]!);
    expect(ask({ rows: some })).toEqual(ask({ table: table.take(some), target, rows: rows.slice(0, 6) }));
  });

  it('shuffles text and missing values too', () => {
    const words = createTable([categoricalColumn('plan', ['x', undefined, 'y', 'x', 'y', 'x'])]);
    const predict = (given: Table) => {
      const column = given.columns[0]!;
      const codes = column.kind === 'categorical' ? Float64Array.from(column.codes) : new Float64Array(6);
      return decided({ outputs: codes, nClasses: 0 });
    };
    const target = Float64Array.of(0, -1, 1, 0, 1, 0);
    const [plan] = ask({ predict, table: words, target, columns: ['plan'], rows: rows.slice(0, 6) });
    expect(plan!.mean).toBeGreaterThan(0);
  });

  it('has no interval of one repeat, and is NaN where the metric is undefined', () => {
    expect(ask({ nRepeats: 1 })[0]).toMatchObject({ standardDeviation: 0, interval: null });
    const one = ask({ ...classes, target: new Float64Array(60), metric: metrics.get('roc_auc') });
    expect(one[0]).toEqual({ column: 'a', mean: Number.NaN, standardDeviation: Number.NaN, interval: null });
  });
});

describe('createShapSummary', () => {
  it('is the mean of |SHAP| per output and feature, however the rows are cut', () => {
    const summary = createShapSummary(2, 2);
    const base = new Float64Array(2);
    summary.add({ nOutputs: 2, base, values: Float64Array.of(1, -2, 3, -4, -3, 0, 1, 0) });
    summary.add({ nOutputs: 2, base, values: Float64Array.of(2, 2, -2, 2) });
    expect([...summary.mean()]).toEqual([2, 4 / 3, 2, 2]);
  });
});
