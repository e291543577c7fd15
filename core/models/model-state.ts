import { type ConstantState, constantToJson } from './constant-state.ts';
import { type LinearState, linearToJson } from './linear/linear-state.ts';
import { type LogisticState, logisticToJson } from './linear/logistic-state.ts';
import type { ThresholdTrees } from './mljs/threshold-trees.ts';
import { treesToJson } from './mljs/threshold-trees-json.ts';
import { type TreeModelState, treeModelToJson } from './trees/tree-model-state.ts';

/** All that a fitted model has learned, by the family of the model. Plain data, not to be changed. */
export type ModelState = TreeModelState | LinearState | LogisticState | ConstantState | ThresholdTrees;

/**
 * The state as it stands in a model file: JSON whose typed arrays are as `arrayToJson` gives them. The model's SHA-256 is taken
 * over it. `ModelPlugin.load` reads it.
 */
export function modelStateToJson(state: ModelState): unknown {
  switch (state.kind) {
    case 'trees':
      return treeModelToJson(state);
    case 'linear':
      return linearToJson(state);
    case 'logistic':
    case 'one_vs_rest':
      return logisticToJson(state);
    case 'constant':
      return constantToJson(state);
    case 'threshold_trees':
      return treesToJson(state);
  }
}
