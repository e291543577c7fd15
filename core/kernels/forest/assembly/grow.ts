/* Node after node, depth first: is it a leaf, and if not, how is it parted. */
import { BATCH, isFew, layoutRuns, readRuns, runs, sortRuns, sumByBin } from './runs';
import { scanBins, scanFew } from './scan';
import { copyRows, drawRows } from './sample';
import { addGain, best, clearGains, layoutSplit, tryBorders, weightOf } from './split';
import { addRow, align, below, hash, HEAD, MISSING, state } from './state';

/** Bytes of a node: feature i32 (−1: leaf), bin i32, right child or place of the leaf i32, 1: missing values go left i32, weight f64. */
const NODE: usize = 24;
const TASK: usize = 32;
/** The way on from a node; other than the numbers that features are drawn by. */
const LEFT: u32 = 0x80000001;
const RIGHT: u32 = 0x80000002;

let countsAt: usize = 0;
let copiesAt: usize = 0;
let copyBytes: usize = 0;
let featuresAt: usize = 0;
let tasksAt: usize = 0;
let nodesAt: usize = 0;
let leavesAt: usize = 0;
let nNodes: i32 = 0;
let nLeaves: i32 = 0;
let maxFeatures: i32 = 0;

/**
 * Lays out a thread's working memory from `work` on and gives its end. Results stay there until the next tree.
 *
 * @param mostRows most rows that a tree is grown on.
 * @param isMulticlass whether leaves speak of three classes or more.
 */
export function layout(work: usize, nRows: i32, mostRows: i32, nFeatures: i32, lineBytes: i32, nOutputs: i32, isMulticlass: i32): usize {
  state.nRows = nRows;
  state.nFeatures = nFeatures;
  state.nOutputs = nOutputs;
  state.isMulticlass = isMulticlass != 0;
  state.lineBytes = <usize>lineBytes;
  state.stride = HEAD + <usize>lineBytes;
  state.sumBytes = isMulticlass ? 8 * <usize>nOutputs : 16;
  state.total = align(work);
  let at = layoutSplit(layoutRuns(state.total + state.sumBytes));
  featuresAt = align(at);
  countsAt = align(featuresAt + 4 * <usize>nFeatures);
  copiesAt = align(countsAt + 4 * <usize>nRows);
  copyBytes = state.stride * <usize>mostRows;
  tasksAt = copiesAt + 2 * copyBytes;
  nodesAt = align(tasksAt + TASK * (<usize>mostRows + 2));
  leavesAt = nodesAt + NODE * 2 * <usize>mostRows;
  return leavesAt + 8 * <usize>nOutputs * <usize>mostRows;
}

export function nodes(): usize {
  return nodesAt;
}
/** nLeaves × nOutputs: the mean target, the share of the second class, or the shares of all classes. */
export function leaves(): usize {
  return leavesAt;
}

/** What is drawn by for a tree, and for whatever belongs to it. */
export function keyOf(seed: u32, tree: u32, part: u32): u32 {
  return hash(hash(hash(seed, 0x7ee5), tree), part);
}

/**
 * Grows a tree and returns its number of nodes, in depth-first order.
 *
 * @param lines nRows × `lineBytes`: the bins of a row side by side.
 * @param categorical the features with categories, see `copyRows`; their splits are by rank.
 * @param values per row the scaled target, or the class.
 * @param weights per row a whole number; 0 as an address: all 1.
 * @param ends what rows are drawn by, see `drawRows`.
 * @param maxDepth −1: unlimited.
 */
export function grow(lines: usize, nCategorical: i32, categorical: usize, ranks: usize, values: usize, weights: usize, ends: usize, seed: u32, tree: u32, bootstrap: i32, maxDepth: i32, minSplit: i32, minLeaf: i32, triedFeatures: i32): i32 {
  state.minLeaf = minLeaf;
  state.countsRows = minLeaf > 1;
  maxFeatures = triedFeatures;
  nNodes = 0;
  nLeaves = 0;
  clearGains();
  const key = hash(hash(seed, 0x7ee5), tree);
  if (bootstrap) drawRows(hash(key, 0xb007), countsAt, ends);
  const n = copyRows(bootstrap ? countsAt : 0, lines, nCategorical, categorical, ranks, values, weights, copiesAt);
  let top = 0;
  if (n > 0) push(top++, 0, n, 0, key, -1);
  while (top > 0) {
    const task = tasksAt + TASK * <usize>--top;
    const start = load<i32>(task);
    const end = load<i32>(task, 4);
    const depth = load<i32>(task, 8);
    const path = load<u32>(task, 12);
    const parent = load<i32>(task, 16);
    const here = copiesAt + copyBytes * <usize>(depth & 1);
    const from = here + state.stride * <usize>start;
    const to = here + state.stride * <usize>end;
    if (parent >= 0) store<i32>(nodesAt + NODE * <usize>parent, nNodes, 8);
    const node = nodesAt + NODE * <usize>nNodes;
    sumRows(from, to);
    state.totalRows = end - start;
    store<f64>(node, weightOf(state.total), 16);
    best.above = -1;
    best.below = 1;
    best.feature = -1;
    if (end - start >= max(minSplit, 2 * minLeaf) && (maxDepth < 0 || depth < maxDepth) && !isPure(from, to)) search(path, from, to);
    if (best.feature < 0) {
      makeLeaf(node);
      nNodes++;
      continue;
    }
    addGain();
    store<i32>(node, best.feature);
    store<i32>(node, best.bin, 4);
    store<i32>(node, best.missingLeft, 12);
    const middle = part(from, to, start, end, copiesAt + copyBytes * <usize>((depth + 1) & 1));
    push(top++, middle, end, depth + 1, hash(path, RIGHT), nNodes);
    push(top++, start, middle, depth + 1, hash(path, LEFT), -1);
    nNodes++;
  }
  return nNodes;
}

/** The left child is the next node, so that only of the right one its parent has to be told. */
function push(at: i32, start: i32, end: i32, depth: i32, path: u32, parent: i32): void {
  const task = tasksAt + TASK * <usize>at;
  store<i32>(task, start);
  store<i32>(task, end, 4);
  store<i32>(task, depth, 8);
  store<u32>(task, path, 12);
  store<i32>(task, parent, 16);
}

function sumRows(from: usize, to: usize): void {
  if (!state.isMulticlass) {
    let sum = i64x2.splat(0);
    for (let row = from; row < to; row += state.stride) sum = v128.add<f64>(sum, v128.load(row));
    v128.store(state.total, sum);
    return;
  }
  memory.fill(state.total, 0, state.sumBytes);
  for (let row = from; row < to; row += state.stride) addRow(state.total, row);
}

@inline
function targetOf(row: usize): f64 {
  return state.isMulticlass ? load<f64>(row, 8) : load<f64>(row, 8) / load<f64>(row);
}

/** Whether all rows have one target. */
function isPure(from: usize, to: usize): bool {
  const first = targetOf(from);
  for (let row = from + state.stride; row < to; row += state.stride) if (targetOf(row) != first) return false;
  return true;
}

function makeLeaf(node: usize): void {
  store<i32>(node, -1);
  store<i32>(node, 0, 4);
  store<i32>(node, nLeaves, 8);
  store<i32>(node, 0, 12);
  const weight = load<f64>(node, 16);
  const at = leavesAt + 8 * <usize>nLeaves * <usize>state.nOutputs;
  const sums = state.isMulticlass ? state.total : state.total + 8;
  for (let k = 0; k < state.nOutputs; k++) store<f64>(at + 8 * <usize>k, load<f64>(sums + 8 * <usize>k) / weight);
  nLeaves++;
}

/**
 * Tries `maxFeatures` features in an order drawn for the node, and more only until one has more than one bin, as
 * scikit-learn does: constant features use up tries, which makes trees as different as they are there.
 */
function search(path: u32, from: usize, to: usize): void {
  const nFeatures = state.nFeatures;
  const isPair = state.totalRows == 2 && state.minLeaf == 1 && !state.isMulticlass;
  const few = isFew(state.totalRows);
  for (let f = 0; f < nFeatures; f++) store<i32>(featuresAt + 4 * <usize>f, f);
  let tried = 0;
  let drawn = 0;
  while (drawn < nFeatures && (drawn < maxFeatures || tried == 0)) {
    const n = min(min(few ? 1 : BATCH, max(1, maxFeatures - drawn)), nFeatures - drawn);
    for (let i = drawn; i < drawn + n; i++) {
      const other = featuresAt + 4 * <usize>(i + below(hash(path, <u32>i), nFeatures - i));
      const feature = load<i32>(other);
      store<i32>(other, load<i32>(featuresAt + 4 * <usize>i));
      store<i32>(featuresAt + 4 * <usize>i, feature);
    }
    const batch = featuresAt + 4 * <usize>drawn;
    if (isPair && partPair(from, load<i32>(batch))) return;
    if (!few) sumByBin(from, to, batch, n);
    for (let i = 0; i < n; i++) if (tryFeature(load<i32>(batch + 4 * <usize>i), i, few, from, to)) tried++;
    drawn += n;
  }
}

/** Tries to part the node by a feature, which has been summed at a place of the batch. False when all rows have one bin. */
function tryFeature(feature: i32, place: i32, few: bool, from: usize, to: usize): bool {
  if (!state.isMulticlass && state.minLeaf == 1) return few ? scanFew(from, to, feature) : scanBins(place, feature);
  if (few) sortRuns(from, to, feature);
  else readRuns(place);
  if (runs.n < 2) return false;
  tryBorders(feature);
  return true;
}

/** Two rows are parted by the first feature that tells them apart: no other does it better. False where a value is missing. */
function partPair(row: usize, feature: i32): bool {
  const a = <i32>load<u8>(row + HEAD + <usize>feature);
  const b = <i32>load<u8>(row + state.stride + HEAD + <usize>feature);
  if (a == b || a == MISSING || b == MISSING) return false;
  const other = row + state.stride;
  best.above = load<f64>(row, 8) * targetOf(row) + load<f64>(other, 8) * targetOf(other);
  best.below = 1;
  best.feature = feature;
  best.bin = (a + b - 1) >> 1;
  best.missingLeft = <i32>(a < b ? load<f64>(row) >= load<f64>(other) : load<f64>(other) >= load<f64>(row));
  return true;
}

/** Moves the node's rows to the other copy, those that go left from the front, the others from the back. */
function part(from: usize, to: usize, start: i32, end: i32, copy: usize): i32 {
  // With 1 added, missing values (255) turn into 0 and go left with the lowest.
  const shift = best.missingLeft;
  const border = best.bin + shift;
  const stride = state.stride;
  const bin = HEAD + <usize>best.feature;
  let left = copy + stride * <usize>start;
  let right = copy + stride * <usize>end;
  for (let row = from; row < to; row += stride) {
    const b = <i32>load<u8>(row + bin);
    const isLeft = <usize>(((b + shift) & 255) <= border);
    const before = right - stride;
    const place = select(left, before, isLeft);
    right = select(right, before, isLeft);
    left += stride * isLeft;
    for (let byte: usize = 0; byte < stride; byte += 16) v128.store(place + byte, v128.load(row + byte));
  }
  return <i32>((left - copy) / stride);
}
