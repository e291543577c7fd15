import { z } from 'zod';
import { log } from '../stats/elementary.ts';
import { categorical, int } from '../tuning/distribution.ts';
import { classWeightParam, classWeights, presentClasses } from './class-weight.ts';
import { defineModel } from './define-model.ts';
import { hash } from './forest/draw-means.ts';
import type { ForestData } from './forest/forest-input.ts';
import { groupCategories } from './forest/group-categories.ts';
import { createForestGrower, type ForestGrower } from './forest/grow-forest.ts';
import type { GrownTree } from './forest/grow-trees.ts';
import { packForest } from './forest/pack-forest.ts';
import type { TrainingData } from './model.ts';
import { scaleWithin } from './scale-within.ts';
import { binFeatures } from './trees/binned-features.ts';
import { loadTreeModel, treeModel } from './trees/tree-model.ts';
import { withoutWeightless } from './without-weightless.ts';

/**
 * A random forest (Breiman 2001) with scikit-learn's parameters, on up to 255 bins per feature. Each tree cuts categories
 * in an order of their own mean targets (Wright & König 2019), drawn for the tree; of more than 254 the rarest share bins.
 */
export const randomForest = defineModel({
  id: 'random_forest',
  summary: 'mean of many decision trees, each grown on a random sample of rows and features',
  tasks: ['regression', 'classification'],
  encoding: 'native',
  params: z.strictObject({
    n_estimators: z.int().min(1).max(10_000).default(100).describe('Number of trees.'),
    max_depth: z.int().min(1).max(1000).nullable().default(null).describe('Largest depth of a tree; null: unlimited.'),
    min_samples_split: z.int().min(2).default(2).describe('Smallest number of rows in a node that is split.'),
    min_samples_leaf: z.int().min(1).default(1).describe('Smallest number of rows in a leaf.'),
    max_features: z
      .union([z.enum(['sqrt', 'log2']), z.number().positive().max(1), z.int().min(1)])
      .nullable()
      .optional()
      .describe(
        'Features tried per split: `sqrt`, `log2`, a share (≤ 1) or a number; default all for regression, `sqrt` for classification.',
      ),
    bootstrap: z.boolean().default(true).describe('Whether each tree draws its rows with replacement.'),
    class_weight: classWeightParam,
  }),
  space: {
    n_estimators: int(50, 300),
    max_depth: int(3, 20),
    min_samples_split: int(2, 20),
    min_samples_leaf: int(1, 10),
    max_features: categorical('sqrt', 'log2', null),
  },
  // Even of all rows and features: which of two equal splits is taken is drawn.
  isRandom: () => true,
  async grow(all, params, { seed, workers }) {
    const data = withoutWeightless(all);
    const { features, nClasses } = data;
    const nFeatures = features.columns.length;
    const goal = nClasses > 0 ? classification(data, params) : regression(data, params.bootstrap);
    const binned = binFeatures(features, undefined, (codes, nCategories, nBins, feature) =>
      groupCategories(codes, nCategories, nBins, goal, hash(hash(seed, 0x6b07), feature)),
    );
    const { binnings } = binned;
    const nTrees = params.n_estimators;
    let grower: ForestGrower | null = createForestGrower(
      binned,
      goal,
      {
        nTrees,
        seed,
        bootstrap: params.bootstrap,
        maxDepth: params.max_depth ?? -1,
        // No node has more rows; a kernel's numbers end at 2³¹.
        minSamplesSplit: Math.min(params.min_samples_split, data.target.length + 1),
        minSamplesLeaf: Math.min(params.min_samples_leaf, data.target.length + 1),
        maxFeatures: countFeatures(params.max_features, nFeatures, nClasses > 0),
      },
      workers,
    );
    const grown: GrownTree[] = [];
    const nOutputs = goal.nClasses > 2 ? goal.nClasses : 1;
    return {
      steps: nTrees,
      get done() {
        return grown.length;
      },
      async grow(count) {
        for (const tree of await grower!(grown.length, grown.length + count)) grown.push(tree);
      },
      snapshot: () =>
        treeModel({
          ensemble: packForest(grown, { nFeatures, nOutputs, ...goal }),
          binnings,
          link: goal.present.length === 2 ? 'complement' : 'identity',
          nClasses,
          present: goal.present,
        }),
      release() {
        grower = null;
      },
    };
  },
  load: loadTreeModel,
});

interface Goal extends ForestData {
  readonly present: readonly number[];
  readonly toValue: (value: number) => number;
}

/** Weights are rounded to whole numbers, of which the heaviest row has this. */
const LARGEST_WEIGHT = 2 ** 20;

/**
 * The target as whole numbers: its distance from the mean times a power of two chosen so that any sum of them stays
 * below 2⁵³ and is exact in a double, in whatever order it is added up.
 */
function regression({ target, weights }: TrainingData, bootstrap: boolean): Goal {
  const n = target.length;
  const offset = n === 0 ? 0 : target.reduce((sum, y) => sum + y, 0) / n;
  const largest = target.reduce((most, y) => Math.max(most, Math.abs(y - offset)), 0);
  const own = bootstrap || !weights ? null : wholeWeights(weights);
  const most = own ? n * LARGEST_WEIGHT : Math.max(1, n);
  const scale = scaleWithin(largest, 2 ** 52 / most);
  return {
    values: target.map((y) => Math.round((y - offset) * scale)),
    weights: own,
    ends: bootstrap && weights ? drawingEnds(weights) : null,
    nClasses: 0,
    present: [],
    unit: own ? LARGEST_WEIGHT / weights!.reduce((most, weight) => Math.max(most, weight), 0) : 1,
    toValue: (value) => value / scale + offset,
  };
}

/** Classes by their place among those present, and their weights as whole numbers, so that sums of them are exact too. */
function classification(
  { target, nClasses, weights }: TrainingData,
  { class_weight, bootstrap }: { readonly class_weight: 'balanced' | null; readonly bootstrap: boolean },
): Goal {
  const byClass = classWeights(target, nClasses, class_weight);
  const { present, places: placeOf } = presentClasses(byClass);
  // A single class has share 1.
  const places = target.map((label) => (present.length === 1 ? 1 : placeOf[label]!));
  const perRow = target.map((label, row) => byClass[label]! * (bootstrap ? 1 : (weights?.[row] ?? 1)));
  const isPlain = class_weight === null && (bootstrap || !weights);
  return {
    values: places,
    weights: isPlain ? null : wholeWeights(perRow),
    ends: bootstrap && weights ? drawingEnds(weights) : null,
    nClasses: present.length,
    present,
    unit: isPlain ? 1 : LARGEST_WEIGHT / perRow.reduce((most, weight) => Math.max(most, weight), 0),
    toValue: (value) => value,
  };
}

function wholeWeights(weights: Float64Array): Float64Array {
  const unit = LARGEST_WEIGHT / weights.reduce((most, weight) => Math.max(most, weight), 0);
  return weights.map((weight) => (weight === 0 ? 0 : Math.max(1, Math.round(weight * unit))));
}

/** Weights decide how likely a row is drawn, as in scikit-learn since 1.9, not how much a drawn row counts. */
function drawingEnds(weights: Float64Array): Uint32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  return Uint32Array.from(weights, (weight) => {
    sum += weight;
    return Math.round((sum / total) * 4294967295);
  });
}

function countFeatures(
  maxFeatures: 'sqrt' | 'log2' | number | null | undefined,
  nFeatures: number,
  classes: boolean,
): number {
  const chosen = maxFeatures === undefined ? (classes ? 'sqrt' : null) : maxFeatures;
  if (chosen === null) return nFeatures;
  if (chosen === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(nFeatures)));
  if (chosen === 'log2') return Math.max(1, Math.floor(log(nFeatures) / Math.LN2 + 1e-9));
  return chosen <= 1 && !(chosen === 1 && nFeatures === 1)
    ? Math.max(1, Math.floor(chosen * nFeatures))
    : Math.min(nFeatures, chosen);
}
