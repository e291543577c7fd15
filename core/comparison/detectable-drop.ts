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

/** How uncertain the differences are that a gate sees: this one, and earlier ones on the default branch. */
export interface GateNoise extends Pick<Difference, 'df' | 'counted' | 'hits'> {
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
  return grownDrop(noise, t, 0);
}

/** The smallest true drop that a gate catches nine times in ten. With too few rows no metric can fall so far, see `mostDrop`. */
export function smallestDrop(noise: Omit<GateNoise, 'most'>, allowed: number, m: number): number {
  const t = studentTQuantile(1 - ALPHA / m, noise.df);
  return grownDrop(noise, POWER_Z, Math.max(grownDrop(noise, t, 0), allowed));
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
  const { counted, df, hits } = noise;
  const variance = (square(largestError(noise)) + Math.max(0, allowed * (hits.rise - allowed * hits.fall))) * counted.n;
  let needed = counted.n;
  // With more rows the critical t falls a little: after a few rounds it stays.
  for (let round = 0; round < 10; round++) {
    const t = studentTQuantile(1 - ALPHA / m, (df * needed) / counted.n);
    needed = (square(t) * variance) / square(allowed);
  }
  return { counted, needed: proposedLimit(Math.ceil(needed)), limit: limitAt(noise, m) };
}

/**
 * The drop δ beyond `from` that is c standard errors large: (δ − from)² = c²·(SE² + δ·(rise − δ·fall)) where it hits a few rows hard, and
 * δ = from + c·SE where it does not, whichever is larger.
 */
function grownDrop(noise: Pick<GateNoise, 'standardError' | 'earlier' | 'hits'>, c: number, from: number): number {
  const error = largestError(noise);
  const even = error === 0 ? from : from + c * error;
  const { rise, fall } = noise.hits;
  if (rise === 0 || square(error) + from * (rise - from * fall) < 0) return even;
  const a = 1 + square(c) * fall;
  const b = from + (square(c) * rise) / 2;
  return Math.max(even, (b + Math.sqrt(square(b) - a * (square(from) - square(c * error)))) / a);
}
