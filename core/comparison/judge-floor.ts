import { metrics } from '../metrics/index.ts';
import type { Case } from './case.ts';
import type { GateResult } from './verdict.ts';

/** `min` and `max`: hard bounds on the pooled out-of-fold value of the candidate's selected model. */
export function floorGates({ dataset, gates, candidate }: Case, model: string | null): GateResult[] {
  return Object.entries(gates.byMetric).flatMap(([metric, gate]) =>
    (['min', 'max'] as const).flatMap((key): GateResult[] => {
      const bound = gate[key];
      if (bound === undefined) return [];
      const estimate = (model === null ? undefined : candidate.get(model))?.run.metrics[metric]?.out_of_fold;
      const value = estimate?.value ?? null;
      const holds = value !== null && (key === 'min' ? value >= bound : value <= bound);
      return [
        {
          dataset,
          model: model ?? 'none',
          metric,
          direction: metrics.get(metric).direction,
          kind: 'floor',
          outcome: holds ? 'pass' : 'fail',
          reason: value === null ? 'missing' : holds ? 'above_floor' : 'below_floor',
          value,
          allowed: bound,
          written: `${key}: ${bound}`,
          baseline: null,
          drop: null,
          standardError: estimate?.se ?? null,
          degreesOfFreedom: null,
          pValue: null,
          adjustedPValue: null,
          smallestDrop: null,
          nearFloor: value !== null && estimate?.se != null && Math.abs(value - bound) <= estimate.se,
          pairing: null,
        },
      ];
    }),
  );
}
