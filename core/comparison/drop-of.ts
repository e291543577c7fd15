import type { Metric } from '../metrics/metric.ts';

/** How much worse `after` is than `before`; the only place that turns a direction into a sign. */
export function dropOf({ direction }: Pick<Metric, 'direction'>, before: number, after: number): number {
  return direction === 'maximize' ? before - after : after - before;
}
