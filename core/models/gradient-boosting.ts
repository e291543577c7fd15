import { z } from 'zod';
import { ConfigError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';
import { log } from '../stats/elementary.ts';
import { float, int } from '../tuning/distribution.ts';
import { createBoostingGrower } from './boosting/grow-boosting.ts';
import { heldOutRows } from './boosting/held-out-rows.ts';
import type { GrownNode, Loss } from './boosting/job.ts';
import { leastHessians } from './boosting/least-hessians.ts';
import { packBoosting } from './boosting/pack-boosting.ts';
import { classWeightParam, classWeights, presentClasses } from './class-weight.ts';
import { defineModel } from './define-model.ts';
import type { TrainingData } from './model.ts';
import { rowHashes } from './row-hashes.ts';
import { binFeatures } from './trees/binned-features.ts';
import { loadTreeModel, treeModel } from './trees/tree-model.ts';
import { withoutWeightless } from './without-weightless.ts';

/**
 * Gradient boosting on histograms, leaf by leaf (`sklearn.ensemble.HistGradientBoostingRegressor` and `…Classifier`, squared
 * and log loss). Other defaults than there: early stopping is off, since it changes models at 10,000 rows, and a leaf needs
 * more than a hessian of 10⁻³ (`leastHessians`).
 */
export const gradientBoosting = defineModel({
  id: 'gradient_boosting',
  summary: 'trees grown one after another, each on the errors of those before it',
  tasks: ['regression', 'classification'],
  encoding: 'native',
  params: z.strictObject({
    n_estimators: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe('Number of rounds: one tree each, or one per class when there are more than two.'),
    learning_rate: z
      .number()
      .positive()
      .max(10)
      .default(0.1)
      .describe('Share of the prediction of each tree that is added.'),
    max_leaf_nodes: z
      .int()
      .min(2)
      .max(4096)
      .nullable()
      .default(31)
      .describe('Largest number of leaves of a tree; null: unlimited.'),
    max_depth: z.int().min(1).max(1000).nullable().default(null).describe('Largest depth of a tree; null: unlimited.'),
    min_samples_leaf: z.int().min(1).default(20).describe('Smallest number of rows in a leaf.'),
    min_hessian_to_split: z
      .number()
      .min(0)
      .nullable()
      .default(null)
      .describe(
        'Smallest sum of hessians in a leaf: the rows for regression, rows × p(1 − p) for classification; null: 0.3, or of three classes or more min(0.3, 0.0006 / (p(1 − p))), where p is the share of the class.',
      ),
    l2_regularization: z.number().min(0).default(0).describe('Strength of the L2 penalty on the values of leaves.'),
    max_features: z.number().positive().max(1).default(1).describe('Share of the features that each split may use.'),
    subsample: z.number().positive().max(1).default(1).describe('Share of the rows that each round learns from.'),
    max_bins: z.int().min(2).max(255).default(255).describe('Largest number of bins of a numeric feature.'),
    monotonic_cst: z
      .record(z.string(), z.union([z.literal(-1), z.literal(0), z.literal(1)]))
      .nullable()
      .default(null)
      .describe('By feature: 1 if the prediction must not fall as the feature grows, −1 if it must not rise.'),
    early_stopping: z
      .boolean()
      .default(false)
      .describe('Whether to stop when the loss on held-out rows no longer improves.'),
    validation_fraction: z
      .number()
      .positive()
      .max(0.9)
      .default(0.1)
      .describe('Share of the training rows that early stopping holds out.'),
    n_iter_no_change: z.int().min(1).default(10).describe('Rounds without improvement before early stopping.'),
    tol: z
      .number()
      .min(0)
      .default(1e-7)
      .describe('Smallest fall of the loss that counts as improvement for early stopping.'),
    class_weight: classWeightParam,
  }),
  space: {
    n_estimators: int(50, 500),
    learning_rate: float(0.01, 0.3, { log: true }),
    max_leaf_nodes: int(4, 128, { log: true }),
    min_samples_leaf: int(5, 100, { log: true }),
    l2_regularization: float(0.001, 10, { log: true }),
    max_features: float(0.3, 1),
  },
  isRandom: ({ max_features, subsample }) => max_features < 1 || subsample < 1,
  async grow(all, params, { seed, workers }) {
    const data = withoutWeightless(all);
    const { features, nClasses } = data;
    const names = features.columns.map(({ name }) => name);
    const directions = directionsOf(params.monotonic_cst ?? {}, data);
    const binned = binFeatures(features, params.max_bins);
    const keys = params.early_stopping || params.subsample < 1 ? rowHashes(data) : null;
    const learned = params.early_stopping
      ? heldOutRows(keys!, data.target, nClasses, params.validation_fraction)
      : null;
    const goal = goalOf(data, params.class_weight, learned);
    let grower = createBoostingGrower(
      binned,
      {
        ...{ loss: goal.loss, target: goal.target, weights: goal.weights, base: goal.base },
        ...{ keys, learned, directions },
      },
      {
        learningRate: params.learning_rate,
        maxLeaves: params.max_leaf_nodes ?? Number.POSITIVE_INFINITY,
        maxDepth: params.max_depth ?? Number.POSITIVE_INFINITY,
        minSamplesLeaf: params.min_samples_leaf,
        minHessians: leastHessians(goal.shares, params.min_hessian_to_split),
        l2: params.l2_regularization,
        maxFeatures: Math.max(1, Math.floor(params.max_features * names.length)),
        subsample: params.subsample,
        seed,
        patience: learned ? { rounds: params.n_iter_no_change, tolerance: params.tol } : null,
      },
      workers,
    );
    const { binnings } = binned;
    const hasGrowth = grower !== null && goal.present.length !== 1;
    const grown: (readonly GrownNode[])[] = [];
    let steps = params.n_estimators;
    let done = 0;
    return {
      get steps() {
        return steps;
      },
      get done() {
        return done;
      },
      async grow(count) {
        // Without features, or with a single class, every round would add nothing.
        const { trees, isOver } = hasGrowth ? await grower!(done, done + count) : NO_TREES;
        for (const tree of trees) grown.push(tree);
        done = isOver ? grown.length / goal.base.length : done + count;
        if (isOver) steps = done;
      },
      snapshot: () =>
        treeModel({
          ensemble: packBoosting(grown, { base: goal.base, nFeatures: names.length }),
          binnings,
          link: LINK_OF[goal.loss],
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

const NO_TREES = { trees: [], isOver: false };

const LINK_OF = { squared: 'identity', binary: 'logistic', multiclass: 'softmax' } as const;

interface Goal {
  readonly loss: Loss;
  readonly target: Float64Array | Uint8Array;
  readonly weights: Float64Array | null;
  readonly base: Float64Array;
  readonly present: readonly number[];
  /** For each score, the share of its class in the weight of the training rows; NaN if the score belongs to no single class. */
  readonly shares: readonly number[];
}

/**
 * The loss, what it is measured against, and the best constant to start from.
 *
 * @param learned 0 for rows that are held out, and say nothing of the constant; null: none.
 */
function goalOf(data: TrainingData, classWeight: 'balanced' | null, learned: Uint8Array | null): Goal {
  const { target, nClasses } = data;
  const weights = data.weights ?? null;
  if (nClasses === 0) {
    const mean = weightedMean(target, weights, learned);
    return { loss: 'squared', target, weights, base: Float64Array.of(mean), present: [], shares: [Number.NaN] };
  }
  const byClass = classWeights(target, nClasses, classWeight);
  const { present, places: placeOf } = presentClasses(byClass);
  const places = Uint8Array.from(target, (label) => placeOf[label]!);
  const own = classWeight === null ? weights : target.map((label, row) => byClass[label]! * (weights?.[row] ?? 1));
  const sums = new Float64Array(present.length);
  let total = 0;
  for (let row = 0; row < places.length; row++) {
    if (learned?.[row] === 0) continue;
    const weight = own?.[row] ?? 1;
    sums[places[row]!]! += weight;
    total += weight;
  }
  // Kept from 0, which a share can be rounded to, as in scikit-learn.
  const shares = Array.from(sums, (sum) => (total > 0 ? sum / total : 0));
  const logs = shares.map((share) => log(Math.max(share, Number.EPSILON)));
  const common = { target: places, weights: own, present };
  if (present.length === 2)
    return { loss: 'binary', base: Float64Array.of(logs[1]! - logs[0]!), shares: [Number.NaN], ...common };
  const middle = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return { loss: 'multiclass', base: Float64Array.from(logs, (v) => v - middle), shares, ...common };
}

function weightedMean(values: Float64Array, weights: Float64Array | null, learned: Uint8Array | null): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    if (learned?.[row] === 0) continue;
    const weight = weights?.[row] ?? 1;
    sum += weight * values[row]!;
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

/** @throws ConfigError when a constraint names no feature, or one without an order. */
function directionsOf(constraints: Readonly<Record<string, number>>, { features, nClasses }: TrainingData): number[] {
  const { columns } = features;
  const names = columns.map(({ name }) => name);
  const place = 'models.gradient_boosting.monotonic_cst';
  const wrong = Object.keys(constraints).filter((name) => !names.includes(name));
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map((name) => {
        const near = suggest(name, names);
        const next = near ? `did you mean "${near}"?` : 'name a feature of the table';
        return { place, message: `"${name}" is not a feature`, allowed: names.join(', '), next };
      }),
    );
  }
  const directions = names.map((name) => (Object.hasOwn(constraints, name) ? constraints[name]! : 0));
  const unordered = columns.find(({ kind }, f) => kind === 'categorical' && directions[f] !== 0);
  if (unordered) {
    throw new ConfigError({
      place,
      message: `"${unordered.name}" has categories, which have no order`,
      next: 'remove it',
    });
  }
  if (nClasses > 2 && directions.some((direction) => direction !== 0)) {
    throw new ConfigError({
      ...{ place, message: `monotonic_cst does not work with ${nClasses} classes` },
      ...{ allowed: 'regression, or two classes', next: 'remove it' },
    });
  }
  return directions;
}
