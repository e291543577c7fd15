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
 * Rows that are decided alike are counted, not looked at again, so it takes no longer for more of them.
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
  const { patterns, patternOf } = patternsOf(before, after);
  // Of each pattern first the rows as they are, then those that are swapped.
  const counts = new Float64Array(2 * patterns.length);
  for (const pattern of patternOf) counts[2 * pattern]!++;
  const nClasses = before[0]!.nClasses;
  const inputsOf = (asIs: Side, swapped: Side): MetricInput[] =>
    asIs.map(({ target, predictedClass }, repeat) => {
      const decisions = Float64Array.from(
        counts,
        (_, i) => (i % 2 === 0 ? predictedClass : swapped[repeat]!.predictedClass)[patterns[i >> 1]!]!,
      );
      const targets = Float64Array.from(counts, (_, i) => target[patterns[i >> 1]!]!);
      return { nClasses, target: targets, score: decisions, predictedClass: decisions, weights: counts };
    });
  const sides = [inputsOf(before, after), inputsOf(after, before)] as const;
  const meanOf = (inputs: readonly MetricInput[]) =>
    inputs.reduce((sum, input) => sum + metric.compute(input), 0) / inputs.length;
  const drop = () => dropOf(metric, meanOf(sides[0]), meanOf(sides[1]));
  const seen = drop();
  const asSeen = counts.slice();
  const units = discordantUnits(before, after, patternOf, options.clusters);
  const random = createRandom(0, 'row swaps', options.seed);
  let asLarge = 1;
  for (let swap = 0; swap < SWAPS; swap++) {
    counts.set(asSeen);
    let coins = 0;
    for (const [i, unit] of units.entries()) {
      if (i % 32 === 0) coins = random.uint32();
      const isSwapped = (coins >>> (i % 32)) & 1;
      if (isSwapped === 0) continue;
      for (const pattern of unit) {
        counts[2 * pattern]!--;
        counts[2 * pattern + 1]!++;
      }
    }
    if (drop() >= seen - ROUNDING) asLarge++;
  }
  return asLarge / (SWAPS + 1);
}

/** Rows with equal targets and equal decisions of every repeat of both sides: a row of each, and which one every row is like. */
function patternsOf(before: Side, after: Side) {
  const places = new Map<string, number>();
  const patterns: number[] = [];
  const patternOf = Uint32Array.from(before[0]!.target, (target, row) => {
    const key = [target, ...[...before, ...after].map(({ predictedClass }) => predictedClass[row])].join(' ');
    const place = places.get(key) ?? patterns.push(row) - 1;
    places.set(key, place);
    return place;
  });
  return { patterns, patternOf };
}

/** The patterns of the rows that the sides decide differently, row by row or cluster by cluster. */
function discordantUnits(
  before: Side,
  after: Side,
  patternOf: Uint32Array,
  clusters: Uint32Array | null,
): readonly (readonly number[])[] {
  const units = new Map<number, number[]>();
  for (const [row, pattern] of patternOf.entries()) {
    if (before.every(({ predictedClass }, i) => predictedClass[row] === after[i]!.predictedClass[row])) continue;
    const unit = clusters?.[row] ?? row;
    units.set(unit, [...(units.get(unit) ?? []), pattern]);
  }
  return [...units.values()];
}
