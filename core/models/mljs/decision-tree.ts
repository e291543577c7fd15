import { DecisionTreeClassifier, DecisionTreeRegression } from 'ml-cart';
import { z } from 'zod';
import { int } from '../../tuning/distribution.ts';
import { defineModel } from '../define-model.ts';
import { cartOptions, layTrees, leafMean, leafShares, secondsPerTree, withPerfectRoot } from './cart.ts';
import { fittedTrees } from './fitted-trees.ts';
import { checkLimits } from './limits.ts';
import { rowsOf } from './rows.ts';
import { treesFromJson } from './threshold-trees-json.ts';

/**
 * One decision tree of ml-cart (`sklearn.tree.DecisionTreeRegressor`, `DecisionTreeClassifier` with criterion gini); time
 * grows with the square of the rows. Classification tries a threshold between two values only where the last label of
 * one (in the order of the rows) is not the first of the other, so that among equal values, as of one-hot features, it may
 * miss a split.
 */
export const mljsDecisionTree = defineModel({
  id: 'mljs_decision_tree',
  summary: 'one decision tree of the library ml-cart, for comparison: slow, time grows with the square of the rows',
  tasks: ['regression', 'classification'],
  encoding: 'dense',
  byDefault: false,
  params: z.strictObject({
    max_depth: z
      .int()
      .min(1)
      .max(1000)
      .nullable()
      .default(null)
      .describe('Largest depth of the tree; null: unlimited.'),
    min_samples_split: z.int().min(2).default(2).describe('Smallest number of rows in a node that is split.'),
    max_rows: z
      .int()
      .min(1)
      .default(12_000)
      .describe('Largest number of training rows; more would take too long and are refused.'),
  }),
  space: { max_depth: int(2, 20), min_samples_split: int(2, 50) },
  isRandom: () => false,
  async learn(data, params, context) {
    const { features, target, nClasses } = data;
    const nFeatures = features.columns.length;
    const seconds = secondsPerTree(target.length, nFeatures, nClasses);
    checkLimits('mljs_decision_tree', data, { maxRows: params.max_rows, seconds, instead: 'random_forest' }, context);
    const rows = rowsOf(features);
    const tree = new (nClasses > 0 ? DecisionTreeClassifier : DecisionTreeRegression)(cartOptions(params));
    tree.train(rows, [...target]);
    const grown = { root: tree.root, columns: [...rows[0]!.keys()] };
    return fittedTrees(
      nClasses > 0
        ? layTrees([grown], { nFeatures, nOutputs: nClasses }, (leaf) => leafShares(leaf, nClasses))
        : layTrees([withPerfectRoot(grown, rows, target)], { nFeatures, nOutputs: 1 }, leafMean),
    );
  },
  load: (json) => fittedTrees(treesFromJson(json)),
});
