import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { inlineWorkers } from '../inline-workers.ts';
import { randomForest } from '../random-forest.ts';
import { numeric, uniformRows } from '../uniform-rows.fixture.ts';
import { collapseNodes, leastCover } from './collapse-nodes.ts';
import { binsByRow, mixedBinnings, mixedRows, randomEnsemble, walk, wayDown } from './random-ensemble.fixture.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import { explainTrees } from './tree-shap.ts';

const random = createRandom(3, 'collapse');
const binnings = mixedBinnings(5);
const rows = mixedRows(random, 60, 5);
const bins = binsByRow(binnings, rows);
const columns = binnings.map((_, f) => Uint8Array.from(bins, (row) => row[f]!));

/** A split into rows of weight 30 and 10; the latter are split into 6 and 4. Leaves say 1, 2 and 7. */
const small: TreeEnsemble = {
  roots: Int32Array.of(0, 5),
  feature: Int32Array.of(0, -1, 1, -1, -1),
  bin: Uint8Array.of(3, 0, 0, 0, 0),
  right: Int32Array.of(2, 0, 4, 1, 2),
  missingLeft: Uint8Array.of(1, 0, 0, 0, 0),
  set: Int32Array.of(-1, -1, 0, -1, -1),
  sets: Uint32Array.of(5, 0, 0, 0, 0, 0, 0, 0),
  cover: Float64Array.of(40, 30, 10, 6, 4),
  values: Float64Array.of(1, 2, 7),
  ...{ width: 1, nOutputs: 1, base: Float64Array.of(0), scale: 1, importances: Float64Array.of(0.5, 0.5) },
};

describe('collapseNodes', () => {
  it('makes a leaf of a split of too few rows, which says their mean', () => {
    const { roots, feature, right, values, cover, set } = collapseNodes(small, 20);
    expect([[...roots], [...feature], [...right]]).toEqual([
      [0, 3],
      [0, -1, -1],
      [2, 0, 1],
    ]);
    expect([[...values], [...cover], [...set]]).toEqual([
      [1, 0.6 * 2 + 0.4 * 7],
      [40, 30, 10],
      [-1, -1, -1],
    ]);
  });

  it('leaves trees alone that have no such split', () => {
    expect(collapseNodes(small, 10)).toBe(small);
  });

  it.each([
    { nOutputs: 1, width: 1 },
    { nOutputs: 3, width: 3 },
    { nOutputs: 3, width: 1 },
  ])('keeps every other split, and the mean output: $nOutputs outputs, leaves of $width', (shape) => {
    const drawn = randomEnsemble(random, { nTrees: 3, nFeatures: 5, deepest: 3, ...shape });
    const trees = { ...drawn, cover: drawn.cover.map((weight, node) => (drawn.roots.includes(node) ? 100 : weight)) };
    const collapsed = collapseNodes(trees, 10);
    for (const [node, f] of collapsed.feature.entries())
      if (f >= 0) expect(collapsed.cover[node]).toBeGreaterThanOrEqual(10);
    const [before, after] = [explainTrees(trees, columns, 60), explainTrees(collapsed, columns, 60)];
    for (const [k, base] of before.base.entries()) expect(after.base[k]).toBeCloseTo(base, 12);
    const [was, is] = [walk(trees, binnings, rows), walk(collapsed, binnings, rows)];
    let nSame = 0;
    for (const [row, own] of bins.entries()) {
      const isTouched = Array.from({ length: 3 }, (_, tree) => wayDown(trees, tree, own)).some((way) =>
        way.some((node) => trees.feature[node]! >= 0 && trees.cover[node]! < 10),
      );
      if (isTouched) continue;
      nSame++;
      for (let k = 0; k < shape.nOutputs; k++) expect(is[row * shape.nOutputs + k]).toBe(was[row * shape.nOutputs + k]);
    }
    expect(nSame).toBeGreaterThan(0);
    expect(nSame).toBeLessThan(60);
  });

  it("changes a forest's mean |SHAP| by less than a hundredth of all of it", async () => {
    const { columns: x, noise } = uniformRows(2000, 4);
    const target = Float64Array.from(noise, (e, i) => 8 * x[0]![i]! * x[1]![i]! + 2 * x[2]![i]! + e);
    const context = { seed: 1, workers: inlineWorkers, warn: () => {} };
    const data = { features: numeric(x), target, nClasses: 0 };
    const model = await randomForest.fit(data, { n_estimators: 20 }, context);
    const asked = numeric(x.map((column) => column.subarray(0, 200)));
    const meanOf = (values: Float64Array) =>
      [0, 1, 2, 3].map((f) => values.reduce((sum, value, i) => sum + (i % 4 === f ? Math.abs(value) : 0), 0) / 200);
    const [exact, summary] = [model.explain!(asked), model.explain!(asked, 'summary')];
    expect([exact.leafBelow, summary.leafBelow]).toEqual([undefined, 20]);
    const total = meanOf(exact.values).reduce((sum, value) => sum + value, 0);
    for (const [f, value] of meanOf(exact.values).entries())
      expect(Math.abs(meanOf(summary.values)[f]! - value)).toBeLessThan(0.01 * total);
  });
});

describe('leastCover', () => {
  it.each([
    [40, 20],
    [20_000, 20],
    [50_000, 50],
  ])('of %d training rows is %d', (n, least) => {
    expect(leastCover({ ...small, cover: small.cover.map((weight) => (weight * n) / 40) })).toBe(least);
  });
});
