import { MISSING_BIN } from '../../kernels/bins.ts';
import type { Quadrature } from '../../stats/gauss-legendre.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import type { TreeShares } from './tree-shares.ts';

/** Rows that walk through a tree together: as many as let their products stay in the processor's cache. */
const BLOCK = 32;

/** What a row does at a step: it left at an earlier step by the feature, it leaves here, it follows all of them. */
const LEFT = 0;
const LEAVES = 1;
const FOLLOWS = 2;
const CASES = 3;

/**
 * Adds what one tree explains to `explained` (nSamples × nOutputs × nFeatures).
 *
 * Walks the tree in its own order. A step is the edge into a node, by the feature of the node above. On the way down each
 * step multiplies the products of its rows, at every point of the rule; on the way up sums over the leaves below are
 * collected, and each step gives its feature what these gain by it. Every buffer has a place per level of the path to the
 * present node, so nothing is allocated on the way. Level 0 stands for "no earlier step by this feature": share 1, followed.
 */
export function explainTree(
  work: {
    readonly ensemble: TreeEnsemble;
    readonly tree: number;
    readonly shares: TreeShares;
    readonly rule: Quadrature;
    readonly bins: readonly Uint8Array[];
    readonly nSamples: number;
  },
  explained: Float64Array,
): void {
  const { tree, bins, nSamples } = work;
  const { roots, feature, bin, right, missingLeft, set, sets, values, width, nOutputs, scale } = work.ensemble;
  const { depths, depth, ofParent } = work.shares;
  const { points, weights } = work.rule;
  const root = roots[tree]!;
  const n = points.length;
  const levels = depth + 1;
  const path = new Int32Array(levels);
  /** Level of the last step by each feature, and for each step of the one before it by the same feature. */
  const last = new Int32Array(bins.length);
  const earlier = new Int32Array(levels);
  /** Share of the training rows that follow all steps by the feature, down to this one. */
  const followed = new Float64Array(levels).fill(1);
  /** Levels × rows: whether a row goes left from the node, and what it does at the step. */
  const goesLeft = new Uint8Array(levels * BLOCK);
  const does = new Uint8Array(levels * BLOCK).fill(FOLLOWS);
  /** Points × cases: what the step multiplies products by. */
  const factors = new Float64Array(n * CASES);
  /** Levels × points × cases: what the step's feature gains per unit of the sums below. */
  const gains = new Float64Array(levels * n * CASES);
  /** Levels × points × rows. */
  const products = new Float64Array(levels * n * BLOCK).fill(1);
  /** Levels × width × points × rows. */
  const sums = new Float64Array(levels * width * n * BLOCK);
  const gained = new Float64Array(BLOCK);

  const split = (level: number, from: number, rows: number) => {
    const node = root + path[level]!;
    const own = bins[feature[node]!]!;
    const members = set[node]! * 8;
    for (let i = 0; i < rows; i++) {
      const b = own[from + i]!;
      if (b === MISSING_BIN) goesLeft[level * BLOCK + i] = missingLeft[node]!;
      else if (members < 0) goesLeft[level * BLOCK + i] = b <= bin[node]! ? 1 : 0;
      else goesLeft[level * BLOCK + i] = (sets[members + (b >> 5)]! >>> (b & 31)) & 1;
    }
    sums.fill(0, level * width * n * BLOCK, (level + 1) * width * n * BLOCK);
  };

  const enter = (level: number, rows: number) => {
    const parent = path[level - 1]!;
    const f = feature[root + parent]!;
    const before = last[f]!;
    earlier[level] = before;
    last[f] = level;
    const share = ofParent[path[level]!]!;
    followed[level] = followed[before]! * share;
    const isLeft = path[level] === parent + 1 ? 1 : 0;
    for (let i = 0; i < rows; i++) {
      const along = goesLeft[(level - 1) * BLOCK + i] === isLeft ? FOLLOWS : LEAVES;
      does[level * BLOCK + i] = does[before * BLOCK + i] === FOLLOWS ? along : LEFT;
    }
    for (let q = 0; q < n; q++) {
      const y = points[q]!;
      const was = y + (1 - y) * followed[before]!;
      const is = y + (1 - y) * followed[level]!;
      factors[q * CASES + LEFT] = share;
      factors[q * CASES + LEAVES] = ((1 - y) * followed[level]!) / was;
      factors[q * CASES + FOLLOWS] = is / was;
      // (o − z)/(y·o + (1 − y)·z) of this step less that of the one before, which counts for all leaves below it.
      const at = (level * n + q) * CASES;
      gains[at + LEAVES] = -weights[q]! / ((1 - y) * was);
      gains[at + FOLLOWS] = (weights[q]! * (followed[before]! - followed[level]!)) / (is * was);
    }
  };

  const multiply = (level: number, rows: number) => {
    for (let q = 0; q < n; q++) {
      const above = ((level - 1) * n + q) * BLOCK;
      const here = (level * n + q) * BLOCK;
      for (let i = 0; i < rows; i++) {
        products[here + i] = products[above + i]! * factors[q * CASES + does[level * BLOCK + i]!]!;
      }
    }
  };

  const leaf = (level: number, rows: number) => {
    const place = right[root + path[level]!]! * width;
    for (let k = 0; k < width; k++) {
      const value = values[place + k]! * scale;
      for (let q = 0; q < n; q++) {
        const above = ((level - 1) * n + q) * BLOCK;
        const here = ((level * width + k) * n + q) * BLOCK;
        for (let i = 0; i < rows; i++) {
          sums[here + i] = products[above + i]! * factors[q * CASES + does[level * BLOCK + i]!]! * value;
        }
      }
    }
  };

  const leave = (level: number, from: number, rows: number) => {
    const f = feature[root + path[level - 1]!]!;
    last[f] = earlier[level]!;
    for (let k = 0; k < width; k++) {
      gained.fill(0);
      for (let q = 0; q < n; q++) {
        const above = (((level - 1) * width + k) * n + q) * BLOCK;
        const here = ((level * width + k) * n + q) * BLOCK;
        const at = (level * n + q) * CASES;
        for (let i = 0; i < rows; i++) {
          const sum = sums[here + i]!;
          sums[above + i]! += sum;
          gained[i]! += gains[at + does[level * BLOCK + i]!]! * sum;
        }
      }
      const output = width === 1 ? tree % nOutputs : k;
      for (let i = 0; i < rows; i++) explained[((from + i) * nOutputs + output) * bins.length + f]! += gained[i]!;
    }
  };

  for (let from = 0; from < nSamples; from += BLOCK) {
    const rows = Math.min(BLOCK, nSamples - from);
    let level = 0;
    split(level, from, rows);
    for (let node = 1; node < depths.length; node++) {
      for (; level >= depths[node]!; level--) leave(level, from, rows);
      level = depths[node]!;
      path[level] = node;
      enter(level, rows);
      if (feature[root + node]! < 0) leaf(level, rows);
      else {
        multiply(level, rows);
        split(level, from, rows);
      }
    }
    for (; level > 0; level--) leave(level, from, rows);
  }
}
