import type { Metric } from '../../metrics/metric.ts';

/** What sums in another order differ by, and more: a share of the unit that is taken for nothing. */
const NEGLIGIBLE = 1e-9;

type Scaled = Pick<Metric, 'range' | 'targetTypes'>;

/**
 * A computed value as one that the metric can have. A value that is nearer to an end of the range than 1e-9 is that end; but not an error
 * in the unit of the target, in which nothing is known to be small. NaN stays NaN.
 */
export function withinRange(metric: Scaled, value: number): number {
  const [low, high] = metric.range;
  const near = isInUnits(metric) ? 0 : NEGLIGIBLE;
  if (value <= low + near) return low;
  return value >= high - near ? high : value;
}

/**
 * What a drop of a metric is measured by, to tell whether it is rounding alone: the value itself or, near 0, 1. Of an error in the unit of
 * a target that varies by less than 1 it is the target's standard deviation.
 *
 * @param scale of the target, where it is known.
 */
export function unitOf(metric: Scaled, value: number, scale: { readonly sd: number } | null = null): number {
  const least = isInUnits(metric) ? Math.min(1, scale?.sd ?? 0) : 1;
  return Math.max(Math.abs(value), least);
}

/** A drop or a standard error, 0 where it is rounding alone. */
export function settled(moved: number, unit: number): number {
  return Math.abs(moved) <= NEGLIGIBLE * unit ? 0 : moved;
}

function isInUnits({ range: [, high], targetTypes }: Scaled): boolean {
  return targetTypes.includes('continuous') && high === Number.POSITIVE_INFINITY;
}
