import type { BoostingThread } from './job.ts';

/**
 * Parts the rows `start`…`end` − 1 of the list of rows in two, keeping their order, and gives where the right side starts.
 *
 * @param list where the rows are read: the list's address, or 0 for all rows of the table.
 */
export type RowParting = (leaf: number, feature: number, list: number, start: number, end: number) => number;

/**
 * Threads share the rows: each parts its own stretch, then all move theirs to where they belong.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 */
export function createRowParting({ job, thread, kernel, barrier }: BoostingThread): RowParting {
  const { at, layout, nThreads } = job;
  /** Rows per call of the kernel: an engine swaps in its optimised code between calls only. */
  const CHUNK = 16_384;
  /** One thread splits a leaf of fewer rows. */
  const WORTH_SHARING = 8192;
  /** Per thread: how many of its rows go left. */
  const nLefts = Array.from(
    { length: nThreads },
    (_, t) => new Int32Array(job.memory.buffer, at.exchange + t * layout.EXCHANGE_BYTES + layout.EXCHANGE_LEFT, 1),
  );

  return (leaf, feature, list, start, end) => {
    kernel.sidesOf(leaf);
    const sharers = end - start < WORTH_SHARING ? 1 : nThreads;
    const share = (t: number) => start + Math.floor(((end - start) * Math.min(t, sharers)) / sharers);
    const from = share(thread);
    const to = share(thread + 1);
    let nLeft = 0;
    for (let first = from; first < to; first += CHUNK) {
      const toLeft = at.rows + 4 * (from + nLeft);
      const toRight = at.right + 4 * (first - nLeft);
      nLeft += kernel.partition(feature, list, first, Math.min(to, first + CHUNK), toLeft, toRight);
    }
    nLefts[thread]![0] = nLeft;
    barrier();
    let middle = start;
    let leftBefore = 0;
    for (let t = 0; t < nThreads; t++) {
      const count = nLefts[t]![0]!;
      // Later threads' left rows close up, one after the other: where they go, rows of an earlier thread may still lie.
      if (thread === 0 && t > 0) kernel.copy(at.rows + 4 * middle, at.rows + 4 * share(t), 4 * count);
      if (t < thread) leftBefore += count;
      middle += count;
    }
    if (sharers > 1) barrier();
    const toRight = middle + (from - start) - leftBefore;
    kernel.copy(at.rows + 4 * toRight, at.right + 4 * from, 4 * (to - from - nLeft));
    barrier();
    return middle;
  };
}
