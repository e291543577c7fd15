import type { BoostingThread, GrownNode } from './job.ts';
import type { RowParting } from './part-rows.ts';
import type { LeafSearch } from './search-leaf.ts';

/** A leaf of a finished tree: which node it is, and where its rows are in the list of rows. */
interface GrownLeaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  /** In the scale of the sums. */
  readonly value: number;
}

/** Grows one tree on the pairs at an address; all threads call it together, each doing its share, and get the same. */
export type TreeGrower = (pairs: number, key: number) => { readonly nodes: GrownNode[]; readonly leaves: GrownLeaf[] };

/**
 * Leaf-wise growth: the leaf whose best split gains most is split next. Of two children only the smaller one's rows are
 * summed; the other's histograms are the parent's less those. What is known of a leaf is in the kernel's memory, at the
 * same place as its histograms; a leaf that is just made has a place of its own.
 *
 * Closes over nothing, since it is sent to worker threads as text.
 */
export function createTreeGrower(
  { job, kernel, barrier, own, hash }: BoostingThread,
  { makeHistograms, subtract, sumRows, search, choose }: LeafSearch,
  part: RowParting,
): TreeGrower {
  const { maxLeaves, maxDepth, minSamplesLeaf } = job.settings;
  const { buffer } = job.memory;
  const { LEAF_BYTES, LEAF_ROWS, LEAF_SPLIT, LEAF_VALUE, MISSING_LEFT, BY_CATEGORIES } = job.layout;
  const { SPLIT_BIN, SPLIT_FEATURE, SPLIT_FLAGS, SPLIT_SET, SET_WORDS } = job.layout;
  const view = new DataView(buffer);
  const fewestRows = Math.max(2, 2 * minSamplesLeaf);

  interface Leaf extends GrownLeaf {
    readonly depth: number;
    /** Hash of the way from the root: what features are drawn by. */
    readonly path: number;
    /** Of its histograms; −1 when they are no longer needed. */
    slot: number;
    /** Of its best split; 0: there is none. */
    gain: number;
  }

  const freeSlots = Array.from({ length: job.nHistograms }, (_, slot) => slot);
  const leafAt = (slot: number) => own.leaves + slot * LEAF_BYTES;
  /** Leaves that are just made: the root, or the left and the right child. */
  const made = [own.made, own.made + LEAF_BYTES] as const;
  const [left, right] = made;
  const rowsOf = (which: number) => view.getInt32(made[which]! + LEAF_ROWS, true);

  let nodes: GrownNode[] = [];
  let open: Leaf[] = [];
  let leaves: GrownLeaf[] = [];

  const addLeaf = (which: number, start: number, end: number, depth: number, path: number): Leaf => {
    const node = nodes.length;
    const value = view.getFloat64(made[which]! + LEAF_VALUE, true);
    nodes.push({
      ...{ feature: -1, bin: 0, missingLeft: false, set: null, left: -1, right: -1, value: 0, gain: 0 },
      // A round may have drawn no row at all; a node without weight is no node.
      rows: Math.max(1, rowsOf(which)),
    });
    return { node, start, end, value, depth, path, slot: -1, gain: 0 };
  };
  const canSplit = (which: number, depth: number) => depth < maxDepth && rowsOf(which) >= fewestRows;
  const settle = (leaf: Leaf, which: number) => {
    if (leaf.gain > 0) {
      kernel.copy(leafAt(leaf.slot), made[which]!, LEAF_BYTES);
      open.push(leaf);
      return;
    }
    if (leaf.slot >= 0) freeSlots.push(leaf.slot);
    leaves.push(leaf);
  };
  const takeNext = (): Leaf => {
    // Without a limit the order does not matter, and the newest, smaller leaf keeps the fewest histograms alive.
    let pick = open.length - 1;
    if (maxLeaves < Number.POSITIVE_INFINITY)
      for (let i = pick - 1; i >= 0; i--) if (open[i]!.gain >= open[pick]!.gain) pick = i;
    return open.splice(pick, 1)[0]!;
  };

  const plant = (pairs: number, key: number) => {
    const slot = freeSlots.pop()!;
    makeHistograms(slot, 0, 0, job.nRows, pairs);
    barrier();
    sumRows(slot, left);
    kernel.beginLeaf(left, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    const root = addLeaf(0, 0, job.nRows, 0, key);
    root.slot = slot;
    if (canSplit(0, 0)) {
      search(slot, left, key, 0);
      barrier();
      root.gain = choose(0, left);
    }
    settle(root, 0);
  };

  const split = (leaf: Leaf, pairs: number) => {
    const found = leafAt(leaf.slot) + LEAF_SPLIT;
    const feature = view.getInt32(found + SPLIT_FEATURE, true);
    const flags = view.getInt32(found + SPLIT_FLAGS, true);
    const middle = part(leafAt(leaf.slot), feature, leaf.node === 0 ? 0 : job.at.rows, leaf.start, leaf.end);
    kernel.divideLeaf(leafAt(leaf.slot), left, right);
    const depth = leaf.depth + 1;
    const children = [
      addLeaf(0, leaf.start, middle, depth, hash(leaf.path, 1)),
      addLeaf(1, middle, leaf.end, depth, hash(leaf.path, 2)),
    ] as const;
    const node = nodes[leaf.node]!;
    node.feature = feature;
    node.bin = view.getInt32(found + SPLIT_BIN, true);
    node.missingLeft = (flags & MISSING_LEFT) !== 0;
    node.set = (flags & BY_CATEGORIES) !== 0 ? [...new Uint32Array(buffer, found + SPLIT_SET, SET_WORDS)] : null;
    node.gain = leaf.gain;
    node.left = children[0].node;
    node.right = children[1].node;

    const small = middle - leaf.start <= leaf.end - middle ? 0 : 1;
    const less = children[small];
    const more = children[1 - small]!;
    more.slot = leaf.slot;
    const isLast = leaves.length + open.length + 2 >= maxLeaves;
    const wanted = [!isLast && canSplit(0, depth), !isLast && canSplit(1, depth)];
    if (wanted[0] || wanted[1]) {
      less.slot = freeSlots.pop()!;
      makeHistograms(less.slot, job.at.rows, less.start, less.end, pairs);
      if (wanted[1 - small]) subtract(more.slot, less.slot);
      for (let i = 0; i < 2; i++) if (wanted[i]) search(children[i]!.slot, made[i]!, children[i]!.path, i);
      barrier();
      for (let i = 0; i < 2; i++) if (wanted[i]) children[i]!.gain = choose(i, made[i]!);
    }
    settle(more, 1 - small);
    settle(less, small);
  };

  return (pairs, key) => {
    nodes = [];
    open = [];
    leaves = [];
    plant(pairs, key);
    while (open.length > 0 && leaves.length + open.length < maxLeaves) split(takeNext(), pairs);
    for (const leaf of open) freeSlots.push(leaf.slot);
    return { nodes, leaves: [...leaves, ...open] };
  };
}
