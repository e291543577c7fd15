import type { BoostingThread } from './job.ts';

/** Looks for the best split of a leaf; each thread by its own share of the features, so that no sum is ever shared. */
export interface LeafSearch {
  /** Sums rows up by bin: `start`…`end` − 1 of a list, or of all rows where `list` is 0. */
  makeHistograms(slot: number, list: number, start: number, end: number, pairs: number): void;
  /** Takes one child's histograms off the parent's, which leaves the other's. */
  subtract(parent: number, child: number): void;
  /** Writes the sums of all rows, from the histograms of all of them, to a leaf. */
  sumRows(slot: number, leaf: number): void;
  /** Finds this thread's best split of a leaf, the first or the second of two that are searched at once. */
  search(slot: number, leaf: number, path: number, which: number): void;
  /** Once all threads have searched: gives the leaf the best split of all, and tells its gain; 0: there is none. */
  choose(which: number, leaf: number): number;
}

/** Closes over nothing, since it is sent to worker threads as text. */
export function createLeafSearch({ job, kernel, own, hash }: BoostingThread): LeafSearch {
  const { at, nFeatures } = job;
  const { maxFeatures } = job.settings;
  const { HISTOGRAM_BYTES } = job.layout;
  /** Rows per call of the kernel: an engine swaps in its optimised code between calls only. */
  const CHUNK = 16_384;
  const allowed = new Uint8Array(job.memory.buffer, own.allowed, nFeatures);
  const order = new Int32Array(nFeatures);
  const histogramsOf = (slot: number) => at.histograms + slot * nFeatures * HISTOGRAM_BYTES;

  /** Marks the features that a leaf may be split by, drawn by its path. */
  const drawFeatures = (path: number) => {
    if (maxFeatures >= nFeatures) return;
    allowed.fill(0);
    for (let f = 0; f < nFeatures; f++) order[f] = f;
    for (let i = 0; i < maxFeatures; i++) {
      const other = i + Math.floor((hash(path, i) / 4294967296) * (nFeatures - i));
      const drawn = order[other]!;
      order[other] = order[i]!;
      allowed[drawn] = 1;
    }
  };

  return {
    makeHistograms(slot, list, start, end, pairs) {
      const sums = histogramsOf(slot);
      kernel.clear(sums);
      for (let first = start; first < end; first += CHUNK)
        kernel.histogram(list, first, Math.min(end, first + CHUNK), pairs, sums);
    },
    subtract: (parent, child) => kernel.subtract(histogramsOf(parent), histogramsOf(child)),
    sumRows: (slot, leaf) => kernel.sumRows(histogramsOf(slot), leaf),
    search(slot, leaf, path, which) {
      drawFeatures(path);
      kernel.findSplit(histogramsOf(slot), leaf, which);
    },
    choose: (which, leaf) => kernel.chooseSplit(which, leaf),
  };
}
