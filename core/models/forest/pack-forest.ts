import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { GrownTree } from './grow-trees.ts';

/** The trees of a forest, whose mean is its answer, in one set of arrays. */
export function packForest(
  grown: readonly GrownTree[],
  options: {
    readonly nFeatures: number;
    readonly nOutputs: number;
    /** What stands for one row in `cover`. */
    readonly unit: number;
    /** From the whole numbers that trees were grown on to what leaves say. */
    readonly toValue: (value: number) => number;
  },
): TreeEnsemble {
  const { nFeatures, nOutputs, unit, toValue } = options;
  const roots = new Int32Array(grown.length + 1);
  for (const [tree, { feature }] of grown.entries()) roots[tree + 1] = roots[tree]! + feature.length;
  const n = roots.at(-1)!;
  const nValues = grown.reduce((sum, { values }) => sum + values.length, 0);
  const nSets = grown.reduce((sum, { sets }) => sum + sets.length, 0);
  const trees = {
    feature: new Int32Array(n),
    bin: new Uint8Array(n),
    right: new Int32Array(n),
    missingLeft: new Uint8Array(n),
    set: new Int32Array(n),
    sets: new Uint32Array(nSets),
    cover: new Float64Array(n),
    values: new Float64Array(nValues),
    importances: new Float64Array(nFeatures),
  };
  let leaves = 0;
  let sets = 0;
  for (const [tree, each] of grown.entries()) {
    const root = roots[tree]!;
    for (const name of ['feature', 'bin', 'right', 'missingLeft', 'set', 'cover'] as const)
      trees[name].set(each[name], root);
    trees.sets.set(each.sets, sets * 8);
    trees.values.set(each.values, leaves * nOutputs);
    for (let node = root; node < roots[tree + 1]!; node++) {
      if (trees.feature[node]! < 0) trees.right[node]! += leaves;
      if (trees.set[node]! >= 0) trees.set[node]! += sets;
      trees.cover[node]! /= unit;
    }
    leaves += each.values.length / nOutputs;
    sets += each.sets.length / 8;
    const gained = each.gains.reduce((sum, gain) => sum + gain, 0);
    if (gained > 0) for (let f = 0; f < nFeatures; f++) trees.importances[f]! += each.gains[f]! / gained;
  }
  for (let i = 0; i < nValues; i++) trees.values[i] = toValue(trees.values[i]!);
  const total = trees.importances.reduce((sum, share) => sum + share, 0);
  if (total > 0) for (let f = 0; f < nFeatures; f++) trees.importances[f]! /= total;
  return {
    ...trees,
    roots,
    width: nOutputs,
    nOutputs,
    base: new Float64Array(nOutputs),
    scale: 1 / grown.length,
  };
}
