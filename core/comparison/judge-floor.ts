import { metrics } from '../metrics/index.ts';
import type { Run } from '../tracking/run.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import type { GateReason, GateResult, Outcome } from './verdict.ts';
import { type Weakness, weaknessOf } from './weakness.ts';

/**
 * `min` and `max`: hard bounds on the pooled out-of-fold value of the candidate's selected model. Where that value is only
 * the model's own word, or of the test set alone, it can break a bound and not prove that one holds.
 */
export function floorGates(
  { dataset, gates, candidate, baseline }: DatasetComparison,
  model: string | null,
): GateResult[] {
  return Object.entries(gates.byMetric).flatMap(([metric, gate]) =>
    (['min', 'max'] as const).flatMap((key): GateResult[] => {
      const bound = gate[key];
      if (bound === undefined) return [];
      const run = model === null ? undefined : candidate.get(model)?.run;
      const before = baseline instanceof Map && model !== null ? baseline.get(model)?.run : undefined;
      const estimate = run?.metrics[metric]?.outOfFold;
      const value = estimate?.value ?? null;
      const [outcome, reason] = decide(value, key, bound, run ? floorWeakness(before, run) : null);
      return [
        {
          dataset,
          model: model ?? 'none',
          metric,
          direction: metrics.get(metric).direction,
          kind: 'floor',
          slice: null,
          outcome,
          reason,
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

function decide(
  value: number | null,
  key: 'min' | 'max',
  bound: number,
  weakness: Weakness | null,
): [Outcome, GateReason] {
  if (value === null) return ['fail', 'missing'];
  if (key === 'min' ? value < bound : value > bound) return ['fail', 'below_floor'];
  return weakness ? [weakness.outcome, weakness.reason] : ['pass', 'above_floor'];
}

/** A floor is about the candidate: what is weak about the baseline counts only where the candidate is weaker. */
function floorWeakness(before: Run | undefined, run: Run): Weakness | null {
  return weaknessOf(undefined, run) && weaknessOf(before, run);
}
