/** `inconclusive`: the drop is past its limit, and chance could have made it. */
export type Outcome = 'pass' | 'fail' | 'inconclusive';

/** Why a gate ended as it did; each has one sentence in the report. */
export type GateReason =
  | 'within_limit' /* no drop past the limit, none proved */
  | 'drop_within_limit' /* a proved drop, smaller than allowed */
  | 'drop_past_limit' /* a proved drop, larger than allowed: fails */
  | 'drop_not_proved' /* a drop past the limit that chance could have made: inconclusive */
  | 'noise_unknown' /* a difference, and no standard error to judge it by: inconclusive */
  | 'not_non_inferior' /* require: non_inferior, and the bound is past the limit: inconclusive */
  | 'above_floor'
  | 'below_floor'
  | 'self_reported' /* the command's own number, which nobody checked: inconclusive at best; fails where the baseline was measured */
  | 'test_set_alone' /* measured on the test set, with too few repeats to know the noise of seeds: inconclusive at best */
  | 'within_budget'
  | 'over_budget' /* a cost past its bound, or grown past its limit: fails */
  | 'over_budget_elsewhere' /* grown past its limit, but measured on another processor: inconclusive */
  | 'cost_not_measured' /* inconclusive */
  | 'slice_too_small' /* too few rows, or a class without a row: shown, not judged */
  | 'slice_unpaired' /* its rows could not be paired: inconclusive */
  | 'first_run' /* nothing to compare with; floors still apply */
  | 'new_model' /* the baseline has no run of it */
  | 'new_metric' /* the baseline's run has neither its value nor predictions to compute it from */
  | 'no_trusted_baseline' /* there are runs, and none that can be believed: inconclusive */
  | 'missing'; /* no finite value: fails */

/** What one gate of `mlops.yml` came to. */
export interface GateResult {
  readonly dataset: string;
  readonly model: string;
  /** A metric, or a budget. */
  readonly metric: string;
  readonly direction: 'maximize' | 'minimize';
  readonly kind: 'floor' | 'limit' | 'budget';
  /** The rows it is about; null: all. */
  readonly slice: { readonly column: string; readonly value: string } | null;
  readonly outcome: Outcome;
  readonly reason: GateReason;
  /** The candidate's value, on the rows the gate is judged on. */
  readonly value: number | null;
  /** The floor (`min`, `max`), the largest drop allowed in the metric's unit, or the largest cost. */
  readonly allowed: number;
  /** As written in `mlops.yml`: `max_drop: 2%`. */
  readonly written: string;
  /** The baseline's value on the same rows; null for floors and first runs. */
  readonly baseline: number | null;
  /** How much worse the candidate is, in the metric's unit; negative is better. */
  readonly drop: number | null;
  readonly standardError: number | null;
  readonly degreesOfFreedom: number | null;
  /** One-sided, H0 "no drop", before and after Holm's correction over all limits of the pull request. */
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /** The smallest true drop this gate catches nine times in ten. */
  readonly smallestDrop: number | null;
  /** A floor within one standard error: said in the report. */
  readonly nearFloor: boolean;
  readonly pairing: 'key' | 'position' | 'unpaired' | null;
  /** It does not hold, and does not count. */
  readonly accepted?: Accepted;
}

/** Who decided to live with it, when and why. */
interface Accepted {
  readonly by: string;
  readonly at: string;
  readonly because: string;
}

/** Whether candidate and baseline sat the same exam. */
export interface EvaluationSetResult {
  readonly dataset: string;
  readonly outcome: 'pass' | 'fail';
  readonly pairing: 'key' | 'position' | 'unpaired';
  readonly baselineRows: number;
  readonly candidateRows: number;
  readonly shared: number;
  /** Baseline rows that are no longer there. */
  readonly gone: number;
  /** Shared rows whose target changed. */
  readonly relabelled: number;
  /** The baseline's targets are no longer kept and the rows are not all the same: whether any was relabelled is not known. */
  readonly targetsUnknown?: true;
  /** Candidate rows the baseline has not: shown, not gated. */
  readonly added: number;
  readonly accepted?: Accepted;
}

/** Something expected that is not there. Any one fails the verdict. */
export interface Missing {
  readonly dataset: string;
  readonly model: string | null;
  readonly metric: string | null;
  readonly detail: string;
}

/** The judgement of one change. Sets the exit code, the check and the comment alike. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly missing: readonly Missing[];
  readonly evaluationSets: readonly EvaluationSetResult[];
  readonly gates: readonly GateResult[];
}

/** Whether a verdict stops a merge: it fails, or it is inconclusive where that is to fail too. No verdict stops nothing. */
export function stopsMerge(verdict: Verdict | null, onInconclusive: 'pass' | 'fail'): boolean {
  return verdict?.outcome === 'fail' || (verdict?.outcome === 'inconclusive' && onInconclusive === 'fail');
}
