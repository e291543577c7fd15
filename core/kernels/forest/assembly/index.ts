/*
 * Grows the trees of a forest, one call per tree:
 *
 *   parameters  what an instance is told before its first tree
 *   sample      the rows that the tree learns from, copied together
 *   runs        a node's rows summed by bin, for a feature
 *   split       the best border between runs
 *   scan        both in one, where a feature is numeric and leaves say one number
 *   grow        node after node, depth first
 *
 * The copies travel: when a node is parted, its rows move, whole, to where its children will read them one after the other.
 * No list of row numbers is followed, so nothing waits for memory, and small nodes lie in the nearest cache.
 *
 * All sums are of whole numbers (the caller scales targets and weights), so they are exact in any order. Randomness is a
 * hash of seed, tree and the way from the root: no state, the same tree on any thread.
 */
export * from './parameters';
export { grow } from './grow';
export { keyOf } from './draw';
