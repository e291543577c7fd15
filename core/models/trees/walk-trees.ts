import { compileKernel } from '../../kernels/compile-kernel.ts';
import { createLayout, sharedMemory } from '../../kernels/memory.ts';
import { walkWasm } from '../../kernels/walk/walk.wasm.ts';
import type { Feature } from '../../preprocessing/features.ts';
import { type Binning, binFeature } from './binning.ts';
import type { TreeBlocks } from './tree-blocks.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/**
 * Rows that are sent down all trees together. The more there are, the fewer times a forest, which is larger than the
 * cache, is read; their own bins should stay in it.
 */
const MOST_ROWS = 16_384;
const LEAST_ROWS = 1024;
const LINE_BYTES = 2 ** 19;
/** Rows that are sent down a tree side by side. */
const ABREAST = 8;

/** Sends rows down trees of any kind, node by node. */
export function walkTrees(ensemble: TreeEnsemble, binnings: readonly Binning[]): TreeBlocks {
  const { roots, width, nOutputs } = ensemble;
  const { at, buffer, addTree, writeLines, stride, block } = load(ensemble, binnings);
  return {
    block,
    sums(columns, n) {
      writeLines(columns, n);
      const outputs = new Float64Array(buffer, at.outputs, n * nOutputs).fill(0);
      for (let tree = 0; tree + 1 < roots.length; tree++) {
        const place = at.outputs + (width === nOutputs ? 0 : 8 * (tree % nOutputs));
        addTree(
          ...([at.nodes, at.nodes + 8 * roots[tree]!, at.leafOf, at.values, width, at.setOf, at.sets] as const),
          ...([at.lines, stride, n, place, nOutputs] as const),
        );
      }
      return outputs;
    },
  };
}

function load(trees: TreeEnsemble, binnings: readonly Binning[]) {
  const n = trees.feature.length;
  const hasSets = trees.sets.length > 0;
  const stride = Math.max(2, 2 * binnings.length);
  const block = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(LINE_BYTES / stride)));
  const { take, end } = createLayout(1024);
  const at = {
    nodes: take(8 * n),
    values: take(8 * trees.values.length),
    sets: take(4 * trees.sets.length),
    leafOf: take(4 * n),
    setOf: hasSets ? take(4 * n) : 0,
    column: take(block),
    lines: take(stride * (block + ABREAST)),
    outputs: take(8 * trees.nOutputs * block),
  };
  const memory = sharedMemory(end());
  if (!memory) throw new RangeError('the trees are larger than WebAssembly can address');
  const { buffer } = memory;
  const nodes = new Uint32Array(buffer, at.nodes, 2 * n);
  const leafOf = new Uint32Array(buffer, at.leafOf, n);
  for (let tree = 0; tree + 1 < trees.roots.length; tree++) {
    const root = trees.roots[tree]!;
    for (let node = root; node < trees.roots[tree + 1]!; node++) {
      const isLeaf = trees.feature[node]! < 0;
      nodes[2 * node] = isLeaf ? 0 : wordOf(trees, node);
      nodes[2 * node + 1] = at.nodes + 8 * (isLeaf ? node : root + trees.right[node]!);
      leafOf[node] = isLeaf ? trees.right[node]! : 0;
    }
  }
  new Float64Array(buffer, at.values, trees.values.length).set(trees.values);
  if (hasSets) writeSets(trees, buffer, at);
  const { addTree, toLines } = new WebAssembly.Instance(compileKernel(walkWasm), { env: { memory } }).exports;
  const writeLines = (columns: readonly Feature[], nRows: number) => {
    const bins = new Uint8Array(buffer, at.column, nRows);
    for (const [f, column] of columns.entries()) {
      binFeature(column, binnings[f]!, bins);
      toLines(at.column, nRows, at.lines + 2 * f, stride);
    }
  };
  return { at, block, buffer, stride, addTree: addTree, writeLines };
}

/** A split in a word: see the kernel. */
function wordOf({ feature, bin, missingLeft, set }: TreeEnsemble, node: number): number {
  const isLow = set[node]! < 0 ? missingLeft[node]! : 0;
  const test = set[node]! >= 0 ? 1 << 9 : bin[node]! + 1 + isLow;
  return (test | (1 << 10) | ((2 * feature[node]! + isLow) << 11)) >>> 0;
}

/** Sets by node, with missing values among the members where they go left. */
function writeSets(
  trees: TreeEnsemble,
  buffer: SharedArrayBuffer,
  at: { readonly sets: number; readonly setOf: number },
) {
  const sets = new Uint32Array(buffer, at.sets, trees.sets.length);
  sets.set(trees.sets);
  const setOf = new Uint32Array(buffer, at.setOf, trees.set.length);
  for (const [node, set] of trees.set.entries()) {
    if (set < 0) continue;
    setOf[node] = set;
    const last = sets[8 * set + 7]! & 0x7fffffff;
    sets[8 * set + 7] = trees.missingLeft[node] === 1 ? last | 0x80000000 : last;
  }
}
