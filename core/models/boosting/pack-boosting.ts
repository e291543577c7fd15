import type { TreeEnsemble } from '../trees/tree-ensemble.ts';
import type { GrownNode } from './job.ts';

/** An ensemble of trees with one number per leaf, from nodes in any order: they are laid out depth first. */
export function packBoosting(
  grown: readonly (readonly GrownNode[])[],
  options: { readonly base: Float64Array; readonly nFeatures: number },
): TreeEnsemble {
  const total = grown.reduce((sum, nodes) => sum + nodes.length, 0);
  const nLeaves = (total + grown.length) / 2;
  const roots = new Int32Array(grown.length + 1);
  const feature = new Int32Array(total);
  const bin = new Uint8Array(total);
  const right = new Int32Array(total);
  const missingLeft = new Uint8Array(total);
  const set = new Int32Array(total).fill(-1);
  const sets: number[] = [];
  const cover = new Float64Array(total);
  const values = new Float64Array(nLeaves);
  const gains = new Float64Array(options.nFeatures);
  let next = 0;
  let leaf = 0;
  for (const [tree, nodes] of grown.entries()) {
    const root = next;
    const waiting: { readonly from: number; readonly parent: number }[] = [{ from: 0, parent: -1 }];
    for (let task = waiting.pop(); task; task = waiting.pop()) {
      const at = next++;
      const node = nodes[task.from]!;
      if (task.parent >= 0) right[task.parent] = at - root;
      feature[at] = node.feature;
      cover[at] = node.rows;
      if (node.feature < 0) {
        right[at] = leaf;
        values[leaf++] = node.value;
        continue;
      }
      bin[at] = node.bin;
      missingLeft[at] = Number(node.missingLeft);
      if (node.set) {
        set[at] = sets.length / 8;
        sets.push(...node.set);
      }
      gains[node.feature]! += node.gain;
      // The left child is taken from the end next, and so becomes the next node; its parent needs no note of it.
      waiting.push({ from: node.right, parent: at }, { from: node.left, parent: -1 });
    }
    roots[tree + 1] = next;
  }
  const gained = gains.reduce((sum, gain) => sum + gain, 0);
  return {
    ...{ roots, feature, bin, right, missingLeft, set, sets: Uint32Array.from(sets), cover, values },
    ...{ width: 1, nOutputs: options.base.length, base: options.base, scale: 1 },
    importances: gained > 0 ? gains.map((gain) => gain / gained) : gains,
  };
}
