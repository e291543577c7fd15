import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { createTreePredictor } from './predict-trees.ts';
import { mixedBinnings, mixedRows, randomEnsemble, walk } from './random-ensemble.fixture.ts';

describe('createTreePredictor', () => {
  it.each([
    { title: 'boosting of values', nTrees: 30, nFeatures: 5, nOutputs: 1, width: 1 },
    { title: 'boosting of four classes', nTrees: 40, nFeatures: 5, nOutputs: 4, width: 1 },
    { title: 'a forest of three classes', nTrees: 20, nFeatures: 6, nOutputs: 3, width: 3 },
    { title: 'numbers alone', nTrees: 10, nFeatures: 1, nOutputs: 1, width: 1 },
    { title: 'no tree', nTrees: 0, nFeatures: 2, nOutputs: 2, width: 1 },
    { title: 'many features', nTrees: 10, nFeatures: 300, nOutputs: 1, width: 1 },
  ])('of $title says, for any number of rows, what a walk down each tree says', ({ title, ...shape }) => {
    const random = createRandom(11, title);
    const binnings = mixedBinnings(shape.nFeatures);
    const trees = randomEnsemble(random, shape);
    const predictor = createTreePredictor(trees, binnings);
    for (const nSamples of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2047, 2048, 2049, 4500]) {
      const rows = mixedRows(random, nSamples, shape.nFeatures);
      expect(predictor(rows)).toEqual(walk(trees, binnings, rows));
    }
  });
});
