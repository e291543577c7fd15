/*
 * The best split of a leaf. With G and H the sums of gradients and hessians of a side, parting the rows lowers the loss by
 *
 *   G²/(H + λ) of the left + G²/(H + λ) of the right − G²/(H + λ) of both
 *
 * (XGBoost, Chen & Guestrin 2016). Every border between bins is tried; where the leaf has missing values, with them on
 * either side. Categories are first ordered by G/(H + 10) and then cut like numbers, from both ends (Fisher 1958). What that
 * order gains by chance is taken off.
 *
 * A gain of 0: no split. Scores, those of both sides added up, are what two splits of a leaf are compared by: gains are
 * rounded once more, and can be alike where scores are not.
 */
import { BINS, MISSING_BIN, SET_BYTES } from '../../bins';
import { BY_CATEGORIES, ENTRY_BYTES, ENTRY_GRADIENTS, ENTRY_HESSIANS, HISTOGRAM_BYTES, LEAF_GRADIENTS, LEAF_HESSIANS, LEAF_LOWER, LEAF_UPPER, MISSING_LEFT, SPLIT_BIN, SPLIT_BYTES, SPLIT_FEATURE, SPLIT_FLAGS, SPLIT_GAIN, SPLIT_GRADIENTS, SPLIT_HESSIANS, SPLIT_SCORE, SPLIT_SET } from '../layout';
import { countOf, hessianOf } from './entry';
import { binsOf, directionOf, hasCategories } from './feature';
import { foundSplit } from './leaf';
import { noise } from './noise';
import * as job from './parameters';

/** Fewest rows of a category that may choose its side; the others go right. */
const CATEGORY_ROWS: i64 = 10;
/** Most categories on the chosen side. */
const MOST_CATEGORIES: i32 = 32;
/** With up to this many categories the choice is small and needs no penalty of its own. */
const FEW_CATEGORIES: i32 = 4;
/**
 * What the best of all sides gains per category where the target has nothing to do with them, in units of the noise: of n
 * categories that are sorted by their own gradients, half go to either side, and the mean of |z| is √(2/π).
 */
const GAINED_BY_CHANCE: f64 = 0.6366197723675814;
/** 1.5 · 2⁵² in both roles: adding its bits to a whole number below 2⁵¹ and subtracting it makes a double of the number. */
const MAGIC_BITS: i64 = 0x4338000000000000;
const MAGIC: f64 = 6755399441055744;

let bestGain: f64 = 0;
let nodeGradients: i64 = 0;
let nodeHessians: i64 = 0;
let lower: f64 = 0;
let upper: f64 = 0;
/** λ, more for categories. */
let penalty: f64 = 0;
let minRows: i64 = 1;

/**
 * Finds the best split of a leaf by one of this thread's features and leaves it where `chooseSplit` looks; of equal ones the
 * lowest feature's, then the lowest bin's.
 *
 * @param which 0 or 1, of two leaves that are searched at once.
 */
export function findSplit(histograms: usize, leaf: usize, which: i32): void {
  const split = foundSplit(job.thread, which);
  minRows = <i64>job.minSamplesLeaf;
  nodeGradients = load<i64>(leaf, LEAF_GRADIENTS);
  nodeHessians = load<i64>(leaf, LEAF_HESSIANS);
  lower = load<f64>(leaf, LEAF_LOWER);
  upper = load<f64>(leaf, LEAF_UPPER);
  penalty = job.l2;
  const parent = score(nodeGradients, nodeHessians);
  // What rounding can make of no gain at all.
  bestGain = parent + abs(parent) * 1e-12;
  memory.fill(split, 0, SPLIT_BYTES);
  const floor = bestGain;
  for (let f = job.firstFeature; f < job.endFeature; f++) {
    if (job.allowed && !load<u8>(job.allowed + <usize>f)) continue;
    const own = histograms + HISTOGRAM_BYTES * <usize>f;
    if (hasCategories(f)) tryCategories(own, f, binsOf(f), split);
    else tryNumbers(own, f, binsOf(f), directionOf(f), split);
  }
  if (!(bestGain > floor)) return;
  store<f64>(split, bestGain - parent, SPLIT_GAIN);
  store<f64>(split, bestGain, SPLIT_SCORE);
}

@inline
function toDoubles(whole: v128): v128 {
  return v128.sub<f64>(v128.add<i64>(whole, i64x2.splat(MAGIC_BITS)), f64x2.splat(MAGIC));
}

/** G²/(H + λ), or with bounds what the nearest value allowed gains: −2Gv − (H + λ)v². */
function score(gradients: i64, hessians: i64): f64 {
  const g = <f64>gradients;
  const h = hessianOf(hessians) + penalty;
  if (!job.isConstrained) return (g * g) / h;
  const v = value(gradients, hessians);
  return -v * (2 * g + h * v);
}

@inline
function value(gradients: i64, hessians: i64): f64 {
  return min(max(-<f64>gradients / (hessianOf(hessians) + penalty), lower), upper);
}

@inline
function record(split: usize, gain: f64, gradients: i64, hessians: i64, feature: i32, bin: i32, flags: i32): void {
  bestGain = gain;
  store<i64>(split, gradients, SPLIT_GRADIENTS);
  store<i64>(split, hessians, SPLIT_HESSIANS);
  store<i32>(split, feature, SPLIT_FEATURE);
  store<i32>(split, bin, SPLIT_BIN);
  store<i32>(split, flags, SPLIT_FLAGS);
}

/** Missing values that the leaf has not seen follow the larger side. */
@inline
function largerIsLeft(hessians: i64): i32 {
  return 2 * countOf(hessians) >= countOf(nodeHessians) ? MISSING_LEFT : 0;
}

function tryNumbers(histogram: usize, feature: i32, nBins: i32, direction: i32, split: usize): void {
  const missing = histogram + ENTRY_BYTES * MISSING_BIN;
  const hasMissing = countOf(load<i64>(missing, ENTRY_HESSIANS)) > 0;
  const zero = i64x2.splat(0);
  if (job.isConstrained) scanBounded(histogram, feature, hasMissing ? nBins : nBins - 1, direction, zero, hasMissing ? 0 : -1, split);
  else scan(histogram, feature, hasMissing ? nBins : nBins - 1, zero, hasMissing ? 0 : -1, split);
  if (!hasMissing) return;
  if (job.isConstrained) scanBounded(histogram, feature, nBins - 1, direction, v128.load(missing), 1, split);
  else scan(histogram, feature, nBins - 1, v128.load(missing), 1, split);
}

/**
 * Tries a border after each of the first `nBorders` bins, with both sides of a border as the lanes of a vector. Between the
 * first border with rows enough on its left and the last with enough on its right, rows need not be looked at.
 */
function scan(histogram: usize, feature: i32, nBorders: i32, start: v128, missingLeft: i32, split: usize): void {
  const all = i64x2.replace_lane(i64x2.splat(nodeGradients), 1, nodeHessians);
  let left = start;
  let bin = -1;
  while (countOf(i64x2.extract_lane(left, 1)) < minRows || bin < 0) {
    if (++bin >= nBorders) return;
    left = v128.add<i64>(left, v128.load(histogram + ENTRY_BYTES * <usize>bin));
  }
  const last = lastBorder(histogram, nBorders, missingLeft);
  const l2 = f64x2.splat(job.l2);
  let most = bestGain;
  for (; bin <= last; left = v128.add<i64>(left, v128.load(histogram + ENTRY_BYTES * <usize>++bin))) {
    const right = v128.sub<i64>(all, left);
    const g = toDoubles(v128.shuffle<i64>(left, right, 0, 2));
    const h = toDoubles(v128.shr<u64>(v128.shuffle<i64>(left, right, 1, 3), job.countBits));
    const both = v128.div<f64>(v128.mul<f64>(g, g), v128.add<f64>(h, l2));
    const gain = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
    if (!(gain > most) || v128.any_true(v128.lt<f64>(h, f64x2.splat(job.minHessian)))) continue;
    most = gain;
    const hessians = i64x2.extract_lane(left, 1);
    record(split, gain, i64x2.extract_lane(left, 0), hessians, feature, bin, missingLeft < 0 ? largerIsLeft(hessians) : missingLeft);
  }
}

/** The last border with rows enough on its right, where missing values are unless they go left. */
function lastBorder(histogram: usize, nBorders: i32, missingLeft: i32): i32 {
  let rows = missingLeft == 0 ? countOf(load<i64>(histogram + ENTRY_BYTES * MISSING_BIN, ENTRY_HESSIANS)) : 0;
  // Without missing values on the right there is one border fewer than bins.
  let bin = missingLeft == 0 ? nBorders : nBorders + 1;
  while (rows < minRows && bin > 0) rows += countOf(load<i64>(histogram + ENTRY_BYTES * <usize>--bin, ENTRY_HESSIANS));
  return bin - 1;
}

/** The same where leaf values have bounds, and must not fall (rise) from left to right along a feature with a direction. */
function scanBounded(histogram: usize, feature: i32, nBorders: i32, direction: i32, start: v128, missingLeft: i32, split: usize): void {
  let gradients = i64x2.extract_lane(start, 0);
  let hessians = i64x2.extract_lane(start, 1);
  for (let bin = 0; bin < nBorders; bin++) {
    gradients += load<i64>(histogram + ENTRY_BYTES * <usize>bin, ENTRY_GRADIENTS);
    hessians += load<i64>(histogram + ENTRY_BYTES * <usize>bin, ENTRY_HESSIANS);
    const gain = gainOf(gradients, hessians, direction);
    if (gain > bestGain) record(split, gain, gradients, hessians, feature, bin, missingLeft < 0 ? largerIsLeft(hessians) : missingLeft);
  }
}

/** What a left side like this gains, or −∞ where a side is too small or out of order. */
function gainOf(gradients: i64, hessians: i64, direction: i32): f64 {
  const otherGradients = nodeGradients - gradients;
  const otherHessians = nodeHessians - hessians;
  if (countOf(hessians) < minRows || countOf(otherHessians) < minRows) return -Infinity;
  if (hessianOf(hessians) < job.minHessian || hessianOf(otherHessians) < job.minHessian) return -Infinity;
  if (direction != 0 && <f64>direction * (value(otherGradients, otherHessians) - value(gradients, hessians)) < 0) return -Infinity;
  return score(gradients, hessians) + score(otherGradients, otherHessians);
}

function tryCategories(histogram: usize, feature: i32, nBins: i32, split: usize): void {
  const order = job.scratch;
  const keys = order + 4 * BINS;
  let n = 0;
  for (let b = 0; b <= nBins; b++) {
    const bin = b == nBins ? MISSING_BIN : b;
    const entry = histogram + ENTRY_BYTES * <usize>bin;
    const hessians = load<i64>(entry, ENTRY_HESSIANS);
    if (countOf(hessians) < CATEGORY_ROWS) continue;
    store<i32>(order + 4 * <usize>n, bin);
    n++;
    store<f64>(keys + 8 * <usize>bin, <f64>load<i64>(entry, ENTRY_GRADIENTS) / (hessianOf(hessians) + job.categorySmoothing));
  }
  if (n < 2) return;
  sort(order, keys, n);
  penalty = n > FEW_CATEGORIES ? job.l2 + job.categorySmoothing : job.l2;
  const chance = n > FEW_CATEGORIES ? GAINED_BY_CHANCE * <f64>n * noise.perCategory : 0;
  const most = min(MOST_CATEGORIES, (n + 1) >> 1);
  let bestSide = -1;
  let bestLength = 0;
  for (let side = 0; side < 2; side++) {
    let gradients: i64 = 0;
    let hessians: i64 = 0;
    for (let i = 0; i < most; i++) {
      const bin = load<i32>(order + 4 * <usize>(side ? n - 1 - i : i));
      gradients += load<i64>(histogram + ENTRY_BYTES * <usize>bin, ENTRY_GRADIENTS);
      hessians += load<i64>(histogram + ENTRY_BYTES * <usize>bin, ENTRY_HESSIANS);
      const gain = gainOf(gradients, hessians, 0) - chance;
      if (gain <= bestGain) continue;
      record(split, gain, gradients, hessians, feature, 0, BY_CATEGORIES | largerIsLeft(hessians));
      bestSide = side;
      bestLength = i + 1;
    }
  }
  penalty = job.l2;
  if (bestSide < 0) return;
  const set = split + SPLIT_SET;
  memory.fill(set, 0, SET_BYTES);
  for (let i = 0; i < bestLength; i++) {
    const bin = load<i32>(order + 4 * <usize>(bestSide ? n - 1 - i : i));
    const word = set + 4 * <usize>(bin >> 5);
    store<u32>(word, load<u32>(word) | (<u32>1 << (bin & 31)));
  }
  if (countOf(load<i64>(histogram + ENTRY_BYTES * MISSING_BIN, ENTRY_HESSIANS)) == 0) return;
  const missing = (load<u32>(set + 4 * (MISSING_BIN >> 5)) >>> (MISSING_BIN & 31)) & 1;
  store<i32>(split, BY_CATEGORIES | (missing ? MISSING_LEFT : 0), SPLIT_FLAGS);
}

/** Ascending by key, then by bin (Shell's sort). */
function sort(order: usize, keys: usize, n: i32): void {
  for (let gap = n > 40 ? 57 : n > 10 ? 10 : 1; gap > 0; gap = gap == 57 ? 23 : gap == 23 ? 10 : gap == 10 ? 4 : gap == 4 ? 1 : 0) {
    for (let i = gap; i < n; i++) {
      const bin = load<i32>(order + 4 * <usize>i);
      const key = load<f64>(keys + 8 * <usize>bin);
      let j = i;
      for (; j >= gap; j -= gap) {
        const other = load<i32>(order + 4 * <usize>(j - gap));
        const otherKey = load<f64>(keys + 8 * <usize>other);
        if (otherKey < key || (otherKey == key && other < bin)) break;
        store<i32>(order + 4 * <usize>j, other);
      }
      store<i32>(order + 4 * <usize>j, bin);
    }
  }
}
