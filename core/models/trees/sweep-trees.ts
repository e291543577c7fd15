import { compileKernel } from '../../kernels/compile-kernel.ts';
import { createLayout, sharedMemory } from '../../kernels/memory.ts';
import { sweepWasm } from '../../kernels/sweep/sweep.wasm.ts';
import { type Binning, binFeature, countBins } from './binning.ts';
import type { TreeBlocks } from './tree-blocks.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/** A row's leaf is a byte. */
const MOST_LEAVES = 256;
const SPLIT_BYTES = 8;
/** Bins of a split by categories that lie side by side in a table. */
const TABLE_BINS = 16;
/** Bytes of the bins of a block of rows, which should stay in the cache. */
const BLOCK_BYTES = 2 ** 18;
const LEAST_ROWS = 256;
const MOST_ROWS = 8192;
/** Rows that the kernel looks at together, from the first of a block on. */
const TOGETHER = 64;

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
  const block = TOGETHER * Math.floor(rows / TOGETHER);
  const { take, end } = createLayout(1024);
  const at = {
    splits: take(sizeOfSplits(ensemble, binnings)),
    ends: take(8 * nTrees),
    values: take(8 * values.length),
    bins: take(block),
    columns: take(2 * nFeatures * block),
    labels: take(TOGETHER),
    outputs: take(8 * nOutputs * block),
  };
  const memory = sharedMemory(end());
  if (!memory) throw new RangeError('the trees are larger than WebAssembly can address');
  const { buffer } = memory;
  const { addSmallTrees, toColumns } = new WebAssembly.Instance(compileKernel(sweepWasm), { env: { memory } }).exports;
  new Float64Array(buffer, at.values, values.length).set(values);
  writeSplits(ensemble, binnings, block, new DataView(buffer), at);
  return {
    block,
    sums(columns, n) {
      const bins = new Uint8Array(buffer, at.bins, n);
      for (const [f, column] of columns.entries()) {
        binFeature(column, binnings[f]!, bins);
        toColumns(at.bins, n, at.columns + 2 * f * block, at.columns + (2 * f + 1) * block);
      }
      const outputs = new Float64Array(buffer, at.outputs, n * nOutputs).fill(0);
      addSmallTrees(
        ...([at.splits, at.ends, nTrees, width, at.columns, n] as const),
        ...([at.labels, at.outputs, nOutputs] as const),
      );
      return outputs;
    },
  };
}

/** Tables of a split by this feature: its second column has a bin more, that of missing values. */
function tablesOf(binning: Binning): number {
  return binning.kind === 'numeric' ? 0 : Math.ceil((countBins(binning) + 1) / TABLE_BINS);
}

function sizeOfSplits({ feature }: TreeEnsemble, binnings: readonly Binning[]): number {
  const tables = binnings.map(tablesOf);
  return feature.reduce((bytes, f) => (f < 0 ? bytes : bytes + SPLIT_BYTES + TABLE_BINS * tables[f]!), 0);
}

/** Splits and the ends of trees as the kernel reads them. Leaves are numbered from left to right, as they come. */
function writeSplits(
  { feature, bin, missingLeft, right, roots, set, sets, width }: TreeEnsemble,
  binnings: readonly Binning[],
  block: number,
  view: DataView,
  at: { readonly splits: number; readonly ends: number; readonly values: number },
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
      view.setUint32(to, (2 * f + isSecond) * block, true);
      view.setInt8(to + 4, bin[own]! + isSecond - 128);
      view.setUint8(to + 5, leavesBefore[node]!);
      view.setUint8(to + 6, leavesBefore[right[own]!]!);
      view.setUint8(to + 7, nTables);
      to += SPLIT_BYTES;
      for (let i = 0; i < TABLE_BINS * nTables; i++) {
        const member = i - 1;
        const isLeft = i === 0 ? missingLeft[own]! : (sets[8 * set[own]! + (member >> 5)]! >>> (member & 31)) & 1;
        view.setUint8(to++, isLeft === 1 ? 0 : 255);
      }
    }
    view.setUint32(at.ends + 8 * tree, to, true);
    view.setUint32(at.ends + 8 * tree + 4, place, true);
    place += 8 * width * leaves;
  }
}
