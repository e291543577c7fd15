import type { Gate } from '../gates/gate-schema.ts';
import { metrics } from '../metrics/index.ts';
import { studentTQuantile, studentTSurvival } from '../stats/student-t.ts';
import type { Run } from '../tracking/run.ts';
import type { ModelComparison } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import type { LimitGate } from './gate-result.ts';
import type { Outcome } from './outcome.ts';
import type { Difference } from './paired-difference.ts';
import { type Weakness, weaknessOf } from './weakness.ts';

/** Chance of a false alarm that a pull request's limits may have together, when nothing became worse. */
export const ALPHA = 0.01;
/**
 * The drop that is caught nine times in ten lies so many standard errors past the critical one: z of .90, a third wider, since
 * a drop also varies with the rows that were learned from, which the rows of one evaluation set cannot tell (`npm run simulate`).
 */
export const POWER_Z = 1.7;

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
  readonly pValue: number | null;
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
        allowed: allowedDrop(gate.max_drop, difference),
        pValue: difference && pValueOf(difference),
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
  { pValue, allowed }: LimitTest,
  difference: Difference,
  adjustedPValue: number | null,
  m: number,
): NonNullable<LimitGate['compared']>['test'] {
  if (!isNoisy(difference) || pValue === null || adjustedPValue === null) return null;
  return {
    standardError: difference.standardError,
    degreesOfFreedom: difference.df,
    pValue,
    adjustedPValue,
    smallestDrop: smallestDrop(difference, allowed ?? 0, m),
  };
}

function decide(
  { allowed: limit, nonInferior, weakness }: LimitTest,
  { drop, standardError, df }: Difference,
  adjusted: number,
): [Outcome, LimitGate['reason']] {
  const allowed = limit ?? 0;
  const proved = drop > 0 && adjusted <= ALPHA;
  const past = drop > allowed;
  if (past && proved) return ['fail', 'drop_past_limit'];
  if (nonInferior && drop + studentTQuantile(0.95, df) * standardError! > allowed)
    return ['inconclusive', 'not_non_inferior'];
  if (past) return ['inconclusive', 'drop_not_proved'];
  if (weakness) return [weakness.outcome, weakness.reason];
  return ['pass', proved ? 'drop_within_limit' : 'within_limit'];
}

function withoutTest({ difference, without, weakness }: LimitTest): [Outcome, LimitGate['reason']] {
  if (difference) return ['inconclusive', difference.tooFew ? 'too_few_in_time' : 'noise_unknown'];
  if (without === 'weak' && weakness) return [weakness.outcome, weakness.reason];
  if (without === 'first_run') return ['pass', without];
  if (without === 'no_baseline' || without === 'new_model' || without === 'new_metric')
    return ['not_comparable', without];
  return ['fail', 'missing'];
}

/** One-sided, H0: no drop. Without any noise every drop is certain; without a standard error none can be tested. */
function pValueOf({ drop, standardError, df }: Difference): number | null {
  if (standardError === null) return null;
  if (standardError === 0) return drop > 0 ? 0 : 1;
  return studentTSurvival(drop / standardError, df);
}

function allowedDrop(maxDrop: NonNullable<Gate['max_drop']>, difference: Difference | null): number | null {
  if (typeof maxDrop === 'number') return maxDrop;
  return difference && (Number.parseFloat(maxDrop) / 100) * Math.abs(difference.baseline);
}

function isNoisy(difference: Difference): difference is Difference & Noise {
  return difference.standardError !== null;
}

/** The drop from which on a gate can tell a change from chance, with `m` limits in the pull request. */
export function provableDrop({ standardError, df }: Noise, m: number): number {
  return standardError === 0 ? 0 : studentTQuantile(1 - ALPHA / m, df) * standardError;
}

/** The smallest true drop that a gate catches nine times in ten. */
export function smallestDrop(noise: Noise, allowed: number, m: number): number {
  return Math.max(provableDrop(noise, m), allowed) + POWER_Z * noise.standardError;
}

/** How uncertain a difference is. */
interface Noise {
  readonly standardError: number;
  readonly df: number;
}
