import { RandomForestClassifier, RandomForestRegression } from 'ml-random-forest/random-forest.js';
import { z } from 'zod';
import { deriveSeed } from '../../random/random.ts';
import { int } from '../../tuning/distribution.ts';
import { defineModel } from '../define-model.ts';
import { cartOptions, layTrees, leafMean, leafShares, secondsPerTree, withPerfectRoot } from './cart.ts';
import { fittedTrees } from './fitted-trees.ts';
import { checkLimits } from './limits.ts';
import { rowsOf } from './rows.ts';
import { treesFromJson } from './threshold-trees-json.ts';

/**
 * The forest of ml-random-forest: trees of ml-cart, each on a bootstrap sample of the rows and its own draw of features
 * (`sklearn.ensemble.BaggingRegressor`, `BaggingClassifier` of trees, not a forest that draws features at every split);
 * time grows with the square of the rows. A probability is the share of the trees that vote for the class.
 */
export const mljsRandomForest = defineModel({
  id: 'mljs_random_forest',
  summary: 'the forest of the library ml-random-forest, for comparison: slow, time grows with the square of the rows',
  tasks: ['regression', 'classification'],
  encoding: 'dense',
  byDefault: false,
  params: z.strictObject({
    n_estimators: z.int().min(1).max(10_000).default(50).describe('Number of trees.'),
    max_depth: z.int().min(1).max(1000).nullable().default(null).describe('Largest depth of a tree; null: unlimited.'),
    min_samples_split: z.int().min(2).default(2).describe('Smallest number of rows in a node that is split.'),
    max_features: z
      .union([z.literal('sqrt'), z.number().positive().max(1), z.int().min(2)])
      .nullable()
      .default(null)
      .describe(
        'Features drawn once per tree, not per split: `sqrt`, a share (≤ 1, where 1 is all) or a number; null: all.',
      ),
    max_rows: z
      .int()
      .min(1)
      .default(2000)
      .describe('Largest number of training rows; more would take too long and are refused.'),
  }),
  space: { n_estimators: int(20, 100), max_depth: int(3, 20), min_samples_split: int(2, 20) },
  isRandom: () => true,
  async learn(data, params, context) {
    const { features, target, nClasses } = data;
    const nFeatures = features.columns.length;
    const drawn = countFeatures(params.max_features, nFeatures);
    const seconds = params.n_estimators * secondsPerTree(target.length, drawn, nClasses);
    checkLimits('mljs_random_forest', data, { maxRows: params.max_rows, seconds, instead: 'random_forest' }, context);
    const rows = rowsOf(features);
    const forest = new (nClasses > 0 ? RandomForestClassifier : RandomForestRegression)({
      nEstimators: params.n_estimators,
      maxFeatures: shareOf(drawn, nFeatures),
      // A classifier's default draws features with replacement: the same one twice.
      replacement: false,
      seed: deriveSeed(context.seed, 'mljs_random_forest'),
      // The out-of-bag step crashes on a row that every tree has drawn.
      noOOB: true,
      treeOptions: cartOptions(params),
    });
    forest.train(rows, [...target]);
    const trees = forest.estimators.map(({ root }, tree) => ({ root, columns: forest.indexes[tree]! }));
    return fittedTrees(
      nClasses > 0
        ? layTrees(trees, { nFeatures, nOutputs: nClasses }, (leaf) => vote(leafShares(leaf, nClasses)))
        : layTrees(
            trees.map((tree) => withPerfectRoot(tree, rows, target)),
            { nFeatures, nOutputs: 1 },
            leafMean,
          ),
    );
  },
  load: (json) => fittedTrees(treesFromJson(json)),
});

function countFeatures(maxFeatures: 'sqrt' | number | null, nFeatures: number): number {
  if (maxFeatures === null) return nFeatures;
  const wanted =
    maxFeatures === 'sqrt' ? Math.sqrt(nFeatures) : maxFeatures <= 1 ? maxFeatures * nFeatures : maxFeatures;
  return Math.min(nFeatures, Math.max(1, Math.floor(wanted)));
}

/** The library takes the number 1, "one feature", for the share 1.0, all of them: a share that can only mean `drawn`. */
function shareOf(drawn: number, nFeatures: number): number {
  return drawn >= nFeatures ? 1 : (drawn + 0.5) / nFeatures;
}

/**
 * What a tree says: 1 for its class, the lowest of equals. Votes are counted here since `predictProbability` starts its
 * count at the first tree's label instead of 0, and so drops that tree's vote.
 */
function vote(shares: readonly number[]): number[] {
  const winner = shares.indexOf(Math.max(...shares));
  return shares.map((_, k) => Number(k === winner));
}
