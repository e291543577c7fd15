import { z } from 'zod';
import { outcomeSchema } from './outcome.ts';
import { notTimedSchema } from './remade.ts';

const finite = z.number();
const direction = z.enum(['maximize', 'minimize']);

export const pairingSchema = z.enum(['key', 'position', 'unpaired']);

/** Who decided to live with it, when and why. */
export const acceptedSchema = z.object({
  by: z.string(),
  at: z.string(),
  because: z.string(),
  /** The comment that says so; absent: it counts on that person's machine only. */
  url: z.url({ protocol: /^https?$/ }).optional(),
});

/** The rows of one value of a column. */
const sliceNameSchema = z.object({ column: z.string(), value: z.string() });
export type SliceName = z.infer<typeof sliceNameSchema>;

const common = {
  dataset: z.string(),
  outcome: outcomeSchema,
  /** As in `mlops.yml`: `max_drop: 2%`. */
  written: z.string(),
  /** It does not hold, and does not count. */
  accepted: acceptedSchema.optional(),
};

const ofModel = {
  ...common,
  /** Null where no model could be selected. */
  model: z.string().nullable(),
  /** The model that takes its place: the change no longer lists `model`, and the values are those of this one. */
  replacedBy: z.string().optional(),
};

const ofMetric = {
  ...ofModel,
  metric: z.string(),
  direction,
  /** The rows it is about; absent: all. */
  slice: sliceNameSchema.optional(),
};

const floorReasons = [
  'above_floor',
  'below_floor' /* fails */,
  'not_made_worse' /* below the floor, as far as the baseline at most: passes */,
  'self_reported' /* the command's own number, not verified: not comparable; fails where the baseline was measured */,
  'test_set_alone' /* measured on the test set, with too few repeats to know the noise of seeds: inconclusive */,
  'slice_too_small' /* too few rows, or one class alone: shown, not judged */,
  'missing' /* no finite value: fails */,
] as const;

/** `min` or `max`: a bound on the value itself. */
const floorGateSchema = z.object({
  kind: z.literal('floor'),
  ...ofMetric,
  reason: z.enum(floorReasons),
  bound: z.enum(['min', 'max']),
  value: finite.nullable(),
  allowed: finite,
  standardError: finite.nullable(),
  /** Whether value and bound are within one standard error of each other. */
  isNear: z.boolean(),
});

const limitReasons = [
  'within_limit' /* no drop past the limit, none proved */,
  'drop_within_limit' /* a proved drop, smaller than allowed */,
  'drop_past_limit' /* a proved drop, larger than allowed: fails */,
  'added_rows' /* a proved drop, larger than allowed, that is due to rows which the change adds: fails */,
  'added_rows_unknown' /* rows were added and something else changed, and what is due to which is not known: not comparable */,
  'pushed_again' /* an earlier push of the pull request failed on it, and this one is not shown to be better: fails */,
  'drop_not_proved' /* a drop past the limit that may be chance: inconclusive */,
  'not_non_inferior' /* require: non_inferior, and the bound is past the limit: inconclusive */,
  'noise_unknown' /* a difference without a standard error: inconclusive */,
  'too_noisy' /* after ten repeats noisier than the baseline, and nothing is proved: fails where the baseline's noise would decide */,
  'too_few_in_time' /* too few rows in the order of time to know the noise: inconclusive */,
  'self_reported' /* as of a floor */,
  'test_set_alone' /* as of a floor */,
  'slice_too_small' /* as of a floor */,
  'slice_unpaired' /* its rows could not be paired: not comparable */,
  'first_run' /* nothing to compare with; floors still apply */,
  'new_model' /* the baseline has no run of it: not comparable */,
  'new_metric' /* the baseline's run has neither its value nor predictions to compute it from: not comparable */,
  'no_baseline' /* there should be one, and there is none that can be used: not comparable */,
  'missing' /* no finite value: fails */,
] as const;

/** Why a limit cannot be decided, and what would help. */
const undecidedSchema = z.object({
  /** What there is to count, and how many of it there are. */
  counted: z.object({ n: finite, of: z.enum(['rows', 'rarest_class', 'clusters']) }),
  /** About how many there must be. */
  needed: finite,
  /** The smallest limit that can be decided; null: it would allow any drop. */
  limit: finite.nullable(),
});

/** `max_drop`: how much worse than the baseline, tested against chance. */
const limitGateSchema = z.object({
  kind: z.literal('limit'),
  ...ofMetric,
  reason: z.enum(limitReasons),
  /** Of a model that was trained twice: on the rows that the baseline has too, or on all; absent: it was trained once. */
  trainedOn: z.enum(['shared_rows', 'all_rows']).optional(),
  /** Of `added_rows`: what they do, in the metric's unit. */
  addedRows: z
    .object({
      /** How much worse the model is with them than without, on the rows that both sides have. */
      drop: finite,
      /** How much better it is with them than without, on themselves; null where that is not known. */
      gain: finite.nullable(),
    })
    .optional(),
  /** Of `pushed_again`: the push that is hardest to tell from this one. */
  earlierPush: z
    .object({
      sha: z.string(),
      /** How much better this one is, in the metric's unit; null where the two cannot be compared, as the next two. */
      gain: finite.nullable(),
      standardError: finite.nullable(),
      /** One-sided, H0 "not better". */
      pValue: finite.nullable(),
      /** How many other pushes failed on it that this one is not shown to be better than. */
      others: z.int().nonnegative(),
    })
    .optional(),
  /** Random models that were as good in the baseline, within one standard error: it counts once more for each. Absent: none. */
  rivals: z.array(z.string()).optional(),
  /** The candidate's value, on the rows that both have where they are compared. */
  value: finite.nullable(),
  /** The largest drop allowed, in the metric's unit; null: a share of a baseline that does not exist. */
  allowed: finite.nullable(),
  /** The share is one of twice the standard error of the baseline's value, which is near 0; absent: of the value. */
  shareOf: z.literal('noise').optional(),
  /** Null where there is nothing to compare with. */
  compared: z
    .object({
      baseline: finite,
      /** How much worse the candidate is, in the metric's unit; negative is better. */
      drop: finite,
      pairing: pairingSchema,
      /** Over how many rows neighbours in time resemble each other, and how many rows the noise can be told from. Absent: enough. */
      tooFew: z.object({ rows: z.int(), tau: finite, needed: z.int() }).optional(),
      /** One-sided, H0 "no drop"; null where the difference has no standard error. */
      test: z
        .object({
          standardError: finite,
          /** The largest of earlier comparisons on the default branch, where that is larger: the smallest drop is made with it. */
          earlierError: finite.optional(),
          degreesOfFreedom: finite,
          pValue: finite,
          /** After Holm's correction over all limits of the pull request. */
          adjustedPValue: finite,
          /** The smallest true drop this gate catches nine times in ten. */
          smallestDrop: finite,
          /** How far the metric can fall from the baseline's value, where that is less: no drop is sure to be caught. Absent: it is more. */
          mostDrop: finite.optional(),
          /** The limit is smaller than what can be told from chance; absent: it is not, or there is none. */
          undecided: undecidedSchema.optional(),
        })
        .nullable(),
    })
    .nullable(),
});

const budgetReasons = [
  'within_budget',
  'over_budget' /* past its bound, or grown past its limit: fails */,
  'rise_not_proved' /* a time grown past its limit that may be chance: inconclusive */,
  'over_budget_elsewhere' /* a time grown past its limit, but not measured in turn: inconclusive */,
  'measured_apart' /* a time within its limit that should have been measured in turn, and could not be: inconclusive */,
  'too_short_to_time' /* past its bound or limit, but below what can be measured: inconclusive */,
  'cost_not_measured' /* not comparable */,
  'first_run' /* as of a limit */,
  'no_baseline' /* as of a limit */,
  'missing' /* no run: fails */,
] as const;

/** What a model costs: `max` bounds the cost itself, `max_rise` its ratio to the baseline's. */
const budgetGateSchema = z.object({
  kind: z.literal('budget'),
  ...ofModel,
  reason: z.enum(budgetReasons),
  budget: z.string(),
  bound: z.enum(['max', 'max_rise']),
  value: finite.nullable(),
  /** The largest cost allowed; null: a share of a baseline that does not exist. */
  allowed: finite.nullable(),
  /** What the baseline costs; null where it is not compared with one. */
  baseline: finite.nullable(),
  /** Of a time that two models took in turn, which is what `value` and `baseline` then are; absent: they were measured apart. */
  inTurn: z
    .object({
      /** `value` / `baseline`, and its 95 % interval. */
      ratio: finite,
      ci: z.tuple([finite, finite]),
      /** Per fold, the logarithm of its ratio. */
      logRatios: z.array(finite),
      /** Of their mean. */
      standardError: finite,
      degreesOfFreedom: finite,
      /** One-sided, H0 "no rise". */
      pValue: finite,
      /** After Holm's correction over all times of the pull request that were measured in turn. */
      adjustedPValue: finite,
    })
    .optional(),
  /** Of `over_budget_elsewhere` and `measured_apart`: why. */
  notTimed: notTimedSchema.optional(),
});

const driftReasons = [
  'within_share',
  'past_share' /* more columns drifted than allowed: fails */,
  'no_reference' /* there are no two tables to compare: not comparable */,
  'too_few_rows' /* too few to tell drift from chance: inconclusive */,
] as const;

/** `max_share`: how many columns of a dataset may have drifted. It belongs to no model. */
const driftGateSchema = z.object({
  kind: z.literal('drift'),
  ...common,
  reason: z.enum(driftReasons),
  /** Columns compared. */
  columns: z.int().nonnegative(),
  /** Those that drifted, the most drifted first. */
  moved: z.array(z.string()),
  /** `moved` among `columns`, 0…1; null where nothing was compared. */
  share: finite.nullable(),
  /** The largest share allowed. */
  allowed: finite,
});

/** What one gate of `mlops.yml` came to. Which reasons there are depends on its kind; each has one sentence in the report. */
export const gateResultSchema = z.discriminatedUnion('kind', [
  floorGateSchema,
  limitGateSchema,
  budgetGateSchema,
  driftGateSchema,
]);
export type GateResult = z.infer<typeof gateResultSchema>;
export type FloorGate = z.infer<typeof floorGateSchema>;
export type LimitGate = z.infer<typeof limitGateSchema>;
export type BudgetGateResult = z.infer<typeof budgetGateSchema>;
export type DriftGate = z.infer<typeof driftGateSchema>;

/** Parts that JSON Schemas write once, by name. */
export const gateSchemas = {
  accepted: acceptedSchema,
  slice: sliceNameSchema,
  floor: floorGateSchema,
  limit: limitGateSchema,
  budget: budgetGateSchema,
  drift: driftGateSchema,
};
