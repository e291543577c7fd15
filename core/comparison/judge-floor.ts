import { metrics } from '../metrics/index.ts';
import type { Run } from '../tracking/run.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import type { FloorGate } from './gate-result.ts';
import type { Outcome } from './outcome.ts';
import { type Weakness, weaknessOf } from './weakness.ts';

/**
 * `min` and `max`: hard bounds on the pooled out-of-fold value of the candidate's selected model. A value that is self-reported, or
 * measured on the test set alone, can break a bound; it cannot prove that one holds. A bound that the same model of the baseline
 * misses by at least as much is not made worse.
 */
export function floorGates(
  { dataset, gates, candidate, baseline }: DatasetComparison,
  model: string | null,
): FloorGate[] {
  return Object.entries(gates.byMetric).flatMap(([metric, gate]) =>
    (['min', 'max'] as const).flatMap((key): FloorGate[] => {
      const bound = gate[key];
      if (bound === undefined) return [];
      const run = model === null ? undefined : candidate.get(model)?.run;
      const before = baseline instanceof Map && model !== null ? baseline.get(model)?.run : undefined;
      const estimate = run?.metrics[metric]?.outOfFold;
      const value = estimate?.value ?? null;
      const old = before?.metrics[metric]?.outOfFold.value ?? null;
      const [outcome, reason] = decide({ value, before: old }, key, bound, run ? floorWeakness(before, run) : null);
      return [
        {
          kind: 'floor',
          dataset,
          model,
          metric,
          direction: metrics.get(metric).direction,
          outcome,
          reason,
          written: `${key}: ${bound}`,
          bound: key,
          value,
          allowed: bound,
          standardError: estimate?.se ?? null,
          isNear: value !== null && estimate?.se != null && Math.abs(value - bound) <= estimate.se,
        },
      ];
    }),
  );
}

function decide(
  { value, before }: { readonly value: number | null; readonly before: number | null },
  key: 'min' | 'max',
  bound: number,
  weakness: Weakness | null,
): [Outcome, FloorGate['reason']] {
  if (value === null) return ['fail', 'missing'];
  const misses = (one: number, than: number) => (key === 'min' ? one < than : one > than);
  if (misses(value, bound)) {
    // The base misses it by as much: stopping the change would not mend that.
    const isNotWorse = before !== null && misses(before, bound) && !misses(value, before);
    return isNotWorse && !weakness ? ['pass', 'not_made_worse'] : ['fail', 'below_floor'];
  }
  return weakness ? [weakness.outcome, weakness.reason] : ['pass', 'above_floor'];
}

/** A floor is about the candidate: what is weak about the baseline counts only where the candidate is weaker. */
function floorWeakness(before: Run | undefined, run: Run): Weakness | null {
  return weaknessOf(undefined, run) && weaknessOf(before, run);
}
