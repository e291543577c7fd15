import { describe, expect, it } from 'vitest';
import type { Features } from '../../preprocessing/features.ts';
import { createRandom } from '../../random/random.ts';
import { gradientBoosting } from '../gradient-boosting.ts';
import { inlineWorkers } from '../inline-workers.ts';
import type { FittedModel, ModelPlugin } from '../model.ts';
import { randomForest } from '../random-forest.ts';
import { binsByRow, mixedRows, wayDown } from './random-ensemble.fixture.ts';
import { treesIn } from './trees-in.fixture.ts';

const N = 700;
const random = createRandom(3, 'grown');
const features: Features = {
  nSamples: N,
  columns: mixedRows(random, N, 5).columns.map((column) =>
    column.kind === 'numeric' ? { ...column, values: column.values.map((v) => Math.round(v)) } : column,
  ),
};
const [x, k] = [features.columns[0]!, features.columns[1]!];
const value = Float64Array.from({ length: N }, (_, row) => {
  const [v, code] = [x.kind === 'numeric' ? x.values[row]! : 0, k.kind === 'categorical' ? k.codes[row]! : 0];
  return (Number.isNaN(v) ? 30 : v) + 5 * (code % 4) + 4 * random.normal();
});
const classes = value.map((y) => Math.max(0, Math.min(2, Math.floor((y + 10) / 15))));

const learn = (plugin: ModelPlugin, target: Float64Array, nClasses: number, params: object): Promise<FittedModel> =>
  plugin.fit({ features, target, nClasses }, { ...params }, { seed: 4, workers: inlineWorkers, warn: () => {} });

/** The trees of a model, and of each tree the nodes that the training rows pass. */
function treesOf(model: FittedModel) {
  const { ensemble: trees, binnings } = treesIn(model);
  const bins = binsByRow(binnings, features);
  const ways = Array.from({ length: trees.roots.length - 1 }, (_, tree) =>
    bins.map((own) => wayDown(trees, tree, own)),
  );
  return { trees, ways };
}

/** Training rows by the node that they pass. */
function rowsByNode(ways: readonly (readonly number[])[]): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, way] of ways.entries()) for (const node of way) rows.set(node, [...(rows.get(node) ?? []), row]);
  return rows;
}
const meanOf = (rows: readonly number[], of: (row: number) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0) / rows.length;

describe.each([
  { title: 'no limits', params: {} },
  { title: 'leaves of 8 rows', params: { min_samples_leaf: 8 } },
  { title: 'three levels', params: { max_depth: 3 } },
  { title: 'two of five features at a time', params: { max_features: 0.4 } },
])('trees with $title hold the rows that reach them from the table', ({ params }) => {
  it.each([
    { title: 'values', target: value, nClasses: 0, width: 1 },
    { title: 'classes', target: classes, nClasses: 3, width: 3 },
  ])('in a forest of $title', async ({ target, nClasses, width }) => {
    const model = await learn(randomForest, target, nClasses, { n_estimators: 3, bootstrap: false, ...params });
    const { trees, ways } = treesOf(model);
    for (const own of ways) {
      for (const [node, rows] of rowsByNode(own)) {
        expect(trees.cover[node]).toBe(rows.length);
        expect(rows.length).toBeGreaterThanOrEqual(params.min_samples_leaf ?? 1);
        if (trees.feature[node]! >= 0) continue;
        for (let output = 0; output < width; output++) {
          const mean = meanOf(rows, (row) => (nClasses === 0 ? target[row]! : Number(target[row] === output)));
          expect(trees.values[trees.right[node]! * width + output]).toBeCloseTo(mean, 8);
        }
      }
    }
  });

  it('in boosting of values, round after round', async () => {
    const settings = { n_estimators: 4, learning_rate: 0.5, min_samples_leaf: 1, max_leaf_nodes: 60, ...params };
    const { trees, ways } = treesOf(await learn(gradientBoosting, value, 0, settings));
    const missed = value.map((y) => y - trees.base[0]!);
    for (const own of ways) {
      const added = new Float64Array(N);
      for (const [node, rows] of rowsByNode(own)) {
        expect(trees.cover[node]).toBe(rows.length);
        expect(rows.length).toBeGreaterThanOrEqual(settings.min_samples_leaf);
        if (trees.feature[node]! >= 0) continue;
        const says = trees.values[trees.right[node]!]!;
        // Residuals are rounded to 2⁻³⁰ of the largest.
        expect(says).toBeCloseTo(0.5 * meanOf(rows, (row) => missed[row]!), 6);
        for (const row of rows) added[row] = says;
      }
      for (let row = 0; row < N; row++) missed[row]! -= added[row]!;
    }
  });
});
