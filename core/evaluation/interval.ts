import { exp, square } from '../stats/elementary.ts';
import { studentTQuantile } from '../stats/student-t.ts';

/**
 * A 95 % interval of Student's t on the scale that a metric's range implies, back in its own unit: logit for a range with two ends
 * (for −1 to 1 that is Fisher's z), logarithm of the distance from the end of a range with one. So no interval leaves its range,
 * and a value near an end has its long side away from it. `docs/interval-coverage.md` has what it is worth.
 *
 * At an end of a range with two, where no row shows any variation, it is Wilson's (1927) for df + 1 rows that were all the same.
 *
 * Its ends may be infinite or NaN when the standard error is beyond all measure on that scale.
 *
 * @param se in the metric's unit, by the delta method as good on the other scale.
 */
export function intervalOf(
  [low, high]: readonly [number, number],
  value: number,
  { se, df }: { readonly se: number; readonly df: number },
): [number, number] {
  const t = studentTQuantile(0.975, df);
  const fromLow = value - low;
  const toHigh = high - value;
  if (fromLow <= 0 || toHigh <= 0) return atTheEnd([low, high], fromLow <= 0, t, df + 1);
  // The end that is infinite adds nothing to the slope.
  const reach = t * se * (1 / fromLow + 1 / toHigh);
  const moved = (by: number) => {
    if (toHigh === Number.POSITIVE_INFINITY) return low + fromLow * exp(by);
    if (fromLow === Number.POSITIVE_INFINITY) return high - toHigh * exp(-by);
    return low + (high - low) / (1 + (toHigh / fromLow) * exp(-by));
  };
  return [moved(-reach), moved(reach)];
}

/**
 * Degrees of freedom that the sum of these squares has as an estimate of a variance: twice its square by its own variance
 * (Satterthwaite 1946). About n of normal deviations; few where few rows make most of it, as of an area under a curve near 1.
 */
export function effectiveDf(deviations: Float64Array): number {
  let squares = 0;
  let fourths = 0;
  for (const moved of deviations) {
    squares += square(moved);
    fourths += square(square(moved));
  }
  const relative = fourths / square(squares) - 1 / deviations.length;
  return relative > 0 ? Math.max(1, 2 / relative) : Math.max(1, deviations.length - 1);
}

function atTheEnd([low, high]: readonly [number, number], isLow: boolean, t: number, n: number): [number, number] {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return isLow ? [low, low] : [high, high];
  const reach = ((high - low) * square(t)) / (n + square(t));
  return isLow ? [low, low + reach] : [high - reach, high];
}
