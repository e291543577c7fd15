import type { Duplicates } from '../../dataset/evaluation-set.ts';
import { combine, type Hash64, hashText } from '../../random/hash.ts';
import { greatestDivisor } from '../../stats/greatest-divisor.ts';
import { classFolds, rowPlaces } from './class-folds.ts';
import { type FeatureRows, featureRows } from './feature-rows.ts';
import type { SplitInput } from './split.ts';
import { type RowUnit, unitFolds } from './unit-folds.ts';

/** Repeated rows that are looked at; of more, a sample by hash. */
const SAMPLE = 2000;
/** Distinct rows of a class from which on counts that are all multiples of one number are no accident. */
const ENOUGH_ROWS = 20;
/** Equal rows are one group unless they are more than this share of all: then a fold would be one row repeated. */
const LARGEST_GROUP = 1 / 20;

/**
 * Folds of rows of which some have equal features.
 *
 * `spread`: every row is on its own. A model that remembers rows is then rewarded for those it has seen.
 * `group`: rows with equal features stay together, and are clusters of the standard error. Where a table has few values, equal rows are
 * many by accident, and folds of whole groups would leave a model without the very rows it is asked for.
 * `auto`: what suits the table, see `isNoAccident`.
 */
export function duplicateFolds(input: SplitInput): {
  readonly folds: Uint8Array;
  readonly clusters: Uint32Array | null;
  readonly duplicates: Duplicates;
} {
  const { plan, target, nClasses } = input;
  const rows = featureRows(input.table, input.features);
  const nRows = target.length;
  const grouped = duplicatesOf(rows, input);
  const copies = nRows - rows.counts.length;
  const isAlone = Uint8Array.from(rows.distinct, (number) => Number(rows.counts[number] === 1));
  if (grouped === 'spread')
    return {
      folds: classFolds({ ...input, nFolds: plan.folds }),
      clusters: null,
      duplicates: { rule: 'spread', copies, isAlone },
    };
  const { folds, units } = unitFolds(groupsOf(rows, input), { nRows, target, nClasses, nFolds: plan.folds });
  return { folds, clusters: copies > 0 ? units : null, duplicates: { rule: 'group', copies, isAlone } };
}

function duplicatesOf(rows: FeatureRows, { plan, target, nClasses }: SplitInput): Duplicates['rule'] {
  const { duplicates = 'auto' } = plan;
  if (duplicates !== 'auto') return duplicates;
  return isNoAccident(rows, target, nClasses) ? 'group' : 'spread';
}

/**
 * Whether rows are equal because they were copied, not because few values can be combined in few ways: where rows are few-valued, most
 * repeated rows have a neighbour that differs in one feature alone; and copies of a whole class come in multiples. Without any
 * equal rows copies that a change adds can be nothing else.
 */
export function isNoAccident(rows: FeatureRows, target: Float64Array, nClasses: number): boolean {
  const repeated = [...rows.counts.keys()].filter((number) => rows.counts[number]! > 1);
  if (repeated.length === 0) return true;
  const sample =
    repeated.length <= SAMPLE ? repeated : smallest(repeated, (each) => rows.hash(rows.first[each]!), SAMPLE);
  if (2 * withNeighbour(rows, sample) < sample.length) return true;
  return countsInClasses(rows, target, nClasses).some(
    (counts) => counts.length >= ENOUGH_ROWS && counts.reduce(greatestDivisor) >= 2,
  );
}

/** How many of these distinct rows have another that differs from them in exactly one feature. */
function withNeighbour({ first, withoutFeature }: FeatureRows, sample: readonly number[]): number {
  const found = new Set<number>();
  for (const hashOf of withoutFeature) {
    const asked = new Map<number, number[]>();
    for (const each of sample) {
      const hash = hashOf(first[each]!);
      const same = asked.get(hash);
      if (same) same.push(each);
      else asked.set(hash, [each]);
    }
    for (const [other, row] of first.entries())
      for (const each of asked.get(hashOf(row)) ?? []) if (each !== other) found.add(each);
  }
  return found.size;
}

/** Per class, how often each distinct row occurs in it. */
function countsInClasses({ distinct }: FeatureRows, target: Float64Array, nClasses: number): number[][] {
  const counts = Array.from({ length: Math.max(1, nClasses) }, () => new Map<number, number>());
  for (const [row, number] of distinct.entries()) {
    const own = counts[nClasses === 0 ? 0 : target[row]!]!;
    own.set(number, (own.get(number) ?? 0) + 1);
  }
  return counts.map((own) => [...own.values()]);
}

function smallest(numbers: readonly number[], hashOf: (number: number) => Hash64, n: number): number[] {
  const hashed = numbers.map((number) => ({ number, hash: hashOf(number) }));
  hashed.sort((a, b) => a.hash.high - b.hash.high || a.hash.low - b.hash.low);
  return hashed.slice(0, n).map(({ number }) => number);
}

function groupsOf(rows: FeatureRows, input: SplitInput): RowUnit[] {
  const { dataset, target } = input;
  const salt = hashText(dataset);
  const largest = LARGEST_GROUP * target.length;
  const members: number[][] = Array.from(rows.counts, () => []);
  for (const [row, number] of rows.distinct.entries()) members[number]!.push(row);
  const isSpread = rows.counts.some((count) => count > Math.max(1, largest));
  const places = isSpread ? rowPlaces({ ...input, nFolds: input.plan.folds }) : [];
  return members.flatMap((own): RowUnit[] =>
    own.length > Math.max(1, largest)
      ? own.map((row) => ({ rows: [row], place: places[row]! }))
      : [{ rows: own, place: combine([salt, rows.hash(own[0]!)]) }],
  );
}
