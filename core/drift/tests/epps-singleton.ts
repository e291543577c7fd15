import { chiSquareSurvival } from '../../stats/chi-square.ts';
import { cos, pow, sin } from '../../stats/elementary.ts';
import { standardDeviation } from '../../stats/moments.ts';
import { pseudoInverse } from '../../stats/pseudo-inverse.ts';
import { quantile } from '../../stats/quantile.ts';
import { defineDriftTest, type NumericSamples } from './drift-test.ts';

const AT = [0.4, 0.8] as const;
/** Fewer values cannot tell. */
const FEWEST = 5;
/** With fewer values on both sides the statistic is corrected. */
const SMALL = 25;
/** Sines of larger numbers are not exact. Values so far out say nothing more. */
const FARTHEST = 1e6;

/**
 * `scipy.stats.epps_singleton_2samp`: compares the empirical characteristic functions at two points. Where the quartiles of all values are equal, the unit
 * is their standard deviation, so that the test has an answer there, too (scipy and Evidently raise an error).
 */
export const eppsSingleton = defineDriftTest({
  id: 'epps_singleton',
  name: 'Epps–Singleton',
  summary:
    'Epps–Singleton: the p-value of the difference between the characteristic functions; also for values that repeat',
  kind: 'p_value',
  columnKinds: ['numeric'],
  threshold: 0.01,
  compare(samples) {
    const { reference, current } = samples;
    const [n, m] = [reference.length, current.length];
    const { centre, unit } = scaleOf(samples);
    if (Math.min(n, m) < FEWEST || !(unit > 0 && Number.isFinite(unit))) return { statistic: 0, pValue: 1 };
    const [before, after] = [wavesOf(reference, centre, unit), wavesOf(current, centre, unit)];
    const covariance = before.covariance.map((value, k) => (n + m) * (value / n + after.covariance[k]! / m));
    const { inverse, rank } = pseudoInverse(covariance, 4);
    const apart = before.means.map((mean, k) => mean - after.means[k]!);
    let form = 0;
    for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) form += apart[i]! * inverse[4 * i + j]! * apart[j]!;
    const correction = Math.max(n, m) < SMALL ? 1 / (1 + pow(n + m, -0.45) + 10.1 * (pow(n, -1.7) + pow(m, -1.7))) : 1;
    const statistic = Math.max(0, correction * (n + m) * form);
    return { statistic, pValue: rank === 0 ? 1 : chiSquareSurvival(statistic, rank) };
  },
});

/** Half the distance between the quartiles of all values. A shift of all values changes nothing, and keeps sines exact. */
function scaleOf({ reference, current }: NumericSamples): { readonly centre: number; readonly unit: number } {
  const all = Float64Array.from([...reference, ...current]).sort();
  const quartiles = quantile(all, 0.75) - quantile(all, 0.25);
  return { centre: quantile(all, 0.5), unit: quartiles > 0 ? quartiles / 2 : standardDeviation(all) };
}

/** Means and covariances (n in the denominator, 4 × 4) of cos and sin at both points. */
function wavesOf(values: Float64Array, centre: number, unit: number) {
  const n = values.length;
  const waves = Array.from({ length: 4 }, () => new Float64Array(n));
  for (const [row, value] of values.entries()) {
    const x = Math.max(-FARTHEST, Math.min(FARTHEST, (value - centre) / unit));
    for (const [k, t] of AT.entries()) {
      waves[k]![row] = cos(t * x);
      waves[k + 2]![row] = sin(t * x);
    }
  }
  const means = waves.map((wave) => wave.reduce((sum, each) => sum + each, 0) / n);
  const covariance = new Float64Array(16);
  for (let i = 0; i < 4; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let row = 0; row < n; row++) sum += (waves[i]![row]! - means[i]!) * (waves[j]![row]! - means[j]!);
      covariance[4 * i + j] = covariance[4 * j + i] = sum / n;
    }
  return { means, covariance };
}
