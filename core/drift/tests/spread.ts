import { standardDeviation } from '../../stats/moments.ts';
import { quantile } from '../../stats/quantile.ts';

/** The distance between the quartiles of the standard normal distribution. */
const NORMAL_QUARTILES = 1.3489795003921634;

/**
 * The unit of distances between numbers: the standard deviation (n in the denominator), or a normal distribution's with the same
 * quartiles where that is smaller. A few values far out would hide any shift otherwise. 0 where all values are equal.
 *
 * @param values in ascending order.
 */
export function spread(values: Float64Array): number {
  const quartiles = quantile(values, 0.75) - quantile(values, 0.25);
  const deviation = standardDeviation(values);
  return quartiles === 0 ? deviation : Math.min(deviation, quartiles / NORMAL_QUARTILES);
}
