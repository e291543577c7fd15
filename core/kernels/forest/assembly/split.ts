/*
 * The best split of a node. Of a side with weight W and weighted targets S the score is S²/W, of classes with weights Wₖ
 * Σ Wₖ²/W: the larger the sum over both sides, the smaller the variance, or Gini's impurity, that is left.
 */
import { MISSING_BIN } from '../../bins';
import { ROW_TARGET, ROW_WEIGHT } from '../layout';
import * as job from './parameters';
import { runs } from './runs';
import { add, node } from './sums';

/** The best split so far. */
export namespace best {
  /** Its score is the one over the other. */
  export let above: f64 = -1;
  export let below: f64 = 1;
  export let feature: i32 = -1;
  export let bin: i32 = 0;
  /** 1: missing values go left. */
  export let missingLeft: i32 = 0;
}

let leftRows: i32 = 0;

export function clearGains(): void {
  memory.fill(job.gains, 0, 8 * <usize>job.nFeatures);
}
export function addGain(): void {
  const at = job.gains + 8 * <usize>best.feature;
  store<f64>(at, load<f64>(at) + max<f64>(0, best.above / best.below - scoreOf(job.total)));
}

export function weightOf(sum: usize): f64 {
  if (!job.isMulticlass) return load<f64>(sum, ROW_WEIGHT);
  let weight: f64 = 0;
  for (let k = 0; k < job.nOutputs; k++) weight += load<f64>(sum + 8 * <usize>k);
  return weight;
}

function scoreOf(sum: usize): f64 {
  if (!job.isMulticlass) return (load<f64>(sum, ROW_TARGET) * load<f64>(sum, ROW_TARGET)) / load<f64>(sum, ROW_WEIGHT);
  let squares: f64 = 0;
  for (let k = 0; k < job.nOutputs; k++) squares += load<f64>(sum + 8 * <usize>k) * load<f64>(sum + 8 * <usize>k);
  return squares / weightOf(sum);
}

/** Score of the left side's rows and of all others. */
function score(): f64 {
  if (!job.isMulticlass) {
    const mine = v128.load(job.left);
    const others = v128.sub<f64>(v128.load(job.total), mine);
    const sums = v128.shuffle<f64>(mine, others, 1, 3);
    const both = v128.div<f64>(v128.mul<f64>(sums, sums), v128.shuffle<f64>(mine, others, 0, 2));
    return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  }
  let leftWeight: f64 = 0;
  let rightWeight: f64 = 0;
  let leftSquares: f64 = 0;
  let rightSquares: f64 = 0;
  for (let k = 0; k < job.nOutputs; k++) {
    const mine = load<f64>(job.left + 8 * <usize>k);
    const others = load<f64>(job.total + 8 * <usize>k) - mine;
    leftWeight += mine;
    rightWeight += others;
    leftSquares += mine * mine;
    rightSquares += others * others;
  }
  return leftSquares / leftWeight + rightSquares / rightWeight;
}

@inline
function isTooSmall(): bool {
  return job.minSamplesLeaf > 1 && (leftRows < job.minSamplesLeaf || node.rows - leftRows < job.minSamplesLeaf);
}

/** Missing values that the node has not seen follow the larger side. */
@inline
function largerIsLeft(): i32 {
  return <i32>(2 * weightOf(job.left) >= weightOf(job.total));
}

/** The first to reach a score keeps it: to prefer the lowest feature would favour the first columns of a table. */
export function offer(above: f64, below: f64, feature: i32, bin: i32, missingLeft: i32): void {
  if (above * best.below <= best.above * below) return;
  best.above = above;
  best.below = below;
  best.feature = feature;
  best.bin = bin;
  best.missingLeft = missingLeft;
}

@inline
function takeRun(run: i32): void {
  add(job.left, job.runSums + job.sumBytes * <usize>run);
  leftRows += load<i32>(job.runRows + 4 * <usize>run);
}
@inline
function startLeft(): void {
  memory.fill(job.left, 0, job.sumBytes);
  leftRows = 0;
}

/** Tries the borders between runs; where values are missing, with them on the right and on the left. */
export function tryBorders(feature: i32): void {
  const nRuns = runs.n;
  const missing = load<i32>(job.runBins + 4 * <usize>(nRuns - 1)) == MISSING_BIN;
  const n = missing ? nRuns - 1 : nRuns;
  const sides = missing ? 2 : 1;
  for (let missingLeft = 0; missingLeft < sides; missingLeft++) {
    startLeft();
    if (missingLeft) takeRun(nRuns - 1);
    const last = missing && !missingLeft ? n : n - 1;
    for (let run = 0; run < last; run++) {
      takeRun(run);
      if (isTooSmall()) continue;
      const value = score();
      if (value * best.below <= best.above) continue;
      const here = load<i32>(job.runBins + 4 * <usize>run);
      const next = run + 1 < n ? load<i32>(job.runBins + 4 * <usize>(run + 1)) : here + 1;
      offer(value, 1, feature, (here + next) >> 1, missing ? missingLeft : largerIsLeft());
    }
  }
}
