import type { TreeEnsemble } from './tree-ensemble.ts';

/** What one tree says of its own shape; arrays have an entry per node, counted from the root. */
export interface TreeShares {
  /** 0 for the root. */
  readonly depths: Int32Array;
  readonly depth: number;
  /** Share of the parent's training rows that came to this node; 1 for the root. */
  readonly ofParent: Float64Array;
  /** Share of all training rows. */
  readonly ofRoot: Float64Array;
  /** Most different features on one path. */
  readonly longest: number;
}

/** Shares of a tree's training rows, by weight. A child's share is of both children's cover, so the two sum to 1. */
export function treeShares({ roots, feature, right, cover, importances }: TreeEnsemble, tree: number): TreeShares {
  const root = roots[tree]!;
  const size = roots[tree + 1]! - root;
  const depths = new Int32Array(size);
  const ofParent = new Float64Array(size).fill(1);
  const ofRoot = new Float64Array(size).fill(1);
  const path: number[] = [];
  const onPath = new Int32Array(importances.length);
  let different = 0;
  let longest = 0;
  let depth = 0;
  for (let node = 0; node < size; node++) {
    while (path.length > depths[node]!) if (--onPath[path.pop()!]! === 0) different--;
    const f = feature[root + node]!;
    if (f < 0) continue;
    path.push(f);
    if (onPath[f]!++ === 0) different++;
    longest = Math.max(longest, different);
    depth = Math.max(depth, path.length);
    const children = [node + 1, right[root + node]!] as const;
    const total = cover[root + children[0]]! + cover[root + children[1]]!;
    for (const child of children) {
      depths[child] = path.length;
      ofParent[child] = cover[root + child]! / total;
      ofRoot[child] = ofRoot[node]! * ofParent[child];
    }
  }
  return { depths, depth, ofParent, ofRoot, longest };
}
