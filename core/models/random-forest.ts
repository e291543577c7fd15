import { z } from 'zod';
import type { Features } from '../preprocessing/features.ts';
import { log, powerOfTwo } from '../stats/elementary.ts';
import { classWeightParam, classWeights } from './class-weight.ts';
import { forestFromJson, forestToJson } from './forest/forest-json.ts';
import { type GrowingData, growForest } from './forest/grow-forest.ts';
import { predictTrees, type Trees } from './forest/trees.ts';
import { defineModel, type FittedModel, type TrainingData } from './model.ts';
import { type BinnedFeatures, type Binning, binFeatures } from './trees/binning.ts';

/** A random forest (Breiman 2001) with scikit-learn's parameters, on up to 255 bins per feature. */
export const randomForest = defineModel({
  id: 'random_forest',
  summary: 'mean of many decision trees, each grown on a random sample of rows and features',
  tasks: ['regression', 'classification'],
  encoding: 'native',
  params: z.strictObject({
    n_estimators: z.int().min(1).max(10_000).default(100).describe('Number of trees.'),
    max_depth: z.int().min(1).max(1000).nullable().default(null).describe('Deepest level of a tree; null: unlimited.'),
    min_samples_split: z.int().min(2).default(2).describe('Fewest rows of a node that is split.'),
    min_samples_leaf: z.int().min(1).default(1).describe('Fewest rows of a leaf.'),
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
  isRandom: () => true,
  async fit(data, params, { seed, workers }) {
    const { features, nClasses } = data;
    const binned = binFeatures(features);
    const nFeatures = features.columns.length;
    const prepared = nClasses > 0 ? classification(data, binned, params.class_weight) : regression(data, binned);
    const trees = await growForest(
      prepared.growing,
      {
        nTrees: params.n_estimators,
        seed,
        bootstrap: params.bootstrap,
        maxDepth: params.max_depth ?? -1,
        minSamplesSplit: params.min_samples_split,
        minSamplesLeaf: params.min_samples_leaf,
        maxFeatures: countFeatures(params.max_features, nFeatures, nClasses > 0),
      },
      workers,
    );
    return fitted(
      nClasses > 0
        ? trees
        : { ...trees, values: trees.values.map((value) => value / prepared.scale + prepared.offset) },
      binned.binnings,
    );
  },
  load: (json) => {
    const { trees, binnings } = forestFromJson(json);
    return fitted(trees, binnings);
  },
});

function fitted(trees: Trees, binnings: readonly Binning[]): FittedModel {
  return {
    predict: (features: Features) => predictTrees(trees, binnings, features),
    toJSON: () => forestToJson(trees, binnings),
  };
}

interface Prepared {
  readonly growing: GrowingData;
  readonly scale: number;
  readonly offset: number;
}

/**
 * The target as whole numbers: its distance from the mean times a power of two chosen so that any sum of them stays
 * below 2⁵³ and is exact in a double, in whatever order it is added up.
 */
function regression({ features, target }: TrainingData, binned: BinnedFeatures): Prepared {
  const n = target.length;
  const offset = n === 0 ? 0 : target.reduce((sum, y) => sum + y, 0) / n;
  const largest = target.reduce((most, y) => Math.max(most, Math.abs(y - offset)), 0);
  const bits =
    51 - Math.ceil(log(Math.max(1, n)) / Math.LN2) - (largest === 0 ? 0 : Math.ceil(log(largest) / Math.LN2));
  const scale = powerOfTwo(Math.max(-1000, Math.min(1000, bits)));
  const values = target.map((y) => Math.round((y - offset) * scale));
  return { growing: growing(features, binned, values, new Float64Array(n).fill(1), 0), scale, offset };
}

/** Class weights as whole numbers, so that sums of them are exact too. */
function classification(
  { features, target, nClasses }: TrainingData,
  binned: BinnedFeatures,
  classWeight: 'balanced' | null,
): Prepared {
  const weights = classWeights(target, nClasses, classWeight);
  const unit = classWeight === null ? 1 : 2 ** 20 / Math.max(...weights);
  const whole = weights.map((weight) => (weight === 0 ? 0 : Math.max(1, Math.round(weight * unit))));
  const perRow = target.map((label) => whole[label]!);
  return { growing: growing(features, binned, target, perRow, nClasses), scale: 1, offset: 0 };
}

function growing(
  features: Features,
  binned: BinnedFeatures,
  values: Float64Array,
  weights: Float64Array,
  nClasses: number,
): GrowingData {
  const categorical = Uint8Array.from(features.columns, ({ kind }) => Number(kind === 'categorical'));
  return { features: binned, categorical, values, weights, nClasses };
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
