import type { Gates } from '../gates/gates.ts';
import { metrics } from '../metrics/index.ts';
import type { Run } from '../tracking/run.ts';

/**
 * The metrics a dataset must have, the primary one first: those it lists, else the defaults for its kind of target and those with
 * a gate.
 *
 * @param targetType null where no run tells it: then only what is listed or gated is known.
 */
export function expectedMetrics(
  { metrics: listed, gates }: { readonly metrics: readonly string[]; readonly gates: Gates },
  targetType: Run['targetType'] | null,
): readonly string[] {
  if (listed.length > 0) return listed;
  const defaults = metrics.all.filter(
    (metric) => metric.byDefault && targetType !== null && metric.targetTypes.includes(targetType),
  );
  return [
    ...new Set([...defaults.map(({ id }) => id as string), ...Object.keys({ ...gates.byMetric, ...gates.bySlice })]),
  ];
}
