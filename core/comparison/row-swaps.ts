import type { Metric, MetricInput } from '../metrics/metric.ts';
import { createRandom } from '../random/random.ts';
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
  const units = discordantUnits(before, after, options.clusters);
  const random = createRandom(0, 'row swaps', options.seed);
  let asLarge = 1;
  for (let swap = 0; swap < SWAPS; swap++) {
    for (const { reset } of tallies) reset();
    let coins = 0;
    for (const [i, rows] of units.entries()) {
      if (i % 32 === 0) coins = random.uint32();
      if (((coins >>> (i % 32)) & 1) === 0) continue;
      for (const row of rows) for (const { exchange } of tallies) exchange(row);
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
  /** Gives the sides' decisions on a row to each other. */
  readonly exchange: (row: number) => void;
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
    exchange(row) {
      const [mine, theirs] = [own[row]!, other[row]!];
      ofBefore[mine]!--;
      ofBefore[theirs]!++;
      ofAfter[theirs]!--;
      ofAfter[mine]!++;
    },
    reset() {
      ofBefore.set(asBefore);
      ofAfter.set(asAfter);
    },
  };
}

/** The rows that the sides decide differently in any repeat, one by one or by cluster. */
function discordantUnits(before: Side, after: Side, clusters: Uint32Array | null): readonly (readonly number[])[] {
  const units = new Map<number, number[]>();
  for (const row of before[0]!.target.keys()) {
    if (before.every(({ predictedClass }, i) => predictedClass[row] === after[i]!.predictedClass[row])) continue;
    const unit = clusters?.[row] ?? row;
    const rows = units.get(unit);
    if (rows) rows.push(row);
    else units.set(unit, [row]);
  }
  return [...units.values()];
}
