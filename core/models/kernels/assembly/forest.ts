/*
 * Grows one decision tree of a forest.
 *
 * Features are columns of bins: numbers 0…254 in ascending order of value, 255 where missing. A node's rows are a slice of
 * one array of row numbers. For each feature drawn, the rows are summed by bin ("runs", in the order of bins); every
 * border between runs is a possible split. A split's score is Σₖ Sₖ²/W of both sides: with S the sum of the target that is
 * the reduction of variance, with S the weights of the classes that of Gini's impurity.
 *
 * Sums are f64 holding whole numbers below 2⁵³ (the caller scales targets and weights), so they are exact in any order.
 * Randomness is a hash of (seed, tree, node, draw): no state, the same tree on any thread.
 */

const MISSING: i32 = 255;
const BINS: i32 = 256;
const SMALL: i32 = 24;

let nRows: i32 = 0;
let nOutputs: i32 = 0;
let width: i32 = 0;
let binsAt: usize = 0;
let valuesAt: usize = 0;
let weightsAt: usize = 0;
let isClasses: bool = false;

let rowsAt: usize = 0;
let spareAt: usize = 0;
let countsAt: usize = 0;
let featuresAt: usize = 0;
let runsAt: usize = 0;
let runBinsAt: usize = 0;
let orderAt: usize = 0;
let sortAt: usize = 0;
let leftAt: usize = 0;
let totalAt: usize = 0;
let trialSetAt: usize = 0;
let stackAt: usize = 0;
let nodeAt: usize = 0;
let setAt: usize = 0;
let sumAt: usize = 0;

/** Bytes per node: feature (−1: leaf), bin, left child, right child, flags (1: missing goes left, 2: categorical). */
const NODE: i32 = 20;
const SET: i32 = 32;

function align(at: usize): usize {
  return (at + 15) & ~15;
}

/** Lays out the working memory from `work` on and returns its end. Results stay there until the next tree. */
export function layout(work: usize, rows: i32, features: i32, outputs: i32): usize {
  nRows = rows;
  nOutputs = outputs;
  width = outputs + 2;
  const maxNodes: usize = 2 * <usize>rows;
  rowsAt = align(work);
  spareAt = align(rowsAt + 4 * <usize>rows);
  countsAt = align(spareAt + 4 * <usize>rows);
  featuresAt = align(countsAt + 8 * <usize>rows);
  runsAt = align(featuresAt + 4 * <usize>features);
  runBinsAt = align(runsAt + 8 * <usize>(BINS * width));
  orderAt = align(runBinsAt + 4 * BINS);
  sortAt = align(orderAt + 4 * BINS);
  leftAt = align(sortAt + 4 * BINS);
  totalAt = align(leftAt + 8 * <usize>width);
  trialSetAt = align(totalAt + 8 * <usize>width);
  stackAt = align(trialSetAt + SET);
  nodeAt = align(stackAt + 20 * (<usize>rows + 2));
  setAt = align(nodeAt + NODE * maxNodes);
  sumAt = align(setAt + SET * maxNodes);
  return align(sumAt + 8 * <usize>(outputs + 1) * maxNodes);
}

export function nodes(): usize {
  return nodeAt;
}
export function sets(): usize {
  return setAt;
}
/** Per node: the weight of its rows, then the sum of each output. */
export function sums(): usize {
  return sumAt;
}

function hash(a: u32, b: u32): u32 {
  let h = a ^ (b * 0x9e3779b9);
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

function below(draw: u32, n: i32): i32 {
  return <i32>((<u64>draw * <u64>n) >> 32);
}

@inline
function bin(feature: i32, row: i32): i32 {
  return <i32>load<u8>(binsAt + <usize>feature * <usize>nRows + <usize>row);
}
@inline
function run(index: i32): usize {
  return runsAt + 8 * <usize>(index * width);
}

/** Adds a row to sums at `at`: weight, number of rows, outputs. */
@inline
function addRow(at: usize, row: i32): void {
  const weight = load<f64>(countsAt + 8 * <usize>row);
  const value = load<f64>(valuesAt + 8 * <usize>row);
  store<f64>(at, load<f64>(at) + weight);
  store<f64>(at + 8, load<f64>(at + 8) + 1);
  const output = isClasses ? at + 16 + 8 * <usize>(<i32>value) : at + 16;
  store<f64>(output, load<f64>(output) + (isClasses ? weight : weight * value));
}

function add(to: usize, from: usize): void {
  for (let i = 0; i < width; i++) {
    const at = to + 8 * <usize>i;
    store<f64>(at, load<f64>(at) + load<f64>(from + 8 * <usize>i));
  }
}

/** Sums the rows by bin: runs in ascending order of bin, empty bins left out. */
function makeRuns(feature: i32, start: i32, end: i32): i32 {
  if (end - start <= SMALL) return sortRuns(feature, start, end);
  memory.fill(runsAt, 0, 8 * <usize>(BINS * width));
  for (let i = start; i < end; i++) {
    const row = load<i32>(rowsAt + 4 * <usize>i);
    addRow(run(bin(feature, row)), row);
  }
  let n = 0;
  for (let b = 0; b < BINS; b++) {
    if (load<f64>(run(b) + 8) == 0) continue;
    if (n != b) memory.copy(run(n), run(b), 8 * <usize>width);
    store<i32>(runBinsAt + 4 * <usize>n, b);
    n++;
  }
  return n;
}

/** The same for few rows: sorting them is cheaper than clearing and scanning all bins. */
function sortRuns(feature: i32, start: i32, end: i32): i32 {
  let m = 0;
  for (let i = start; i < end; i++) {
    const row = load<i32>(rowsAt + 4 * <usize>i);
    const b = bin(feature, row);
    let j = m;
    while (j > 0 && load<i32>(orderAt + 4 * <usize>(j - 1)) > b) {
      store<i32>(orderAt + 4 * <usize>j, load<i32>(orderAt + 4 * <usize>(j - 1)));
      store<i32>(sortAt + 4 * <usize>j, load<i32>(sortAt + 4 * <usize>(j - 1)));
      j--;
    }
    store<i32>(orderAt + 4 * <usize>j, b);
    store<i32>(sortAt + 4 * <usize>j, row);
    m++;
  }
  let n = -1;
  let last = -1;
  for (let i = 0; i < m; i++) {
    const b = load<i32>(orderAt + 4 * <usize>i);
    if (b != last) {
      n++;
      memory.fill(run(n), 0, 8 * <usize>width);
      store<i32>(runBinsAt + 4 * <usize>n, b);
      last = b;
    }
    addRow(run(n), load<i32>(sortAt + 4 * <usize>i));
  }
  return n + 1;
}

/** Σ Sₖ²/W of the rows at `leftAt` and of all others, or −1 when a side is too small. */
function score(minLeaf: i32): f64 {
  const leftWeight = load<f64>(leftAt);
  const rightWeight = load<f64>(totalAt) - leftWeight;
  const leftRows = load<f64>(leftAt + 8);
  if (leftRows < <f64>minLeaf || load<f64>(totalAt + 8) - leftRows < <f64>minLeaf) return -1;
  if (leftWeight <= 0 || rightWeight <= 0) return -1;
  let left: f64 = 0;
  let right: f64 = 0;
  for (let k = 0; k < nOutputs; k++) {
    const l = load<f64>(leftAt + 16 + 8 * <usize>k);
    const r = load<f64>(totalAt + 16 + 8 * <usize>k) - l;
    left += l * l;
    right += r * r;
  }
  return left / leftWeight + right / rightWeight;
}

let bestScore: f64 = -1;
let bestFeature: i32 = -1;
let bestBin: i32 = 0;
let bestFlags: i32 = 0;

function offer(value: f64, feature: i32, atBin: i32, flags: i32, set: usize): bool {
  // The first drawn wins ties: to prefer the lowest feature would favour the first columns of a table.
  if (value < 0 || value <= bestScore) return false;
  bestScore = value;
  bestFeature = feature;
  bestBin = atBin;
  bestFlags = flags;
  if (flags & 2) memory.copy(set, trialSetAt, SET);
  return true;
}

function tryNumeric(feature: i32, nRuns: i32, minLeaf: i32, set: usize): void {
  const missing = load<i32>(runBinsAt + 4 * <usize>(nRuns - 1)) == MISSING;
  const n = missing ? nRuns - 1 : nRuns;
  const directions = missing ? 2 : 1;
  for (let missingLeft = 0; missingLeft < directions; missingLeft++) {
    memory.fill(leftAt, 0, 8 * <usize>width);
    if (missingLeft) add(leftAt, run(nRuns - 1));
    const last = missing && !missingLeft ? n : n - 1;
    for (let r = 0; r < last; r++) {
      add(leftAt, run(r));
      const here = load<i32>(runBinsAt + 4 * <usize>r);
      const next = r + 1 < n ? load<i32>(runBinsAt + 4 * <usize>(r + 1)) : here + 1;
      // Missing values that the node has not seen follow the larger side.
      const goesLeft = missing ? missingLeft : <i32>(2 * load<f64>(leftAt) >= load<f64>(totalAt));
      offer(score(minLeaf), feature, (here + next - 1) >> 1, goesLeft, set);
    }
  }
}

/** Categories in the order of their mean: the best of all subsets is then a prefix (Fisher 1958; Breiman et al. 1984). */
function tryCategorical(feature: i32, nRuns: i32, minLeaf: i32, set: usize): void {
  let key = 0;
  for (let k = 1; k < nOutputs; k++) {
    if (load<f64>(totalAt + 16 + 8 * <usize>k) > load<f64>(totalAt + 16 + 8 * <usize>key)) key = k;
  }
  for (let i = 0; i < nRuns; i++) {
    const mean = load<f64>(run(i) + 16 + 8 * <usize>key) / load<f64>(run(i));
    let j = i;
    while (j > 0) {
      const other = run(load<i32>(orderAt + 4 * <usize>(j - 1)));
      if (load<f64>(other + 16 + 8 * <usize>key) / load<f64>(other) <= mean) break;
      store<i32>(orderAt + 4 * <usize>j, load<i32>(orderAt + 4 * <usize>(j - 1)));
      j--;
    }
    store<i32>(orderAt + 4 * <usize>j, i);
  }
  memory.fill(leftAt, 0, 8 * <usize>width);
  memory.fill(trialSetAt, 0, SET);
  const missing = load<i32>(runBinsAt + 4 * <usize>(nRuns - 1)) == MISSING;
  for (let i = 0; i < nRuns - 1; i++) {
    const r = load<i32>(orderAt + 4 * <usize>i);
    const b = load<i32>(runBinsAt + 4 * <usize>r);
    add(leftAt, run(r));
    const word = trialSetAt + 4 * <usize>(b >> 5);
    store<u32>(word, load<u32>(word) | (<u32>1 << (b & 31)));
    const missingSet = (load<u32>(trialSetAt + 28) >>> 31) & 1;
    const goesLeft = missing ? <i32>missingSet : <i32>(2 * load<f64>(leftAt) >= load<f64>(totalAt));
    offer(score(minLeaf), feature, 0, goesLeft | 2, set);
  }
}

/** Moves the rows that go left to the front of the slice, keeping their order, and returns where the others start. */
function partition(start: i32, end: i32, set: usize): i32 {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = load<i32>(rowsAt + 4 * <usize>i);
    const b = bin(bestFeature, row);
    let goesLeft: bool;
    if (b == MISSING) goesLeft = (bestFlags & 1) != 0;
    else if (bestFlags & 2) goesLeft = ((load<u32>(set + 4 * <usize>(b >> 5)) >>> (b & 31)) & 1) != 0;
    else goesLeft = b <= bestBin;
    if (goesLeft) store<i32>(rowsAt + 4 * <usize>(left++), row);
    else store<i32>(spareAt + 4 * <usize>(right++), row);
  }
  memory.copy(rowsAt + 4 * <usize>left, spareAt, 4 * <usize>right);
  return left;
}

function drawRows(key: u32, bootstrap: bool): i32 {
  for (let row = 0; row < nRows; row++) store<f64>(countsAt + 8 * <usize>row, bootstrap ? 0 : 1);
  for (let i = 0; bootstrap && i < nRows; i++) {
    const at = countsAt + 8 * <usize>below(hash(key, <u32>i), nRows);
    store<f64>(at, load<f64>(at) + 1);
  }
  let n = 0;
  for (let row = 0; row < nRows; row++) {
    const at = countsAt + 8 * <usize>row;
    const weight = load<f64>(at) * load<f64>(weightsAt + 8 * <usize>row);
    store<f64>(at, weight);
    if (weight > 0) store<i32>(rowsAt + 4 * <usize>(n++), row);
  }
  return n;
}

/** Sums a node's rows into `totalAt` and says whether they all have one target. */
function sumNode(start: i32, end: i32): bool {
  memory.fill(totalAt, 0, 8 * <usize>width);
  let pure = true;
  const first = load<f64>(valuesAt + 8 * <usize>load<i32>(rowsAt + 4 * <usize>start));
  for (let i = start; i < end; i++) {
    const row = load<i32>(rowsAt + 4 * <usize>i);
    addRow(totalAt, row);
    if (load<f64>(valuesAt + 8 * <usize>row) != first) pure = false;
  }
  return pure;
}

function chooseSplit(key: u32, start: i32, end: i32, nFeatures: i32, categorical: usize, maxFeatures: i32, minLeaf: i32, set: usize): void {
  bestScore = -1;
  bestFeature = -1;
  for (let f = 0; f < nFeatures; f++) store<i32>(featuresAt + 4 * <usize>f, f);
  let tried = 0;
  for (let i = 0; i < nFeatures && tried < maxFeatures; i++) {
    const other = featuresAt + 4 * <usize>(i + below(hash(key, <u32>i), nFeatures - i));
    const feature = load<i32>(other);
    store<i32>(other, load<i32>(featuresAt + 4 * <usize>i));
    const nRuns = makeRuns(feature, start, end);
    if (nRuns < 2) continue;
    tried++;
    if (load<u8>(categorical + <usize>feature)) tryCategorical(feature, nRuns, minLeaf, set);
    else tryNumeric(feature, nRuns, minLeaf, set);
  }
}

/**
 * Grows the tree and returns its number of nodes, in depth-first order. `layout` must have been called.
 *
 * @param bins nFeatures × nRows bytes, feature by feature.
 * @param categorical a byte per feature: 1 for categories.
 * @param values per row the scaled target, or the class index.
 * @param weights per row a whole number; 0 leaves the row out.
 * @param maxDepth −1: unlimited.
 */
export function grow(
  bins: usize,
  nFeatures: i32,
  categorical: usize,
  values: usize,
  weights: usize,
  classes: i32,
  seed: u32,
  tree: u32,
  bootstrap: i32,
  maxDepth: i32,
  minSplit: i32,
  minLeaf: i32,
  maxFeatures: i32,
): i32 {
  binsAt = bins;
  valuesAt = values;
  weightsAt = weights;
  isClasses = classes != 0;
  const treeKey = hash(hash(seed, 0x7ee5), tree);
  let n = 0;
  let top = 0;
  push(top++, 0, drawRows(hash(treeKey, 0xb007), bootstrap != 0), 0, -1, 0);
  while (top > 0) {
    const entry = stackAt + 20 * <usize>(--top);
    const start = load<i32>(entry);
    const end = load<i32>(entry + 4);
    const depth = load<i32>(entry + 8);
    const parent = load<i32>(entry + 12);
    const side = load<i32>(entry + 16);
    const node = nodeAt + NODE * <usize>n;
    const set = setAt + SET * <usize>n;
    if (parent >= 0) store<i32>(nodeAt + NODE * <usize>parent + (side ? 12 : 8), n);
    const pure = sumNode(start, end);
    const sum = sumAt + 8 * <usize>(nOutputs + 1) * <usize>n;
    store<f64>(sum, load<f64>(totalAt));
    memory.copy(sum + 8, totalAt + 16, 8 * <usize>nOutputs);
    memory.fill(node, 0, NODE);
    store<i32>(node, -1);
    memory.fill(set, 0, SET);
    const size = end - start;
    if (!pure && size >= minSplit && size >= 2 * minLeaf && (maxDepth < 0 || depth < maxDepth)) {
      chooseSplit(hash(treeKey, <u32>n + 1), start, end, nFeatures, categorical, maxFeatures, minLeaf, set);
      if (bestFeature >= 0) {
        store<i32>(node, bestFeature);
        store<i32>(node + 4, bestBin);
        store<i32>(node + 16, bestFlags);
        const middle = partition(start, end, set);
        push(top++, middle, end, depth + 1, n, 1);
        push(top++, start, middle, depth + 1, n, 0);
      }
    }
    n++;
  }
  return n;
}

function push(at: i32, start: i32, end: i32, depth: i32, parent: i32, side: i32): void {
  const entry = stackAt + 20 * <usize>at;
  store<i32>(entry, start);
  store<i32>(entry + 4, end);
  store<i32>(entry + 8, depth);
  store<i32>(entry + 12, parent);
  store<i32>(entry + 16, side);
}
