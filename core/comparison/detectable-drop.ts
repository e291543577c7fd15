import type { Metric } from '../metrics/metric.ts';
import { square } from '../stats/elementary.ts';
import { studentTQuantile } from '../stats/student-t.ts';
import type { Difference } from './paired-difference.ts';
import { proposedLimit } from './propose-limit.ts';

/** Chance of a false alarm that a pull request's limits may have together, when nothing became worse. */
export const ALPHA = 0.01;
/**
 * The drop that is caught nine times in ten lies so many standard errors past the critical one: z of .90, a third wider, since
 * a drop also varies with the rows that were learned from, which the rows of one evaluation set cannot tell (`npm run simulate`).
 */
export const POWER_Z = 1.7;
/**
 * By how many standard deviations a row of the rarest class moves that is hit by a change which makes the model worse. Little more than that
 * is known before a few comparisons on the default branch (docs/decisions/0028).
 */
const HIT = 2;
/** So many earlier comparisons tell how much a change moves. */
const ENOUGH_COMPARISONS = 5;

/** How uncertain the differences are that a gate sees: this one, and earlier ones on the default branch. */
export interface GateNoise extends Pick<Difference, 'df' | 'counted' | 'isRightOrWrong' | 'baselineError'> {
  readonly standardError: number;
  /** Standard errors of earlier comparisons. */
  readonly earlier: readonly number[];
  /** The largest drop that the metric can have, `mostDrop`. */
  readonly most: number;
}

/** A limit that is smaller than what a gate can tell from chance. */
export interface UndecidedLimit {
  /** What there is to count, and how many of it there are. */
  readonly counted: Difference['counted'];
  /** About how many there must be. */
  readonly needed: number;
  /** The smallest limit that can be decided; null: none that is smaller than any drop. */
  readonly limit: number | null;
}

/** How far a metric can fall from a value, in its unit; infinite of an error. */
export function mostDrop({ direction, range: [low, high] }: Pick<Metric, 'direction' | 'range'>, from: number): number {
  return direction === 'maximize' ? from - low : high - from;
}

/** The largest standard error that is known. A change that does no harm moves few rows, and has a small one. */
export function largestError({ standardError, earlier }: Pick<GateNoise, 'standardError' | 'earlier'>): number {
  return Math.max(standardError, ...earlier);
}

/** The drop from which on a gate can tell a change from chance, with `m` limits in the pull request. */
export function provableDrop(noise: Omit<GateNoise, 'most'>, m: number): number {
  const t = studentTQuantile(1 - ALPHA / m, noise.df);
  if (noise.isRightOrWrong) return grownDrop(noise, t, 0);
  const error = largestError(noise);
  return error === 0 ? 0 : t * error;
}

/** The smallest true drop that a gate catches nine times in ten. With too few rows no metric can fall so far, see `mostDrop`. */
export function smallestDrop(noise: Omit<GateNoise, 'most'>, allowed: number, m: number): number {
  const t = studentTQuantile(1 - ALPHA / m, noise.df);
  if (noise.isRightOrWrong) return Math.max(grownDrop(noise, t + POWER_Z, 0), grownDrop(noise, POWER_Z, allowed));
  const error = largestError(noise);
  const usual = Math.max(error === 0 ? 0 : t * error, allowed) + POWER_Z * error;
  return noise.earlier.length >= ENOUGH_COMPARISONS ? usual : Math.max(usual, firstDrop(noise, t + POWER_Z));
}

/** The smallest limit that can be decided, in two digits; null where it would allow any drop. */
export function limitAt(noise: GateNoise, m: number): number | null {
  const limit = proposedLimit(provableDrop(noise, m));
  return limit < noise.most || limit === 0 ? limit : null;
}

/** A limit that cannot be decided, and what would help; null where it can, or nothing is allowed. */
export function undecidedLimit(noise: GateNoise, allowed: number, m: number): UndecidedLimit | null {
  const provable = provableDrop(noise, m);
  if (!(allowed > 0) || provable <= allowed) return null;
  const { counted, df, isRightOrWrong } = noise;
  const variance = square(largestError(noise)) * counted.n + (isRightOrWrong ? allowed : 0);
  let needed = counted.n;
  // With more rows the critical t falls a little: after a few rounds it stays.
  for (let round = 0; round < 10; round++) {
    const t = studentTQuantile(1 - ALPHA / m, (df * needed) / counted.n);
    needed = (square(t) * variance) / square(allowed);
  }
  return { counted, needed: proposedLimit(Math.ceil(needed)), limit: limitAt(noise, m) };
}

/**
 * The drop δ beyond `from` that is c standard errors large. A row that is right or wrong counts 1 or 0, so a drop of δ makes at least
 * δ·n rows differ: the squared error is SE² + δ/n, and (δ − from)² = c²·(SE² + δ/n).
 */
function grownDrop(
  { standardError, counted }: Pick<GateNoise, 'standardError' | 'counted'>,
  c: number,
  from: number,
): number {
  const perRow = square(c) / counted.n;
  return from + (perRow + Math.sqrt(square(perRow) + 4 * square(c) * (square(standardError) + from / counted.n))) / 2;
}

/** The same of rows of a rare class, where no change has been seen that moved any: they count as much as those of the baseline vary. */
function firstDrop({ baselineError, counted }: Pick<GateNoise, 'baselineError' | 'counted'>, c: number): number {
  if (counted.of !== 'rarest_class') return 0;
  return (square(c) * HIT * (baselineError ?? 0)) / Math.sqrt(counted.n);
}
