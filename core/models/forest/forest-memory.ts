import { BINS } from '../../kernels/bins.ts';
import * as layout from '../../kernels/forest/layout.ts';
import { createLayout } from '../../kernels/memory.ts';

/** What the sizes in a forest's memory depend on. */
export interface ForestShape {
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nCategorical: number;
  /** Numbers that a leaf says. */
  readonly nOutputs: number;
  /** Whether leaves speak of three classes or more. */
  readonly isMulticlass: boolean;
}

/** Bytes of a row's bins in the table, of a row's copy, and of a sum of rows. */
export function rowSizes({ nFeatures, nOutputs, isMulticlass }: ForestShape) {
  const lineBytes = layout.VECTOR_BYTES * Math.max(1, Math.ceil(nFeatures / layout.VECTOR_BYTES));
  return { lineBytes, stride: layout.ROW_BINS + lineBytes, sumBytes: isMulticlass ? 8 * nOutputs : layout.SUM_BYTES };
}

/** Where a thread's own memory is, from an address on: by the names that the kernel's `parameters` has. */
export function placeOwn(start: number, shape: ForestShape) {
  const { nRows, nFeatures, nCategorical, nOutputs } = shape;
  const { stride, sumBytes } = rowSizes(shape);
  const { take, end } = createLayout(start);
  const places = {
    ranks: take(BINS * nCategorical),
    total: take(sumBytes),
    left: take(sumBytes),
    binSums: take(sumBytes * BINS * layout.BATCH),
    binRows: take(4 * BINS * layout.BATCH),
    binMarks: take(BINS * layout.BATCH),
    keys: take(8 * BINS),
    runSums: take(sumBytes * BINS),
    runBins: take(4 * BINS),
    runRows: take(4 * BINS),
    gains: take(8 * nFeatures),
    order: take(4 * nFeatures),
    counts: take(4 * nRows),
    copies: take(2 * stride * nRows),
    tasks: take(layout.TASK_BYTES * (nRows + 2)),
    // A leaf has a row at least, and a tree one split less than leaves.
    nodes: take(layout.NODE_BYTES * 2 * nRows),
    leaves: take(8 * nOutputs * nRows),
  };
  return { places, end: end() };
}
