import { MISSING_BIN, SET_BYTES, SET_WORDS } from '../../kernels/bins.ts';
import { compileKernel } from '../../kernels/compile-kernel.ts';
import { createLayout, sharedMemory } from '../../kernels/memory.ts';
import { setParameters } from '../../kernels/set-parameters.ts';
import {
  ABREAST,
  NODE_BYTES,
  NODE_RIGHT,
  NODE_TEST,
  PLACE_BYTES,
  TEST_CATEGORIES,
  TEST_COLUMN_SHIFT,
  TEST_SPLIT,
} from '../../kernels/walk/layout.ts';
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

/** Sends rows down trees of any kind, node by node. */
export function walkTrees(ensemble: TreeEnsemble, binnings: readonly Binning[]): TreeBlocks {
  const { roots, width, nOutputs } = ensemble;
  const { at, buffer, addTree, writeLines, block } = load(ensemble, binnings);
  return {
    block,
    sums(columns, n) {
      writeLines(columns, n);
      const outputs = new Float64Array(buffer, at.outputs, n * nOutputs).fill(0);
      for (let tree = 0; tree + 1 < roots.length; tree++) {
        const place = at.outputs + (width === nOutputs ? 0 : 8 * (tree % nOutputs));
        addTree(at.nodes + NODE_BYTES * roots[tree]!, n, place);
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
    nodes: take(NODE_BYTES * n),
    values: take(8 * trees.values.length),
    sets: take((SET_BYTES / SET_WORDS) * trees.sets.length),
    leafOf: take(PLACE_BYTES * n),
    setOf: hasSets ? take(PLACE_BYTES * n) : 0,
    column: take(block),
    lines: take(stride * (block + ABREAST)),
    outputs: take(8 * trees.nOutputs * block),
  };
  const memory = sharedMemory(end());
  if (!memory) throw new RangeError('the trees are larger than WebAssembly can address');
  const { buffer } = memory;
  const view = new DataView(buffer);
  const leafOf = new Uint32Array(buffer, at.leafOf, n);
  for (let tree = 0; tree + 1 < trees.roots.length; tree++) {
    const root = trees.roots[tree]!;
    for (let node = root; node < trees.roots[tree + 1]!; node++) {
      const isLeaf = trees.feature[node]! < 0;
      const own = at.nodes + NODE_BYTES * node;
      view.setUint32(own + NODE_TEST, isLeaf ? 0 : testOf(trees, node), true);
      view.setUint32(own + NODE_RIGHT, at.nodes + NODE_BYTES * (isLeaf ? node : root + trees.right[node]!), true);
      leafOf[node] = isLeaf ? trees.right[node]! : 0;
    }
  }
  new Float64Array(buffer, at.values, trees.values.length).set(trees.values);
  if (hasSets) writeSets(trees, buffer, at);
  const { exports: kernel } = new WebAssembly.Instance(compileKernel(walkWasm), { env: { memory } });
  setParameters(kernel, {
    ...{ nodes: at.nodes, leafOf: at.leafOf, setOf: at.setOf, sets: at.sets, values: at.values },
    ...{ width: trees.width, nOutputs: trees.nOutputs, lines: at.lines, stride },
  });
  const writeLines = (columns: readonly Feature[], nRows: number) => {
    const bins = new Uint8Array(buffer, at.column, nRows);
    for (const [f, column] of columns.entries()) {
      binFeature(column, binnings[f]!, bins);
      kernel.toLines(at.column, nRows, at.lines + 2 * f);
    }
  };
  return { at, block, buffer, addTree: kernel.addTree, writeLines };
}

/** The test of a split. */
function testOf({ feature, bin, missingLeft, set }: TreeEnsemble, node: number): number {
  const isLow = set[node]! < 0 ? missingLeft[node]! : 0;
  const test = set[node]! >= 0 ? TEST_CATEGORIES : bin[node]! + 1 + isLow;
  return (test | TEST_SPLIT | ((2 * feature[node]! + isLow) << TEST_COLUMN_SHIFT)) >>> 0;
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
    const word = SET_WORDS * set + (MISSING_BIN >> 5);
    const missing = 1 << (MISSING_BIN & 31);
    sets[word] = trees.missingLeft[node] === 1 ? sets[word]! | missing : sets[word]! & ~missing;
  }
}
