import { z } from 'zod';
import { StoreError } from '../../errors/app-error.ts';
import { arrayFromJson, arrayToJson } from '../typed-array-json.ts';
import type { ThresholdTrees } from './threshold-trees.ts';

const schema = z.strictObject({
  n_features: z.int().min(0).max(1_000_000),
  n_outputs: z.int().min(1).max(256),
  roots: z.unknown(),
  feature: z.unknown(),
  threshold: z.unknown(),
  right: z.unknown(),
  values: z.unknown(),
});

export function treesToJson(trees: ThresholdTrees): z.infer<typeof schema> {
  return {
    n_features: trees.nFeatures,
    n_outputs: trees.nOutputs,
    roots: arrayToJson(trees.roots),
    feature: arrayToJson(trees.feature),
    threshold: arrayToJson(trees.threshold),
    right: arrayToJson(trees.right),
    values: arrayToJson(trees.values),
  };
}

/** @throws StoreError unless every index stays inside its array, every path ends in a leaf and every number is finite. */
export function treesFromJson(json: unknown): ThresholdTrees {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw broken(parsed.error.issues[0]!.message);
  const { n_features: nFeatures, n_outputs: nOutputs, ...stored } = parsed.data;
  const roots = arrayFromJson(stored.roots, 'int32');
  const n = roots.at(-1) ?? 0;
  if (roots.length < 2 || roots[0] !== 0 || n < 1) throw broken('there is none');
  const trees: ThresholdTrees = {
    kind: 'threshold_trees',
    nFeatures,
    nOutputs,
    roots,
    feature: arrayFromJson(stored.feature, 'int32', n),
    threshold: arrayFromJson(stored.threshold, 'float64', n),
    right: arrayFromJson(stored.right, 'int32', n),
    values: arrayFromJson(stored.values, 'float64'),
  };
  if (!trees.threshold.every(Number.isFinite) || !trees.values.every(Number.isFinite))
    throw broken('a number is not finite');
  for (let tree = 0; tree + 1 < roots.length; tree++) checkTree(trees, roots[tree]!, roots[tree + 1]!);
  return trees;
}

/** Children come after their parent, so that no path can run in a circle. */
function checkTree({ feature, right, values, nFeatures, nOutputs }: ThresholdTrees, root: number, end: number): void {
  if (end <= root || end > feature.length) throw broken('a tree has no node');
  for (let node = root; node < end; node++) {
    const [split, next] = [feature[node]!, right[node]!];
    if (split === -1) {
      if (next < 0 || (next + 1) * nOutputs > values.length) throw broken('a leaf has no value');
    } else {
      if (split < 0 || split >= nFeatures) throw broken('a node splits by a feature that does not exist');
      if (next <= node + 1 - root || next >= end - root) throw broken('a child lies outside its tree');
    }
  }
}

function broken(detail: string): StoreError {
  return new StoreError({ message: `the trees in the model file are broken: ${detail}` });
}
