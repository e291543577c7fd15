import type { BoostingJob, GrownNode, Kernel } from './job.ts';

/** A leaf that rows are in: where they stand in the list of rows, and their sums in whole numbers. */
interface GrownLeaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly gradients: bigint;
  readonly hessians: bigint;
  /** Of the leaf's value, in the scale of the sums; infinite without monotone constraints. */
  readonly bounds: readonly [number, number];
}

/** Grows one tree on the pairs at an address; all threads call it together, each doing its share, and get the same. */
export type TreeGrower = (pairs: number, key: number) => { readonly nodes: GrownNode[]; readonly leaves: GrownLeaf[] };

/**
 * Leaf-wise growth: the leaf whose best split gains most is split next. Threads share the rows when a leaf is parted, and
 * the features when its histograms are made and searched, so that no sum is ever shared. Of two children only the smaller
 * one's rows are summed; the other's histograms are the parent's less those.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 */
export function createTreeGrower(
  job: BoostingJob,
  thread: number,
  kernel: Kernel,
  barrier: () => void,
  hash: (a: number, b: number) => number,
): TreeGrower {
  const { at, nThreads, nRows, nFeatures, countBits, settings } = job;
  const { maxLeaves, maxDepth, minSamplesLeaf } = settings;
  const { buffer } = job.memory;
  const FEATURE_BYTES = 4096;
  const SPLIT_BYTES = 80;
  /** Rows per call of the kernel: an engine swaps in its optimised code between calls only. */
  const CHUNK = 16_384;
  /** A leaf of fewer rows is parted by one thread. */
  const WORTH_SHARING = 8192;

  interface Split {
    readonly gain: number;
    readonly gradients: bigint;
    readonly hessians: bigint;
    readonly feature: number;
    readonly bin: number;
    readonly flags: number;
    readonly set: readonly number[];
  }
  interface Leaf extends GrownLeaf {
    readonly depth: number;
    /** Hash of the way from the root: what features are drawn by. */
    readonly path: number;
    /** Place of its histograms; −1 when they are no longer needed. */
    slot: number;
    split: Split | null;
  }

  const slotBytes = nFeatures * FEATURE_BYTES;
  const firstFeature = Math.floor((nFeatures * thread) / nThreads);
  const endFeature = Math.floor((nFeatures * (thread + 1)) / nThreads);
  const node = at.own + thread * job.ownBytes;
  const allowedAt = node + 64;
  const goesLeftAt = allowedAt + Math.ceil((nFeatures + 1) / 64) * 64;
  const scratch = goesLeftAt + 256;
  const nodeSums = new BigInt64Array(buffer, node, 2);
  const nodeBounds = new Float64Array(buffer, node + 16, 2);
  const allowed = new Uint8Array(buffer, allowedAt, nFeatures);
  const goesLeft = new Uint8Array(buffer, goesLeftAt, 256);
  const exchange = Array.from({ length: nThreads }, (_, t) => {
    const place = at.exchange + t * job.exchangeBytes;
    return {
      nLeft: new Int32Array(buffer, place + 8, 1),
      splits: [0, 1].map((which) => {
        const split = place + 64 + which * SPLIT_BYTES;
        return {
          place: split,
          gain: new Float64Array(buffer, split, 1),
          sums: new BigInt64Array(buffer, split + 8, 2),
          what: new Int32Array(buffer, split + 24, 3),
          set: new Uint32Array(buffer, split + 40, 8),
          score: new Float64Array(buffer, split + 72, 1),
        };
      }),
    };
  });
  const countMask = (1n << BigInt(countBits)) - 1n;
  const l2 = settings.l2 * job.hessianScale;
  const freeSlots = Array.from({ length: job.nHistograms }, (_, slot) => slot);

  const histogramsOf = (slot: number) => at.histograms + slot * slotBytes;
  const countOf = (hessians: bigint) => Number(hessians & countMask);
  const canSplit = ({ depth, hessians }: Leaf) =>
    depth < maxDepth && countOf(hessians) >= Math.max(2, 2 * minSamplesLeaf);

  const makeHistograms = (slot: number, list: number, start: number, end: number, pairs: number) => {
    const place = histogramsOf(slot);
    if (firstFeature === endFeature) return;
    kernel.clear!(place + firstFeature * FEATURE_BYTES, (endFeature - firstFeature) * FEATURE_BYTES);
    for (let from = start; from < end; from += CHUNK) {
      const to = Math.min(end, from + CHUNK);
      const own = [firstFeature, endFeature] as const;
      kernel.histogram!(at.tiles, nRows, ...own, list, from, to, pairs, countBits, scratch, place);
    }
  };

  const drawFeatures = (path: number): number => {
    if (settings.maxFeatures >= nFeatures) return 0;
    allowed.fill(0);
    const order = Array.from({ length: nFeatures }, (_, f) => f);
    for (let i = 0; i < settings.maxFeatures; i++) {
      const other = i + Math.floor((hash(path, i) / 4294967296) * (nFeatures - i));
      const drawn = order[other]!;
      order[other] = order[i]!;
      allowed[drawn] = 1;
    }
    return allowedAt;
  };

  /** Leaves the best split by one of this thread's features where the others can read it. */
  const search = (leaf: Leaf, which: number) => {
    nodeSums[0] = leaf.gradients;
    nodeSums[1] = leaf.hessians;
    nodeBounds.set(leaf.bounds);
    const { place } = exchange[thread]!.splits[which]!;
    const own = [firstFeature, endFeature] as const;
    kernel.findSplit!(histogramsOf(leaf.slot), at.features, ...own, drawFeatures(leaf.path), node, place, scratch);
  };

  /** The best of what the threads found. Their features ascend, so the first of equals has the lowest. */
  const best = (which: number): Split | null => {
    let most = Number.NEGATIVE_INFINITY;
    let found = -1;
    for (const [t, { splits }] of exchange.entries()) {
      const { gain, score } = splits[which]!;
      if (gain[0]! > 0 && score[0]! > most) {
        most = score[0]!;
        found = t;
      }
    }
    if (found < 0) return null;
    const { gain, sums, what, set } = exchange[found]!.splits[which]!;
    return {
      gain: gain[0]!,
      gradients: sums[0]!,
      hessians: sums[1]!,
      feature: what[0]!,
      bin: what[1]!,
      flags: what[2]!,
      set: Array.from(set),
    };
  };

  /** Parts a leaf's rows in the list of rows and gives where its right side starts. */
  const part = ({ start, end, node: leafNode }: Leaf, { feature, bin, flags, set }: Split): number => {
    const byCategories = (flags & 2) !== 0;
    for (let b = 0; b < 255; b++) goesLeft[b] = byCategories ? (set[b >> 5]! >>> (b & 31)) & 1 : Number(b <= bin);
    goesLeft[255] = flags & 1;
    const sharers = end - start < WORTH_SHARING ? 1 : nThreads;
    const share = (t: number) => start + Math.floor(((end - start) * Math.min(t, sharers)) / sharers);
    const [from, to] = [share(thread), share(thread + 1)];
    const bins = at.tiles + 16 * nRows * (feature >> 4) + (feature & 15);
    const list = leafNode === 0 ? 0 : at.rows;
    let nLeft = 0;
    for (let first = from; first < to; first += CHUNK) {
      const toLeft = at.rows + 4 * (from + nLeft);
      const toRight = at.right + 4 * (first - nLeft);
      nLeft += kernel.partition!(bins, list, first, Math.min(to, first + CHUNK), goesLeftAt, toLeft, toRight);
    }
    exchange[thread]!.nLeft[0] = nLeft;
    barrier();
    let middle = start;
    let leftBefore = 0;
    for (const [t, each] of exchange.entries()) {
      // Later threads' left rows close up, one after the other: where they go, rows of an earlier thread may still lie.
      if (thread === 0 && t > 0) kernel.copy!(at.rows + 4 * middle, at.rows + 4 * share(t), 4 * each.nLeft[0]!);
      if (t < thread) leftBefore += each.nLeft[0]!;
      middle += each.nLeft[0]!;
    }
    if (sharers > 1) barrier();
    const toRight = middle + (from - start) - leftBefore;
    kernel.copy!(at.rows + 4 * toRight, at.right + 4 * from, 4 * (to - from - nLeft));
    barrier();
    return middle;
  };

  const leafValue = (
    { gradients, hessians }: Pick<Leaf, 'gradients' | 'hessians'>,
    bounds: readonly [number, number],
  ) => Math.min(Math.max(-Number(gradients) / (Number(hessians >> BigInt(countBits)) + l2), bounds[0]), bounds[1]);

  return (pairs, key) => {
    const nodes: GrownNode[] = [];
    const addNode = (hessians: bigint): number => {
      const node = { feature: -1, bin: 0, missingLeft: false, set: null, left: -1, right: -1, value: 0, gain: 0 };
      // A round may have drawn no row at all; a node without weight is no node.
      return nodes.push({ ...node, rows: Math.max(1, countOf(hessians)) }) - 1;
    };
    const open: Leaf[] = [];
    const leaves: GrownLeaf[] = [];
    const settle = (leaf: Leaf) => {
      if (leaf.split) return void open.push(leaf);
      if (leaf.slot >= 0) freeSlots.push(leaf.slot);
      leaves.push(leaf);
    };

    const slot = freeSlots.pop()!;
    makeHistograms(slot, 0, 0, nRows, pairs);
    barrier();
    // The sums of all rows are those over the bins of any feature.
    const entries = new BigInt64Array(buffer, histogramsOf(slot), 512);
    let [gradients, hessians] = [0n, 0n];
    for (let bin = 0; bin < 256; bin++) {
      gradients += entries[2 * bin]!;
      hessians += entries[2 * bin + 1]!;
    }
    const bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
    const root: Leaf = {
      ...{ node: addNode(hessians), start: 0, end: nRows, depth: 0, path: key },
      ...{ gradients, hessians, bounds, slot, split: null },
    };
    if (canSplit(root)) {
      search(root, 0);
      barrier();
      root.split = best(0);
    }
    settle(root);

    while (open.length > 0 && leaves.length + open.length < maxLeaves) {
      // Without a limit the order does not matter, and the newest, smaller leaf keeps the fewest histograms alive.
      let pick = open.length - 1;
      if (maxLeaves < Number.POSITIVE_INFINITY)
        for (let i = pick - 1; i >= 0; i--) if (open[i]!.split!.gain >= open[pick]!.split!.gain) pick = i;
      const leaf = open.splice(pick, 1)[0]!;
      const split = leaf.split!;
      const middle = part(leaf, split);
      const other = { gradients: leaf.gradients - split.gradients, hessians: leaf.hessians - split.hessians };
      let [leftBounds, rightBounds] = [leaf.bounds, leaf.bounds];
      const direction = job.directions[split.feature]!;
      if (direction !== 0) {
        const border = (leafValue(split, leaf.bounds) + leafValue(other, leaf.bounds)) / 2;
        const [below, above] = [[leaf.bounds[0], border] as const, [border, leaf.bounds[1]] as const];
        [leftBounds, rightBounds] = direction > 0 ? [below, above] : [above, below];
      }
      const child = (
        side: number,
        start: number,
        end: number,
        sums: typeof other,
        bounds: typeof leftBounds,
      ): Leaf => ({
        ...{ node: addNode(sums.hessians), start, end, depth: leaf.depth + 1, path: hash(leaf.path, side) },
        ...{ gradients: sums.gradients, hessians: sums.hessians, bounds, slot: -1, split: null },
      });
      const children = [
        child(1, leaf.start, middle, split, leftBounds),
        child(2, middle, leaf.end, other, rightBounds),
      ] as const;
      Object.assign(nodes[leaf.node]!, {
        ...{ feature: split.feature, bin: split.bin, missingLeft: (split.flags & 1) !== 0, gain: split.gain },
        ...{ set: (split.flags & 2) !== 0 ? split.set : null, left: children[0].node, right: children[1].node },
      });
      const small = middle - leaf.start <= leaf.end - middle ? 0 : 1;
      const [less, more] = [children[small], children[1 - small]!];
      more.slot = leaf.slot;
      const wanted = children.map((each) => leaves.length + open.length + 2 < maxLeaves && canSplit(each));
      if (wanted[0] || wanted[1]) {
        less.slot = freeSlots.pop()!;
        makeHistograms(less.slot, at.rows, less.start, less.end, pairs);
        if (wanted[1 - small])
          kernel.subtract!(histogramsOf(more.slot), histogramsOf(less.slot), firstFeature, endFeature);
        for (const which of [0, 1]) if (wanted[which]) search(children[which]!, which);
        barrier();
        for (const which of [0, 1]) if (wanted[which]) children[which]!.split = best(which);
      }
      settle(more);
      settle(less);
    }
    for (const leaf of open) freeSlots.push(leaf.slot);
    return { nodes, leaves: [...leaves, ...open] };
  };
}
