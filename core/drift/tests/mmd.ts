import { exp, square } from '../../stats/elementary.ts';
import { defineDriftTest } from './drift-test.ts';

/** A sample of more values is represented by the means of so many stretches of it. */
const POINTS = 500;

/**
 * The maximum mean discrepancy of a Gaussian kernel, √(mean k(r, r′) + mean k(c, c′) − 2 mean k(r, c)) with k = exp(−(x − y)²/(2h²)) and h the median distance
 * between two values, divided by √2 (Gretton et al. 2012, "A kernel two-sample test"). The time is linear in the rows, since a sample of more
 * than 500 values is represented by 500 means of neighbours.
 */
export const mmd = defineDriftTest({
  id: 'mmd',
  name: 'MMD',
  summary:
    'maximum mean discrepancy with a Gaussian kernel; a shift of a normal column by .12 standard deviations is .05',
  kind: 'distance',
  columnKinds: ['numeric'],
  threshold: 0.05,
  compare(samples) {
    const [before, after] = [representatives(samples.reference), representatives(samples.current)];
    const width = medianDistance(Float64Array.from([...before, ...after]));
    if (!(width > 0)) {
      // More than half of all pairs are equal: with a kernel this narrow only equal values resemble each other.
      const narrow = meanKernel(before, before, 0) + meanKernel(after, after, 0) - 2 * meanKernel(before, after, 0);
      return { statistic: Math.sqrt(Math.max(0, narrow)), pValue: null };
    }
    const squared =
      meanKernel(before, before, width) + meanKernel(after, after, width) - 2 * meanKernel(before, after, width);
    return { statistic: Math.sqrt(Math.max(0, squared)), pValue: null };
  },
});

/** Means of stretches of equal length of an ascending sample. */
function representatives(values: Float64Array): Float64Array {
  const n = values.length;
  if (n <= POINTS) return values;
  return Float64Array.from({ length: POINTS }, (_, i) => {
    const [from, to] = [Math.round((i * n) / POINTS), Math.round(((i + 1) * n) / POINTS)];
    return values.subarray(from, to).reduce((sum, value) => sum + value / (to - from), 0);
  });
}

function medianDistance(values: Float64Array): number {
  const distances = new Float64Array((values.length * (values.length - 1)) / 2);
  let at = 0;
  for (const [i, value] of values.entries()) for (let j = 0; j < i; j++) distances[at++] = Math.abs(value - values[j]!);
  return distances.sort()[Math.floor(distances.length / 2)] ?? 0;
}

/** @param distance the median distance: 2h² is its square. */
function meanKernel(a: Float64Array, b: Float64Array, distance: number): number {
  let sum = 0;
  for (const x of a) for (const y of b) sum += x === y ? 1 : exp(-square((x - y) / distance));
  return sum / (a.length * b.length);
}
