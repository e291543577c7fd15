import type { FittedModel } from '../model.ts';
import { predictThresholdTrees, type ThresholdTrees } from './threshold-trees.ts';

/** Trees as a model. */
export function fittedTrees(trees: ThresholdTrees): FittedModel {
  return { predict: (features) => predictThresholdTrees(trees, features), state: trees };
}
