import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { createTreePredictor } from './predict-trees.ts';
import { combOf, mixedBinnings, mixedRows, randomEnsemble, walk } from './random-ensemble.fixture.ts';
import { isSwept } from './sweep-trees.ts';

describe('createTreePredictor', () => {
  it.each([
    { title: 'boosting of values', nTrees: 30, nFeatures: 5, nOutputs: 1, width: 1, deepest: 7 },
    { title: 'boosting of large trees', nTrees: 4, nFeatures: 5, nOutputs: 1, width: 1, deepest: 13 },
    { title: 'boosting of four classes', nTrees: 40, nFeatures: 5, nOutputs: 4, width: 1, deepest: 7 },
    { title: 'boosting of four classes by large trees', nTrees: 4, nFeatures: 6, nOutputs: 4, width: 1, deepest: 13 },
    { title: 'a forest of three classes', nTrees: 20, nFeatures: 6, nOutputs: 3, width: 3, deepest: 7 },
    { title: 'a forest of large trees', nTrees: 3, nFeatures: 6, nOutputs: 3, width: 3, deepest: 13 },
    { title: 'numbers alone', nTrees: 10, nFeatures: 1, nOutputs: 1, width: 1, deepest: 7 },
    { title: 'large trees of numbers alone', nTrees: 2, nFeatures: 1, nOutputs: 1, width: 1, deepest: 13 },
    { title: 'no tree', nTrees: 0, nFeatures: 2, nOutputs: 2, width: 1, deepest: 7 },
    { title: 'many features', nTrees: 10, nFeatures: 300, nOutputs: 1, width: 1, deepest: 7 },
  ])('of $title says, for any number of rows, what a walk down each tree says', ({ title, ...shape }) => {
    const random = createRandom(11, title);
    const binnings = mixedBinnings(shape.nFeatures);
    const trees = randomEnsemble(random, shape);
    expect(isSwept(trees)).toBe(shape.deepest < 10);
    const predictor = createTreePredictor(trees, binnings);
    for (const nSamples of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 2047, 2048, 2049, 4500]) {
      const rows = mixedRows(random, nSamples, shape.nFeatures);
      expect(predictor(rows)).toEqual(walk(trees, binnings, rows));
    }
  });

  it.each([
    { nLeaves: 1, swept: true },
    { nLeaves: 256, swept: true },
    { nLeaves: 257, swept: false },
  ])('of a tree of $nLeaves leaves finds each', ({ nLeaves, swept }) => {
    const { trees, binnings, rows } = combOf(nLeaves);
    expect(isSwept(trees)).toBe(swept);
    expect([...createTreePredictor(trees, binnings)(rows)]).toEqual([...Array(nLeaves).keys()]);
  });
});
