import { exp, log, square } from '../stats/elementary.ts';
import { studentTQuantile } from '../stats/student-t.ts';

/**
 * A 95 % interval of Student's t on the scale that a metric's range implies, back in its own unit: logit for a range with two ends
 * (for −1 to 1 that is Fisher's z), logarithm of the distance from the end of a range with one, so that no interval leaves its
 * range and a value near the edge has a long side away from it. `docs/interval-coverage.md` has what it is worth.
 *
 * At an end of a range with two, where no row shows any variation, it is Wilson's (1927) for df + 1 rows that were all the same.
 *
 * @param se in the metric's unit, by the delta method as good on the other scale.
 */
export function intervalOf(
  [low, high]: readonly [number, number],
  value: number,
  se: number,
  df: number,
): [number, number] {
  const t = studentTQuantile(0.975, df);
  const fromLow = value - low;
  const toHigh = high - value;
  if (fromLow <= 0 || toHigh <= 0) return atTheEnd([low, high], fromLow <= 0, t, df + 1);
  if (Number.isFinite(low) && Number.isFinite(high)) {
    const logit = log(fromLow / toHigh);
    const reach = t * se * (1 / fromLow + 1 / toHigh);
    const back = (x: number) => low + (high - low) / (1 + exp(-x));
    return [back(logit - reach), back(logit + reach)];
  }
  if (Number.isFinite(low)) {
    const factor = exp((t * se) / fromLow);
    return [low + fromLow / factor, low + fromLow * factor];
  }
  const factor = exp((t * se) / toHigh);
  return [high - toHigh * factor, high - toHigh / factor];
}

function atTheEnd([low, high]: readonly [number, number], isLow: boolean, t: number, n: number): [number, number] {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return isLow ? [low, low] : [high, high];
  const reach = ((high - low) * square(t)) / (n + square(t));
  return isLow ? [low, low + reach] : [high - reach, high];
}
