import { afterAll, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../../io/worker-pool.ts';
import type { WorkerPool } from '../../ports/worker-pool.ts';
import type { Feature, Features } from '../../preprocessing/features.ts';
import { createRandom } from '../../random/random.ts';
import type { FittedModel } from '../model.ts';
import { treesIn } from '../trees/trees-in.fixture.ts';
import { numeric, rowsOf } from '../uniform-rows.fixture.ts';
import { boosted } from './boosted.fixture.ts';

const pools = [createWorkerPool(2), createWorkerPool(4)];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

/** Numbers, numbers with gaps, few values, categories with gaps, and what depends on them. */
function aTable(n: number) {
  const random = createRandom(7, 'table');
  const draw = (next: () => number) => Float64Array.from({ length: n }, next);
  const [x, y, few] = [draw(() => random.normal()), draw(() => random.uniform()), draw(() => random.integer(4))];
  const codes = Int32Array.from({ length: n }, () => random.integer(13) - 1);
  const columns: Feature[] = [
    { kind: 'numeric', name: 'x', values: x },
    { kind: 'numeric', name: 'y', values: y.map((value) => (value > 0.8 ? Number.NaN : value)) },
    { kind: 'numeric', name: 'few', values: few },
    { kind: 'categorical', name: 'code', codes, nCategories: 12 },
    { kind: 'numeric', name: 'noise', values: draw(() => random.normal()) },
  ];
  const target = x.map((v, row) => v * y[row]! + (codes[row]! % 3) + 0.5 * few[row]! + 0.3 * random.normal());
  return {
    features: { nSamples: n, columns } satisfies Features,
    target,
    label: (classes: number) => target.map((v) => Math.max(0, Math.min(classes - 1, Math.floor(v + classes / 4)))),
    weights: draw(() => random.uniform() + 0.1),
    keys: draw(() => random.integer(2 ** 31)),
  };
}

const large = aTable(21_000);
const small = aTable(600);
const FEW = { n_estimators: 3, max_leaf_nodes: 12 };
const reversed = Array.from({ length: 600 }, (_, row) => 599 - row);
const backwards = (values: ArrayLike<number>) => reversed.map((row) => values[row]!);
const twice = Array.from({ length: 1200 }, (_, i) => i >> 1);

describe('gradientBoosting on 2 and 4 threads is the same to the last bit', () => {
  it.each([
    { title: 'for values', data: {}, params: {} },
    { title: 'for values with weights', data: { weights: large.weights }, params: { min_samples_leaf: 3 } },
    { title: 'for two classes', data: { nClasses: 2 }, params: { class_weight: 'balanced' } },
    { title: 'for four classes', data: { nClasses: 4 }, params: { n_estimators: 2 } },
    { title: 'on drawn rows and features', data: {}, params: { subsample: 0.4, max_features: 0.5 } },
    { title: 'with leaves without end', data: {}, params: { max_leaf_nodes: null, n_estimators: 1 } },
    { title: 'with directions', data: {}, params: { monotonic_cst: { x: 1, y: -1 }, max_leaf_nodes: 40 } },
    { title: 'with early stopping', data: { nClasses: 2 }, params: { early_stopping: true, n_iter_no_change: 2 } },
  ])('$title', async ({ data, params }) => {
    const nClasses = 'nClasses' in data ? data.nClasses : 0;
    const target = nClasses === 0 ? large.target : large.label(nClasses);
    const own = (workers?: WorkerPool) =>
      boosted(
        { ...large, ...data, weights: data.weights as never, target },
        { ...FEW, ...params },
        { ...(workers && { workers }) },
      );
    const alone = (await own()).state;
    for (const pool of pools) expect((await own(pool)).state).toEqual(alone);
  });
});

describe('gradientBoosting', () => {
  const { features, target, weights, keys, label } = small;
  const whole = target.map((y) => Math.round(16 * y)); // sums of them are exact, whatever the order

  it.each([
    { title: 'values', params: {}, data: { target: whole } },
    {
      title: 'values, rows and features drawn',
      params: { subsample: 0.5, max_features: 0.4 },
      data: { target: whole },
    },
    { title: 'two classes', params: { class_weight: 'balanced' }, data: { target: label(2), nClasses: 2 } },
    { title: 'three classes', params: {}, data: { target: label(3), nClasses: 3 } },
  ])('does not care for the order of the rows: $title', async ({ params, data }) => {
    const forward = await boosted({ features, keys, ...data }, { ...FEW, ...params });
    const back = await boosted(
      { features: rowsOf(features, reversed), keys: backwards(keys), ...data, target: backwards(data.target) },
      { ...FEW, ...params },
    );
    expect(back.state).toEqual(forward.state);
  });

  it.each([{ nClasses: 0 }, { nClasses: 2 }, { nClasses: 3 }])(
    'of $nClasses classes takes weight 2 for the row twice',
    async ({ nClasses }) => {
      const goal = nClasses === 0 ? whole : label(nClasses);
      // A leaf's rows are counted without weights. Doubled rows also double what a category needs to be looked at.
      const numbers = { ...features, columns: features.columns.filter(({ kind }) => kind === 'numeric') };
      const params = { ...FEW, n_estimators: 10, min_samples_leaf: 1, min_hessian_to_split: 5 };
      const heavy = await boosted({ features: numbers, target: goal, nClasses, weights: goal.map(() => 2) }, params);
      const doubled = await boosted(
        { features: rowsOf(numbers, twice), target: twice.map((row) => goal[row]!), nClasses },
        params,
      );
      const [a, b] = [heavy.predict(numbers), doubled.predict(numbers)];
      for (const [i, y] of a.entries()) expect(Math.abs(y - b[i]!)).toBeLessThan(1e-9);
    },
  );

  it.each([
    { title: 'values', params: {}, data: { target } },
    { title: 'values, rows drawn', params: { subsample: 0.7 }, data: { target } },
    { title: 'two classes', params: { class_weight: 'balanced' }, data: { target: label(2), nClasses: 2 } },
    { title: 'values with early stopping', params: { early_stopping: true, n_estimators: 30 }, data: { target } },
  ])('is bit for bit what it is without rows of weight 0: $title', async ({ params, data }) => {
    const own = weights.map((weight, row) => (row % 4 === 1 ? 0 : weight));
    const strange = data.target.map((y, row) => (row % 4 === 1 ? ('nClasses' in data ? 1 : 1e6) : y));
    const kept = reversed.filter((row) => row % 4 !== 1).reverse();
    const pick = (values: ArrayLike<number>) => kept.map((row) => values[row]!);
    const weightless = await boosted({ features, keys, ...data, target: strange, weights: own }, { ...FEW, ...params });
    const without = await boosted(
      { features: rowsOf(features, kept), keys: pick(keys), ...data, target: pick(data.target), weights: pick(own) },
      { ...FEW, ...params },
    );
    expect(weightless.state).toEqual(without.state);
  });

  it.each([2 ** 40, 2 ** -40, 2 ** 900, 2 ** -900])('times %d is the same model times that', async (unit) => {
    const plain = await boosted({ features, target }, FEW);
    const scaled = await boosted({ features, target: target.map((y) => y * unit) }, FEW);
    expect(scaled.predict(features)).toEqual(plain.predict(features).map((y) => y * unit));
    expect(scaled.importances!()).toEqual(plain.importances!());
  });

  it('is not changed by a feature that is always the same, or always missing', async () => {
    const with_ = (value: number): Features => ({
      ...features,
      columns: [{ kind: 'numeric', name: 'c', values: target.map(() => value) }, ...features.columns],
    });
    const plain = await boosted({ features, target }, FEW);
    for (const value of [3, Number.NaN]) {
      const model = await boosted({ features: with_(value), target }, FEW);
      expect(model.predict(with_(value))).toEqual(plain.predict(features));
      expect(model.importances!().subarray(1)).toEqual(plain.importances!());
    }
  });

  // Bins lie in tiles of 16 features, the last as narrow as its own, and are summed by eights, fours, twos and ones.
  it('is the same beside any number of features that say nothing', async () => {
    const plain = await boosted({ features, target }, FEW);
    for (let n = 1; n <= 30; n++) {
      const values = new Float64Array(features.nSamples);
      const idle = Array.from({ length: n }, (_, i): Feature => ({ kind: 'numeric', name: `idle ${i}`, values }));
      const wider: Features = { ...features, columns: [...idle, ...features.columns] };
      const model = await boosted({ features: wider, target }, FEW);
      expect(model.predict(wider)).toEqual(plain.predict(features));
      expect(model.importances!().subarray(n)).toEqual(plain.importances!());
    }
  });

  it.each([{ subsample: 0.5 }, { max_features: 0.5 }])('draws by the seed: %j', async (params) => {
    const predicted = async (seed: number) =>
      (await boosted({ features, target }, { ...FEW, ...params }, { seed })).predict(features);
    expect(await predicted(1)).toEqual(await predicted(1));
    expect(await predicted(2)).not.toEqual(await predicted(1));
  });

  it.each([
    { nClasses: 0, learning_rate: 1 },
    { nClasses: 2, learning_rate: 0.3 },
    { nClasses: 3, learning_rate: 0.3 },
  ])(
    'of $nClasses classes never misses more of its training rows after another round',
    async ({ nClasses, ...rate }) => {
      const goal = nClasses === 0 ? target : label(nClasses);
      const loss = (model: FittedModel) => {
        const predicted = model.predict(features);
        return goal.reduce(
          (sum, y, row) =>
            sum + (nClasses === 0 ? (y - predicted[row]!) ** 2 : -Math.log(predicted[row * nClasses + y]!)),
          0,
        );
      };
      let before = Number.POSITIVE_INFINITY;
      for (const n_estimators of [1, 2, 3, 4, 6, 9, 13, 20, 40]) {
        const now = loss(await boosted({ features, target: goal, nClasses }, { ...FEW, ...rate, n_estimators }));
        expect(now).toBeLessThan(before);
        before = now;
      }
    },
  );

  it('has the same first trees, whatever the number of rounds', async () => {
    const three = treesIn(await boosted({ features, target }, { ...FEW, n_estimators: 3 })).ensemble;
    const five = treesIn(await boosted({ features, target }, { ...FEW, n_estimators: 5 })).ensemble;
    expect(five.feature.subarray(0, three.feature.length)).toEqual(three.feature);
    expect(five.values.subarray(0, three.values.length)).toEqual(three.values);
  });

  it('learns the best constant of each side of a step from one feature', async () => {
    const x = Float64Array.from({ length: 60 }, (_, row) => row);
    const model = await boosted(
      { features: numeric([x]), target: x.map((v) => (v < 25 ? 2 : 7)) },
      { n_estimators: 1, learning_rate: 1 },
    );
    for (const [row, y] of model.predict(numeric([x])).entries()) expect(y).toBeCloseTo(row < 25 ? 2 : 7, 6);
  });
});
