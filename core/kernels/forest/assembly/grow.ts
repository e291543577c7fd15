/* Node after node, depth first: is it a leaf, and if not, how is it parted. */
import { MISSING_BIN } from '../../bins';
import { BATCH, NODE_BIN, NODE_BYTES, NODE_FEATURE, NODE_MISSING_LEFT, NODE_RIGHT, NODE_WEIGHT, ROW_BINS, ROW_TARGET, ROW_WEIGHT, TASK_BYTES, TASK_DEPTH, TASK_END, TASK_PARENT, TASK_PATH, TASK_START, VECTOR_BYTES } from '../layout';
import { below, hash, keyOfTree } from './draw';
import * as job from './parameters';
import { isFew, readRuns, runs, sortRuns, sumByBin } from './runs';
import { scanBins, scanFew } from './scan';
import { copyRows, drawRows } from './sample';
import { addGain, best, clearGains, tryBorders, weightOf } from './split';
import { addRow, node } from './sums';

/** The way on from a node; other than the numbers that features are drawn by. */
const LEFT: u32 = 0x80000001;
const RIGHT: u32 = 0x80000002;

let nNodes: i32 = 0;
let nLeaves: i32 = 0;

/** Grows a tree and returns its number of nodes. */
export function grow(tree: u32): i32 {
  nNodes = 0;
  nLeaves = 0;
  clearGains();
  const key = keyOfTree(tree);
  if (job.bootstrap) drawRows(hash(key, 0xb007));
  const n = copyRows();
  const copyBytes = job.stride * <usize>job.nRows;
  let top = 0;
  if (n > 0) push(top++, 0, n, 0, key, -1);
  while (top > 0) {
    const task = job.tasks + TASK_BYTES * <usize>--top;
    const start = load<i32>(task, TASK_START);
    const end = load<i32>(task, TASK_END);
    const depth = load<i32>(task, TASK_DEPTH);
    const path = load<u32>(task, TASK_PATH);
    const parent = load<i32>(task, TASK_PARENT);
    const here = job.copies + copyBytes * <usize>(depth & 1);
    const from = here + job.stride * <usize>start;
    const to = here + job.stride * <usize>end;
    if (parent >= 0) store<i32>(job.nodes + NODE_BYTES * <usize>parent, nNodes, NODE_RIGHT);
    const own = job.nodes + NODE_BYTES * <usize>nNodes;
    sumRows(from, to);
    node.rows = end - start;
    store<f64>(own, weightOf(job.total), NODE_WEIGHT);
    best.above = -1;
    best.below = 1;
    best.feature = -1;
    if (end - start >= max(job.minSamplesSplit, 2 * job.minSamplesLeaf) && (job.maxDepth < 0 || depth < job.maxDepth) && !isPure(from, to)) search(path, from, to);
    if (best.feature < 0) {
      makeLeaf(own);
      nNodes++;
      continue;
    }
    addGain();
    store<i32>(own, best.feature, NODE_FEATURE);
    store<i32>(own, best.bin, NODE_BIN);
    store<i32>(own, best.missingLeft, NODE_MISSING_LEFT);
    const middle = part(from, to, start, end, job.copies + copyBytes * <usize>((depth + 1) & 1));
    push(top++, middle, end, depth + 1, hash(path, RIGHT), nNodes);
    push(top++, start, middle, depth + 1, hash(path, LEFT), -1);
    nNodes++;
  }
  return nNodes;
}

/** The left child is the next node, so that only of the right one its parent has to be told. */
function push(at: i32, start: i32, end: i32, depth: i32, path: u32, parent: i32): void {
  const task = job.tasks + TASK_BYTES * <usize>at;
  store<i32>(task, start, TASK_START);
  store<i32>(task, end, TASK_END);
  store<i32>(task, depth, TASK_DEPTH);
  store<u32>(task, path, TASK_PATH);
  store<i32>(task, parent, TASK_PARENT);
}

function sumRows(from: usize, to: usize): void {
  if (!job.isMulticlass) {
    let sum = i64x2.splat(0);
    for (let row = from; row < to; row += job.stride) sum = v128.add<f64>(sum, v128.load(row));
    v128.store(job.total, sum);
    return;
  }
  memory.fill(job.total, 0, job.sumBytes);
  for (let row = from; row < to; row += job.stride) addRow(job.total, row);
}

@inline
function targetOf(row: usize): f64 {
  return job.isMulticlass ? load<f64>(row, ROW_TARGET) : load<f64>(row, ROW_TARGET) / load<f64>(row, ROW_WEIGHT);
}

/** Whether all rows have one target. */
function isPure(from: usize, to: usize): bool {
  const first = targetOf(from);
  for (let row = from + job.stride; row < to; row += job.stride) if (targetOf(row) != first) return false;
  return true;
}

function makeLeaf(own: usize): void {
  store<i32>(own, -1, NODE_FEATURE);
  store<i32>(own, 0, NODE_BIN);
  store<i32>(own, nLeaves, NODE_RIGHT);
  store<i32>(own, 0, NODE_MISSING_LEFT);
  const weight = load<f64>(own, NODE_WEIGHT);
  const at = job.leaves + 8 * <usize>nLeaves * <usize>job.nOutputs;
  const sums = job.isMulticlass ? job.total : job.total + ROW_TARGET;
  for (let k = 0; k < job.nOutputs; k++) store<f64>(at + 8 * <usize>k, load<f64>(sums + 8 * <usize>k) / weight);
  nLeaves++;
}

/**
 * Tries `maxFeatures` features in an order drawn for the node, and more only until one has more than one bin, as
 * scikit-learn does: constant features use up tries, which makes trees as different as they are there.
 */
function search(path: u32, from: usize, to: usize): void {
  const nFeatures = job.nFeatures;
  const maxFeatures = job.maxFeatures;
  const order = job.order;
  const isPair = node.rows == 2 && job.minSamplesLeaf == 1 && !job.isMulticlass;
  const few = isFew(node.rows);
  for (let f = 0; f < nFeatures; f++) store<i32>(order + 4 * <usize>f, f);
  let tried = 0;
  let drawn = 0;
  while (drawn < nFeatures && (drawn < maxFeatures || tried == 0)) {
    const n = min(min(few ? 1 : BATCH, max(1, maxFeatures - drawn)), nFeatures - drawn);
    for (let i = drawn; i < drawn + n; i++) {
      const other = order + 4 * <usize>(i + below(hash(path, <u32>i), nFeatures - i));
      const feature = load<i32>(other);
      store<i32>(other, load<i32>(order + 4 * <usize>i));
      store<i32>(order + 4 * <usize>i, feature);
    }
    const batch = order + 4 * <usize>drawn;
    if (isPair && partPair(from, load<i32>(batch))) return;
    if (!few) sumByBin(from, to, batch, n);
    for (let i = 0; i < n; i++) if (tryFeature(load<i32>(batch + 4 * <usize>i), i, few, from, to)) tried++;
    drawn += n;
  }
}

/** Tries to part the node by a feature, which has been summed at a place of the batch. False when all rows have one bin. */
function tryFeature(feature: i32, place: i32, few: bool, from: usize, to: usize): bool {
  if (!job.isMulticlass && job.minSamplesLeaf == 1) return few ? scanFew(from, to, feature) : scanBins(place, feature);
  if (few) sortRuns(from, to, feature);
  else readRuns(place);
  if (runs.n < 2) return false;
  tryBorders(feature);
  return true;
}

/** Two rows are parted by the first feature that tells them apart: no other does it better. False where a value is missing. */
function partPair(row: usize, feature: i32): bool {
  const a = <i32>load<u8>(row + ROW_BINS + <usize>feature);
  const b = <i32>load<u8>(row + job.stride + ROW_BINS + <usize>feature);
  if (a == b || a == MISSING_BIN || b == MISSING_BIN) return false;
  const other = row + job.stride;
  best.above = load<f64>(row, ROW_TARGET) * targetOf(row) + load<f64>(other, ROW_TARGET) * targetOf(other);
  best.below = 1;
  best.feature = feature;
  best.bin = (a + b) >> 1;
  best.missingLeft = <i32>(a < b ? load<f64>(row, ROW_WEIGHT) >= load<f64>(other, ROW_WEIGHT) : load<f64>(other, ROW_WEIGHT) >= load<f64>(row, ROW_WEIGHT));
  return true;
}

/** Moves the node's rows to the other copy, those that go left from the front, the others from the back. */
function part(from: usize, to: usize, start: i32, end: i32, copy: usize): i32 {
  // With 1 added, missing values (255) turn into 0 and go left with the lowest.
  const shift = best.missingLeft;
  const border = best.bin + shift;
  const stride = job.stride;
  const bin = ROW_BINS + <usize>best.feature;
  let left = copy + stride * <usize>start;
  let right = copy + stride * <usize>end;
  for (let row = from; row < to; row += stride) {
    const b = <i32>load<u8>(row + bin);
    const isLeft = <usize>(((b + shift) & 255) <= border);
    const before = right - stride;
    const place = select(left, before, isLeft);
    right = select(right, before, isLeft);
    left += stride * isLeft;
    for (let byte: usize = 0; byte < stride; byte += VECTOR_BYTES) v128.store(place + byte, v128.load(row + byte));
  }
  return <i32>((left - copy) / stride);
}
