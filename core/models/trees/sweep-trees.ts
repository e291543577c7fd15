import { SET_WORDS } from '../../kernels/bins.ts';
import { compileKernel } from '../../kernels/compile-kernel.ts';
import { createLayout, sharedMemory } from '../../kernels/memory.ts';
import { setParameters } from '../../kernels/set-parameters.ts';
import {
  BIN_SHIFT,
  GOES_RIGHT,
  ROWS_TOGETHER,
  SPLIT_BYTES,
  SPLIT_COLUMN,
  SPLIT_FROM,
  SPLIT_HIGHEST,
  SPLIT_TABLES,
  SPLIT_TO,
  TABLE_BYTES,
  TREE_BYTES,
  TREE_END,
  TREE_VALUES,
} from '../../kernels/sweep/layout.ts';
import { sweepWasm } from '../../kernels/sweep/sweep.wasm.ts';
import { type Binning, binFeature, countBins } from './binning.ts';
import type { TreeBlocks } from './tree-blocks.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/** A row's leaf is a byte. */
const MOST_LEAVES = 256;
/** Bytes of the bins of a block of rows, which should stay in the cache. */
const BLOCK_BYTES = 2 ** 18;
const LEAST_ROWS = 256;
const MOST_ROWS = 8192;

/** Whether no tree has more leaves than a byte can tell apart. */
export function isSwept({ roots }: TreeEnsemble): boolean {
  return roots.every((end, tree) => tree === 0 || end - roots[tree - 1]! < 2 * MOST_LEAVES);
}

/** Asks every split of many rows at once; see the kernel. */
export function sweepTrees(ensemble: TreeEnsemble, binnings: readonly Binning[]): TreeBlocks {
  const { roots, values, width, nOutputs } = ensemble;
  const nTrees = roots.length - 1;
  const nFeatures = binnings.length;
  const rows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, BLOCK_BYTES / (2 * nFeatures)));
  const block = ROWS_TOGETHER * Math.floor(rows / ROWS_TOGETHER);
  const { take, end } = createLayout(1024);
  const at = {
    splits: take(sizeOfSplits(ensemble, binnings)),
    trees: take(TREE_BYTES * nTrees),
    values: take(8 * values.length),
    bins: take(block),
    columns: take(2 * nFeatures * block),
    labels: take(ROWS_TOGETHER),
    outputs: take(8 * nOutputs * block),
  };
  const memory = sharedMemory(end());
  if (!memory) throw new RangeError('the trees are larger than WebAssembly can address');
  const { buffer } = memory;
  const { exports: kernel } = new WebAssembly.Instance(compileKernel(sweepWasm), { env: { memory } });
  setParameters(kernel, {
    ...{ splits: at.splits, trees: at.trees, nTrees, nOutputs, width },
    ...{ columns: at.columns, labels: at.labels, outputs: at.outputs },
  });
  new Float64Array(buffer, at.values, values.length).set(values);
  writeSplits(ensemble, binnings, block, new DataView(buffer), at);
  return {
    block,
    sums(columns, n) {
      const bins = new Uint8Array(buffer, at.bins, n);
      for (const [f, column] of columns.entries()) {
        binFeature(column, binnings[f]!, bins);
        kernel.toColumns(at.bins, n, at.columns + 2 * f * block, at.columns + (2 * f + 1) * block);
      }
      const outputs = new Float64Array(buffer, at.outputs, n * nOutputs).fill(0);
      kernel.addSmallTrees(n);
      return outputs;
    },
  };
}

/** Tables of a split by this feature: its second column has a bin more, that of missing values. */
function tablesOf(binning: Binning): number {
  return binning.kind === 'numeric' ? 0 : Math.ceil((countBins(binning) + 1) / TABLE_BYTES);
}

function sizeOfSplits({ feature }: TreeEnsemble, binnings: readonly Binning[]): number {
  const tables = binnings.map(tablesOf);
  return feature.reduce((bytes, f) => (f < 0 ? bytes : bytes + SPLIT_BYTES + TABLE_BYTES * tables[f]!), 0);
}

/** Splits and trees as the kernel reads them. Leaves are numbered from left to right, as they come. */
function writeSplits(
  { feature, bin, missingLeft, right, roots, set, sets, width }: TreeEnsemble,
  binnings: readonly Binning[],
  block: number,
  view: DataView,
  at: { readonly splits: number; readonly trees: number; readonly values: number },
): void {
  const tables = binnings.map(tablesOf);
  let to = at.splits;
  let place = at.values;
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    const root = roots[tree]!;
    const leavesBefore = new Uint16Array(roots[tree + 1]! - root);
    let leaves = 0;
    for (let node = 0; node < leavesBefore.length; node++) {
      leavesBefore[node] = leaves;
      if (feature[root + node]! < 0) leaves++;
    }
    for (let node = 0; node < leavesBefore.length; node++) {
      const own = root + node;
      const f = feature[own]!;
      if (f < 0) continue;
      const nTables = tables[f]!;
      const isSecond = nTables > 0 ? 1 : missingLeft[own]!;
      view.setUint32(to + SPLIT_COLUMN, (2 * f + isSecond) * block, true);
      view.setInt8(to + SPLIT_HIGHEST, bin[own]! + isSecond - BIN_SHIFT);
      view.setUint8(to + SPLIT_FROM, leavesBefore[node]!);
      view.setUint8(to + SPLIT_TO, leavesBefore[right[own]!]!);
      view.setUint8(to + SPLIT_TABLES, nTables);
      to += SPLIT_BYTES;
      for (let i = 0; i < TABLE_BYTES * nTables; i++) {
        const member = i - 1;
        const isLeft =
          i === 0 ? missingLeft[own]! : (sets[SET_WORDS * set[own]! + (member >> 5)]! >>> (member & 31)) & 1;
        view.setUint8(to++, isLeft === 1 ? 0 : GOES_RIGHT);
      }
    }
    view.setUint32(at.trees + TREE_BYTES * tree + TREE_END, to, true);
    view.setUint32(at.trees + TREE_BYTES * tree + TREE_VALUES, place, true);
    place += 8 * width * leaves;
  }
}
