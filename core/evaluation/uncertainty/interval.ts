import { exp, square } from '../../stats/elementary.ts';
import { studentTQuantile } from '../../stats/student-t.ts';

/** Degrees of freedom of an interval on a logarithm, at least: fewer make it longer than anything that rows can say. */
const FEWEST_DF = 4;
/** How many times as far from the end as the value such an interval may go. */
const MOST_TIMES = 10;

/**
 * A 95 % interval of Student's t that never leaves the metric's range, and has its long side away from an end that is near.
 *
 * Between two ends it is Wilson's (1927), as if the value were the mean of rows at one end or the other, of as many rows as have this
 * standard error (df + 1 rows where the value is at an end, and none shows any variation). From a single end it is Student's t on the
 * logarithm of the distance, with four degrees of freedom at least, and goes ten times as far from the end as the value at most: beyond,
 * few rows say nothing on that scale. `docs/interval-coverage.md` has what it is worth.
 *
 * @param se in the metric's unit.
 */
export function intervalOf(
  [low, high]: readonly [number, number],
  value: number,
  { se, df }: { readonly se: number; readonly df: number },
): [number, number] {
  const fromLow = value - low;
  const toHigh = high - value;
  const factorOf = (distance: number) =>
    Math.min(MOST_TIMES, exp((studentTQuantile(0.975, Math.max(FEWEST_DF, df)) * se) / distance));
  if (toHigh === Number.POSITIVE_INFINITY) {
    if (!(fromLow > 0)) return [low, low];
    const factor = factorOf(fromLow);
    return [low + fromLow / factor, low + fromLow * factor];
  }
  if (fromLow === Number.POSITIVE_INFINITY) {
    if (!(toHigh > 0)) return [high, high];
    const factor = factorOf(toHigh);
    return [high - toHigh * factor, high - toHigh / factor];
  }
  const t = studentTQuantile(0.975, df);
  const width = high - low;
  const share = Math.min(1, Math.max(0, fromLow / width));
  const variance = share * (1 - share);
  const perRow = square(t) * (variance > 0 ? square(se / width) / variance : 1 / (df + 1));
  const middle = (share + perRow / 2) / (1 + perRow);
  const reach = Math.sqrt(variance * perRow + square(perRow / 2)) / (1 + perRow);
  return [low + width * Math.max(0, middle - reach), low + width * Math.min(1, middle + reach)];
}

/**
 * Degrees of freedom that the sum of these squares has as an estimate of a variance: twice its square by its own variance
 * (Satterthwaite 1946). About n of normal deviations; few where few rows make most of it, as of an area under a curve near 1. The unit of the
 * deviations does not matter.
 */
export function effectiveDf(deviations: Float64Array): number {
  const largest = deviations.reduce((most, moved) => Math.max(most, Math.abs(moved)), 0);
  // Their fourth powers would overflow, or vanish.
  if ((largest > 1e50 && largest < Number.POSITIVE_INFINITY) || (largest > 0 && largest < 1e-50))
    return effectiveDf(deviations.map((moved) => moved / largest));
  let squares = 0;
  let fourths = 0;
  for (const moved of deviations) {
    squares += square(moved);
    fourths += square(square(moved));
  }
  const relative = fourths / square(squares) - 1 / deviations.length;
  return relative > 0 ? Math.max(1, 2 / relative) : Math.max(1, deviations.length - 1);
}
