import type { Metric, MetricInput } from '../metrics/metric.ts';
import { createRandom, type Random } from '../random/random.ts';
import { dropOf } from './drop-of.ts';

const SWAPS = 9999;
/** Drops that differ by less are one drop, added up in another order. */
const ROUNDING = 1e-12;

/** One model's repeats of the same rows, decided by class. */
type Side = readonly Pick<MetricInput, 'target' | 'predictedClass' | 'nClasses'>[];

/**
 * The chance of a drop at least this large if it were by luck which side decided a row how: the drop is computed again with what both
 * sides decided swapped in rows drawn by coin (a permutation test of pairs, Good 2005, §3.7). One-sided, 9,999 times and as seen.
 *
 * Rows are counted by what they are and what they were decided for, so it takes hardly longer for more of them.
 *
 * @param metric of predicted classes.
 * @param options.clusters nSamples: rows of one number are swapped together; null where each is on its own.
 * @param options.seed a hexadecimal id: the same gives the same swaps.
 */
export function rowSwapPValue(
  metric: Metric,
  before: Side,
  after: Side,
  options: { readonly clusters: Uint32Array | null; readonly seed: string },
): number {
  const tallies = before.map((side, repeat) => tallyOf(side, after[repeat]!));
  const meanOf = (side: 'before' | 'after') =>
    tallies.reduce((sum, tally) => sum + metric.compute(tally[side]), 0) / tallies.length;
  const drop = () => dropOf(metric, meanOf('before'), meanOf('after'));
  const seen = drop();
  const alike = alikeUnits(before, after, options.clusters);
  const random = createRandom(0, 'row swaps', options.seed);
  let asLarge = 1;
  for (let swap = 0; swap < SWAPS; swap++) {
    for (const { reset } of tallies) reset();
    for (const { rows, times } of alike) {
      const swapped = heads(times, random);
      if (swapped === 0) continue;
      for (const row of rows) for (const { exchange } of tallies) exchange(row, swapped);
    }
    if (drop() >= seen - ROUNDING) asLarge++;
  }
  return asLarge / (SWAPS + 1);
}

/** Rows of one repeat, counted by class and decision. */
interface Tally {
  /** A row for each pair of a class and a decision that either side has; its weight is how many rows are so. */
  readonly before: MetricInput;
  readonly after: MetricInput;
  /** Gives the sides' decisions on so many rows like this one to each other. */
  readonly exchange: (row: number, times: number) => void;
  /** Undoes all exchanges. */
  readonly reset: () => void;
}

function tallyOf(before: Side[number], after: Side[number]): Tally {
  const { target, nClasses } = before;
  const cells = new Map<number, number>();
  const cellsOf = ({ predictedClass }: Side[number]) =>
    Uint32Array.from(target, (label, row) => {
      const pair = label * nClasses + predictedClass[row]!;
      const cell = cells.get(pair) ?? cells.size;
      cells.set(pair, cell);
      return cell;
    });
  const [own, other] = [cellsOf(before), cellsOf(after)];
  const pairs = [...cells.keys()];
  const counted = (rows: Uint32Array) => {
    const counts = new Float64Array(pairs.length);
    for (const cell of rows) counts[cell]!++;
    return counts;
  };
  const [asBefore, asAfter] = [counted(own), counted(other)];
  const decisions = Float64Array.from(pairs, (pair) => pair % nClasses);
  const cellRows = { nClasses, target: Float64Array.from(pairs, (pair) => Math.floor(pair / nClasses)) };
  const input = { ...cellRows, score: decisions, predictedClass: decisions };
  const [ofBefore, ofAfter] = [asBefore.slice(), asAfter.slice()];
  return {
    before: { ...input, weights: ofBefore },
    after: { ...input, weights: ofAfter },
    exchange(row, times) {
      const mine = own[row]!;
      const theirs = other[row]!;
      ofBefore[mine]! -= times;
      ofBefore[theirs]! += times;
      ofAfter[theirs]! -= times;
      ofAfter[mine]! += times;
    },
    reset() {
      ofBefore.set(asBefore);
      ofAfter.set(asAfter);
    },
  };
}

/**
 * What is swapped together: a row that the sides decide differently in any repeat, or all such rows of a cluster. Rows of one class and
 * the same decisions are one entry.
 */
function alikeUnits(before: Side, after: Side, clusters: Uint32Array | null) {
  const units = new Map<string, { readonly rows: number[]; times: number }>();
  const { target } = before[0]!;
  for (const row of target.keys()) {
    if (before.every(({ predictedClass }, i) => predictedClass[row] === after[i]!.predictedClass[row])) continue;
    const decisions = [...before, ...after].map(({ predictedClass }) => predictedClass[row]);
    const key = clusters ? String(clusters[row]) : [target[row], ...decisions].join(' ');
    const unit = units.get(key);
    if (!unit) units.set(key, { rows: [row], times: 1 });
    else if (clusters) unit.rows.push(row);
    else unit.times++;
  }
  return [...units.values()];
}

/** How many of so many coins show heads. */
function heads(coins: number, random: Random): number {
  let count = 0;
  for (let left = coins; left > 0; left -= 32) {
    let bits = random.uint32() >>> Math.max(0, 32 - left);
    for (; bits !== 0; bits &= bits - 1) count++;
  }
  return count;
}
