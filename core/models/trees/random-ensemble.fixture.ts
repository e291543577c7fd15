import { MISSING_BIN } from '../../kernels/bins.ts';
import type { Feature, Features } from '../../preprocessing/features.ts';
import type { Random } from '../../random/random.ts';
import { type Binning, binFeature } from './binning.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/** Binnings of features 0, 2, … by numbers with 20 edges, and of 1, 3, … by 40 categories. */
export function mixedBinnings(nFeatures: number): Binning[] {
  return Array.from({ length: nFeatures }, (_, f) =>
    f % 2 === 0
      ? { kind: 'numeric', edges: Float64Array.from({ length: 20 }, (_, i) => i - 10) }
      : { kind: 'categorical', bins: Uint8Array.from({ length: 40 }, (_, code) => code) },
  );
}

/** Rows for `mixedBinnings`, with gaps. */
export function mixedRows(random: Random, nSamples: number, nFeatures: number): Features {
  const draw = <T extends Float64Array | Int32Array>(values: T, next: () => number, gap: number): T =>
    values.map(() => (random.uniform() < 0.2 ? gap : next())) as T;
  const columns = Array.from({ length: nFeatures }, (_, f): Feature => {
    const name = `f${f}`;
    if (f % 2 === 0)
      return {
        kind: 'numeric',
        name,
        values: draw(new Float64Array(nSamples), () => 15 * random.normal(), Number.NaN),
      };
    const codes = draw(new Int32Array(nSamples), () => random.integer(45), -1);
    return { kind: 'categorical', name, codes, nCategories: 45 };
  });
  return { nSamples, columns };
}

interface Shape {
  readonly nTrees: number;
  readonly nFeatures: number;
  readonly nOutputs: number;
  readonly width: number;
  /** The last level that splits. */
  readonly deepest?: number;
}

/** Trees of any shape, on `mixedBinnings`. */
export function randomEnsemble(
  random: Random,
  { nTrees, nFeatures, nOutputs, width, deepest = 7 }: Shape,
): TreeEnsemble {
  const roots = [0];
  const [feature, bin, right, missingLeft, set, sets, cover]: number[][] = [[], [], [], [], [], [], []];
  let nLeaves = 0;
  for (let tree = 0; tree < nTrees; tree++) {
    const root = feature!.length;
    const grow = (depth: number): void => {
      const node = feature!.length;
      const isLeaf = depth > deepest || random.uniform() < 0.2;
      const by = isLeaf ? -1 : random.integer(nFeatures);
      feature!.push(by);
      bin!.push(by >= 0 && by % 2 === 0 ? random.integer(21) : 0);
      missingLeft!.push(isLeaf ? 0 : random.integer(2));
      cover!.push(1 + random.integer(50));
      right!.push(isLeaf ? nLeaves++ : 0);
      const isSet = by >= 0 && by % 2 === 1;
      set!.push(isSet ? sets!.length / 8 : -1);
      if (isSet) for (let word = 0; word < 8; word++) sets!.push(random.integer(2 ** 32));
      if (isLeaf) return;
      grow(depth + 1);
      right![node] = feature!.length - root;
      grow(depth + 1);
    };
    grow(0);
    roots.push(feature!.length);
  }
  const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
  return {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(feature!),
    bin: Uint8Array.from(bin!),
    right: Int32Array.from(right!),
    missingLeft: Uint8Array.from(missingLeft!),
    set: Int32Array.from(set!),
    sets: Uint32Array.from(sets!),
    cover: Float64Array.from(cover!),
    values: draw(nLeaves * width),
    ...{ width, nOutputs, base: draw(nOutputs), scale: 1 / Math.max(1, nTrees) },
    importances: draw(nFeatures).map(Math.abs),
  };
}

/** A tree of leaves that hang down to the left, by two features in turn, and a row for each; leaf i says i. */
export function combOf(nLeaves: number): { trees: TreeEnsemble; binnings: Binning[]; rows: Features } {
  const nNodes = 2 * nLeaves - 1;
  const nodes = Array.from({ length: nNodes }, (_, node) => ({ isLeaf: node % 2 === 1 || node === nNodes - 1, node }));
  const edges = Float64Array.from({ length: 200 }, (_, i) => i);
  const trees: TreeEnsemble = {
    roots: Int32Array.of(0, nNodes),
    feature: Int32Array.from(nodes, ({ isLeaf, node }) => (isLeaf ? -1 : (node / 2) % 2)),
    bin: Uint8Array.from(nodes, ({ isLeaf, node }) => (isLeaf ? 0 : Math.floor(node / 4))),
    right: Int32Array.from(nodes, ({ isLeaf, node }) => (isLeaf ? Math.ceil(node / 2) - Number(node % 2) : node + 2)),
    missingLeft: new Uint8Array(nNodes),
    set: new Int32Array(nNodes).fill(-1),
    sets: new Uint32Array(0),
    cover: new Float64Array(nNodes).fill(1),
    values: Float64Array.from({ length: nLeaves }, (_, leaf) => leaf),
    ...{ width: 1, nOutputs: 1, base: new Float64Array(1), scale: 1 },
    importances: new Float64Array(2),
  };
  // Row i is below the edge of split i, and above those of all splits before it.
  const values = [0, 1].map((f) =>
    Float64Array.from({ length: nLeaves }, (_, row) => Math.floor(row / 2) + (row % 2 > f ? 0.5 : 0)),
  );
  return {
    trees,
    binnings: values.map(() => ({ kind: 'numeric', edges })),
    rows: { nSamples: nLeaves, columns: values.map((own, f) => ({ kind: 'numeric', name: `f${f}`, values: own })) },
  };
}

/** The nodes that a row passes on its way down a tree, by its bins: from the root to the leaf. */
export function wayDown(trees: TreeEnsemble, tree: number, bins: readonly number[]): number[] {
  const root = trees.roots[tree]!;
  let node = root;
  const way = [root];
  for (let f = trees.feature[root]!; f >= 0; f = trees.feature[node]!) {
    const bin = bins[f]!;
    const set = 8 * trees.set[node]!;
    let isLeft = set < 0 ? bin <= trees.bin[node]! : ((trees.sets[set + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
    if (bin === MISSING_BIN) isLeft = trees.missingLeft[node] === 1;
    node = isLeft ? node + 1 : root + trees.right[node]!;
    way.push(node);
  }
  return way;
}

/** The bins of each row. */
export function binsByRow(binnings: readonly Binning[], { nSamples, columns }: Features): number[][] {
  const bins = columns.map((column, f) => {
    const out = new Uint8Array(nSamples);
    binFeature(column, binnings[f]!, out);
    return out;
  });
  return Array.from({ length: nSamples }, (_, row) => bins.map((own) => own[row]!));
}

/** What an ensemble says, row by row and node by node: nSamples × nOutputs. */
export function walk(trees: TreeEnsemble, binnings: readonly Binning[], rows: Features): Float64Array {
  const { roots, width, nOutputs } = trees;
  return Float64Array.from(
    binsByRow(binnings, rows).flatMap((bins) => {
      const sums = new Float64Array(nOutputs);
      for (let tree = 0; tree + 1 < roots.length; tree++) {
        const leaf = trees.right[wayDown(trees, tree, bins).at(-1)!]!;
        for (let k = 0; k < width; k++)
          sums[width === nOutputs ? k : tree % nOutputs]! += trees.values[leaf * width + k]!;
      }
      return Array.from(sums, (sum, k) => trees.base[k]! + sum * trees.scale);
    }),
  );
}
