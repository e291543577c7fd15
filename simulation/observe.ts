import { compareModels, type EvaluatedRun } from '../core/comparison/compare-models.ts';
import { pairRows } from '../core/comparison/pair-rows.ts';
import { type Difference, pairedDifference } from '../core/comparison/paired-difference.ts';
import { withNoiseHistory } from '../core/evaluation/uncertainty/noise-history.ts';
import { metrics } from '../core/metrics/index.ts';
import type { Run } from '../core/tracking/run.ts';
import { judged, smallestDropOf } from './judged.ts';
import type { Group, Pair } from './plan.ts';

/** Limits that are tried, as multiples of the smallest drop that the gate itself says it catches. */
export const LIMITS = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** What the gate made of one simulated pull request. */
export interface Observation {
  /** Place of the pair in the group's list. */
  readonly pair: number;
  readonly metric: string;
  readonly drop: number;
  readonly standardError: number;
  readonly df: number;
  /** As printed: the smallest true drop that is caught nine times in ten, with `max_drop: 0`. */
  readonly smallest: number;
  /** By `LIMITS`, whether the gate fails. */
  readonly fails: readonly boolean[];
  /** The same with a history of earlier runs on main, whose noise is pooled; null where there is none. */
  readonly withHistory: { readonly smallest: number; readonly fails: boolean } | null;
  /** The smallest drop by the same test on the rows of the test set alone; null where the two sides' test sets differ. */
  readonly smallestOnTest: number | null;
}

/**
 * Judges a pair by the product's own code, one gate at a time.
 *
 * @param earlier runs on main before the baseline, oldest first; none: it is the first.
 */
export function observe(
  group: Group,
  pair: number,
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  earlier: readonly Run[],
): Observation[] {
  const comparison = compareModels(baseline, candidate, group.metrics);
  const onTest = testDifferences(group, group.pairs[pair]!, baseline, candidate);
  const [primary] = group.metrics;
  const remembered = primary && earlier.length > 0 ? withHistory(group, primary, baseline, candidate, earlier) : null;
  return group.metrics.map((metric): Observation => {
    const gate = (limit: number, difference?: Difference) => {
      const differences = difference ? new Map([[metric, difference]]) : comparison.differences;
      return judged(group, metric, limit, baseline, candidate, { ...comparison, differences });
    };
    const smallest = smallestDropOf(gate(0));
    const test = onTest?.get(metric);
    const difference = comparison.differences.get(metric);
    if (!difference || difference.standardError === null || smallest === null)
      throw new Error(`${metric} of ${group.source.id} has no difference`);
    return {
      ...{ pair, metric, drop: difference.drop, standardError: difference.standardError, df: difference.df },
      smallest,
      fails: LIMITS.map((limit) => gate(limit * smallest).outcome === 'fail'),
      withHistory: metric === primary ? remembered : null,
      smallestOnTest: test ? smallestDropOf(gate(0, test)) : null,
    };
  });
}

function withHistory(
  group: Group,
  metric: string,
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  earlier: readonly Run[],
): Observation['withHistory'] {
  const last = earlier.reduce<Run | undefined>((before, run) => withNoiseHistory(run, before), undefined);
  const before = { ...baseline, run: withNoiseHistory(baseline.run, last) };
  const after = { ...candidate, run: withNoiseHistory(candidate.run, before.run) };
  const gate = judged(group, metric, 0, before, after, compareModels(before, after, [metric]));
  return { smallest: smallestDropOf(gate)!, fails: gate.outcome === 'fail' };
}

/** The paired test on fold 0 alone, where both sides have the same fold 0. */
function testDifferences(
  { metrics: ids }: Group,
  { kind }: Pair,
  { predictions: before }: EvaluatedRun,
  { predictions: after }: EvaluatedRun,
): ReadonlyMap<string, Difference> | undefined {
  if (kind === 'folds' || kind === 'renamed' || !before || !after) return undefined;
  const whole = pairRows(before.rowSet, after.rowSet, true);
  const inside = whole.baseline.map((row) => before.rowSet.folds[row]!);
  const pick = (rows: Uint32Array) => rows.filter((_, i) => inside[i] === 0);
  const pairing = { ...whole, baseline: pick(whole.baseline), candidate: pick(whole.candidate) };
  return new Map(ids.map((id) => [id, pairedDifference(metrics.get(id), pairing, before, after)]));
}
