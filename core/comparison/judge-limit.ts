import { metrics } from '../metrics/index.ts';
import { studentTQuantile, studentTSurvival } from '../stats/student-t.ts';
import type { Run } from '../tracking/run.ts';
import { allowedDrop } from './allowed-drop.ts';
import type { ModelComparison } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import { ALPHA, type GateNoise, largestError, mostDrop, smallestDrop, undecidedLimit } from './detectable-drop.ts';
import type { LimitGate } from './gate-result.ts';
import type { Outcome } from './outcome.ts';
import type { Difference } from './paired-difference.ts';
import { type Weakness, weaknessOf } from './weakness.ts';

/** One `max_drop` gate with its test, before the correction for how many there are. */
export interface LimitTest {
  readonly dataset: string;
  readonly model: string | null;
  readonly replacedBy: string | null;
  readonly metric: string;
  readonly written: string;
  readonly nonInferior: boolean;
  readonly difference: Difference | null;
  readonly pairing: ModelComparison['pairing'];
  /** In the metric's unit; null: a share of a baseline that does not exist. */
  readonly allowed: number | null;
  /** Whether it is a share of the baseline's noise. */
  readonly isOfNoise: boolean;
  readonly pValue: number | null;
  /** Standard errors of the metric's earlier comparisons on the default branch. */
  readonly earlier: readonly number[];
  /** Why there is nothing to test. */
  readonly without: 'first_run' | 'no_baseline' | 'new_model' | 'new_metric' | 'missing' | 'weak' | null;
  /** Why no result of it can be a pass. */
  readonly weakness: Weakness | null;
  readonly value: number | null;
}

/** The tests of a dataset's `max_drop` gates: the same model on both sides, the one that is selected in the baseline. */
export function limitTests(
  { dataset, gates, candidate, baseline, comparisons, replacement }: DatasetComparison,
  model: string | null,
): LimitTest[] {
  return Object.entries(gates.byMetric).flatMap(([metric, gate]): LimitTest[] => {
    if (gate.max_drop === undefined) return [];
    const comparison = model === null ? undefined : comparisons.get(model);
    const difference = comparison?.differences.get(metric) ?? null;
    const before = baseline instanceof Map && model !== null ? baseline.get(model)?.run : undefined;
    const after = model === null ? undefined : candidate.get(model)?.run;
    const value = after?.metrics[metric]?.outOfFold.value ?? null;
    const allowed = difference && allowedDrop(gate.max_drop, difference);
    const weakness = after ? weaknessOf(before, after) : null;
    return [
      {
        dataset,
        model,
        replacedBy: replacement?.by ?? null,
        metric,
        written: `max_drop: ${gate.max_drop}`,
        nonInferior: gate.require === 'non_inferior',
        difference,
        pairing: comparison?.pairing ?? 'unpaired',
        allowed: typeof gate.max_drop === 'number' ? gate.max_drop : (allowed?.drop ?? null),
        isOfNoise: allowed?.isOfNoise ?? false,
        pValue: difference && pValueOf(difference),
        earlier: before?.metrics[metric]?.history?.errors ?? [],
        without: difference ? null : whyUntested(baseline, before, metric, value, weakness),
        weakness,
        value: difference?.candidate ?? value,
      },
    ];
  });
}

function whyUntested(
  baseline: DatasetComparison['baseline'],
  before: Run | undefined,
  metric: string,
  value: number | null,
  weakness: Weakness | null,
): LimitTest['without'] {
  if (value === null) return 'missing';
  if (weakness) return 'weak';
  if (typeof baseline === 'string') return baseline;
  if (!before) return 'new_model';
  return Object.hasOwn(before.metrics, metric) ? 'missing' : 'new_metric';
}

/** Judges a test after Holm's correction. `m`: how many limits of the pull request were tested. */
export function judgeLimit(test: LimitTest, adjusted: number | null, m: number): LimitGate {
  const { difference, allowed } = test;
  const [outcome, reason] = difference && adjusted !== null ? decide(test, difference, adjusted) : withoutTest(test);
  return {
    kind: 'limit',
    dataset: test.dataset,
    model: test.model,
    ...(test.replacedBy !== null && { replacedBy: test.replacedBy }),
    metric: test.metric,
    direction: metrics.get(test.metric).direction,
    outcome,
    reason,
    written: test.written,
    value: test.value,
    allowed,
    ...(test.isOfNoise && { shareOf: 'noise' as const }),
    compared: difference && {
      baseline: difference.baseline,
      drop: difference.drop,
      pairing: test.pairing,
      ...(difference.tooFew && { tooFew: difference.tooFew }),
      test: testResult(test, difference, adjusted, m),
    },
  };
}

function testResult(
  { metric, pValue, allowed, earlier }: LimitTest,
  difference: Difference,
  adjustedPValue: number | null,
  m: number,
): NonNullable<LimitGate['compared']>['test'] {
  const { standardError } = difference;
  if (standardError === null || pValue === null || adjustedPValue === null) return null;
  const most = mostDrop(metrics.get(metric), difference.baseline);
  const noise: GateNoise = { ...difference, standardError, earlier, most };
  const smallest = smallestDrop(noise, allowed ?? 0, m);
  const undecided = undecidedLimit(noise, allowed ?? 0, m);
  const usesEarlier = largestError(noise) > standardError;
  return {
    standardError,
    ...(usesEarlier && { earlierError: largestError(noise) }),
    degreesOfFreedom: difference.df,
    pValue,
    adjustedPValue,
    smallestDrop: smallest,
    ...(smallest > most && { mostDrop: most }),
    ...(undecided && { undecided }),
  };
}

function decide(
  { allowed: limit, nonInferior, weakness }: LimitTest,
  { drop, boundError, df }: Difference,
  adjusted: number,
): [Outcome, LimitGate['reason']] {
  const allowed = limit ?? 0;
  const proved = drop > 0 && adjusted <= ALPHA;
  const past = drop > allowed;
  if (past && proved) return ['fail', 'drop_past_limit'];
  if (nonInferior && !(boundError !== null && drop + studentTQuantile(0.95, df) * boundError <= allowed))
    return ['inconclusive', 'not_non_inferior'];
  if (past) return ['inconclusive', 'drop_not_proved'];
  if (weakness) return [weakness.outcome, weakness.reason];
  return ['pass', proved ? 'drop_within_limit' : 'within_limit'];
}

function withoutTest({ difference, without, weakness }: LimitTest): [Outcome, LimitGate['reason']] {
  if (difference?.isSame) return weakness ? [weakness.outcome, weakness.reason] : ['pass', 'within_limit'];
  if (difference) return ['inconclusive', difference.tooFew ? 'too_few_in_time' : 'noise_unknown'];
  if (without === 'weak' && weakness) return [weakness.outcome, weakness.reason];
  if (without === 'first_run') return ['pass', without];
  if (without === 'no_baseline' || without === 'new_model' || without === 'new_metric')
    return ['not_comparable', without];
  return ['fail', 'missing'];
}

/**
 * One-sided, H0: no drop. Without any noise every drop is certain, as far as there are enough rows; without a standard error none can be
 * tested.
 */
export function pValueOf({ drop, standardError, df, leastPValue }: Difference): number | null {
  if (standardError === null) return null;
  const certain = drop > 0 ? 0 : 1;
  return Math.max(leastPValue ?? 0, standardError === 0 ? certain : studentTSurvival(drop / standardError, df));
}
