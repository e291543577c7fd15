import { exp, square } from '../../stats/elementary.ts';
import { studentTQuantile } from '../../stats/student-t.ts';

/**
 * A 95 % interval of Student's t that never leaves the metric's range, and has its long side away from an end that is near.
 *
 * Between two ends it is Wilson's (1927), as if the value were the mean of rows at one end or the other, of as many rows as have this
 * standard error (df + 1 rows where the value is at an end, and none shows any variation). From a single end it is Student's t on the
 * logarithm of the distance. `docs/interval-coverage.md` has what it is worth.
 *
 * Its ends may be infinite or NaN when the standard error is beyond all measure on that scale.
 *
 * @param se in the metric's unit.
 */
export function intervalOf(
  [low, high]: readonly [number, number],
  value: number,
  { se, df }: { readonly se: number; readonly df: number },
): [number, number] {
  const t = studentTQuantile(0.975, df);
  const fromLow = value - low;
  const toHigh = high - value;
  if (toHigh === Number.POSITIVE_INFINITY) {
    const factor = exp((t * se) / fromLow);
    return fromLow > 0 ? [low + fromLow / factor, low + fromLow * factor] : [low, low];
  }
  if (fromLow === Number.POSITIVE_INFINITY) {
    const factor = exp((t * se) / toHigh);
    return toHigh > 0 ? [high - toHigh * factor, high - toHigh / factor] : [high, high];
  }
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
