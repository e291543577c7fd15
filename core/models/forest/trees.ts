import { StoreError } from '../../errors/app-error.ts';
import type { Features } from '../../preprocessing/features.ts';
import { type Binning, countBelow, MISSING_BIN } from '../trees/binning.ts';

/**
 * Trees of a forest, one after the other. Per node: the feature it splits by (−1: leaf), what goes left (numbers up to
 * `bin`; categories whose bit is in `sets`), its right child as an offset from the tree's root (the
 * left one is the next node), and what its rows say.
 */
export interface Trees {
  /** Index of each tree's root; one more at the end. */
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly bin: Uint8Array;
  readonly right: Int32Array;
  /** 1: missing values go left. */
  readonly missingLeft: Uint8Array;
  /** For categorical splits the index of a set of 256 bits in `sets`, else −1. */
  readonly set: Int32Array;
  readonly sets: Uint32Array;
  /** nNodes × nOutputs: the mean target, or the shares of the classes. */
  readonly values: Float64Array;
  readonly nOutputs: number;
}

/**
 * Mean over the trees of what their leaves say: nSamples × nOutputs, row by row.
 *
 * @throws StoreError when the features are not of the number and kinds that the forest was grown on.
 */
export function predictTrees(trees: Trees, binnings: readonly Binning[], features: Features): Float64Array {
  const { nSamples } = features;
  if (features.columns.length !== binnings.length) {
    throw new StoreError({
      message: `the forest has ${binnings.length} features, the table ${features.columns.length}`,
    });
  }
  const bins = features.columns.map((column, f): Uint8Array => {
    const binning = binnings[f]!;
    if (column.kind === 'numeric') {
      if (binning.kind !== 'numeric') throw otherKind(column.name, 'categorical');
      return Uint8Array.from(column.values, (value) =>
        Number.isNaN(value) ? MISSING_BIN : countBelow(binning.edges, value),
      );
    }
    if (binning.kind !== 'categorical') throw otherKind(column.name, 'numeric');
    return Uint8Array.from(column.codes, (code) => (code < 0 ? MISSING_BIN : (binning.bins[code] ?? MISSING_BIN)));
  });
  const { roots, values, nOutputs } = trees;
  const nTrees = roots.length - 1;
  const result = new Float64Array(nSamples * nOutputs);
  for (let tree = 0; tree < nTrees; tree++) {
    for (let row = 0; row < nSamples; row++) {
      const leaf = findLeaf(trees, roots[tree]!, bins, row);
      for (let k = 0; k < nOutputs; k++) result[row * nOutputs + k]! += values[leaf * nOutputs + k]!;
    }
  }
  return result.map((sum) => sum / nTrees);
}

function findLeaf(trees: Trees, root: number, bins: readonly Uint8Array[], row: number): number {
  const { feature, bin, right, missingLeft, set, sets } = trees;
  let node = root;
  while (feature[node]! >= 0) {
    const b = bins[feature[node]!]![row]!;
    const members = set[node]!;
    const goesLeft =
      b === MISSING_BIN
        ? missingLeft[node] === 1
        : members < 0
          ? b <= bin[node]!
          : ((sets[members * 8 + (b >> 5)]! >>> (b & 31)) & 1) === 1;
    node = goesLeft ? node + 1 : root + right[node]!;
  }
  return node;
}

function otherKind(name: string, kind: Binning['kind']): StoreError {
  return new StoreError({ message: `the forest was grown on a ${kind} feature where the table has "${name}"` });
}
