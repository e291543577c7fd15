import { z } from 'zod';
import { acceptedSchema, gateResultSchema, pairingSchema } from './gate-result.ts';
import { outcomeSchema, verdictOutcomeSchema } from './outcome.ts';

const rows = z.int().nonnegative();

/** Whether candidate and baseline were scored on the same rows. */
const evaluationSetResultSchema = z.object({
  dataset: z.string(),
  outcome: outcomeSchema,
  pairing: pairingSchema,
  baselineRows: rows,
  candidateRows: rows,
  shared: rows,
  /** Baseline rows that are no longer there. */
  gone: rows,
  /** Shared rows whose target changed. */
  relabelled: rows,
  /** Shared rows that hold other values; absent: none. */
  edited: rows.optional(),
  /** Rows of classes that the baseline does not know; absent: none. */
  ofNewClasses: rows.optional(),
  /** Whether any other was relabelled is not known: the baseline's targets are no longer stored, and the rows are not all the same. */
  targetsUnknown: z.literal(true).optional(),
  /** Candidate rows that the baseline does not have: shown, not gated. */
  added: rows,
  accepted: acceptedSchema.optional(),
});
export type EvaluationSetResult = z.infer<typeof evaluationSetResultSchema>;

/** Something expected that is not there. Any one that was not accepted fails the verdict. */
const missingSchema = z.object({
  dataset: z.string(),
  model: z.string().nullable(),
  metric: z.string().nullable(),
  detail: z.string(),
  /** The base has this dataset, and the change removed it from `mlops.yml`. */
  removed: z.literal(true).optional(),
  accepted: acceptedSchema.optional(),
});
export type Missing = z.infer<typeof missingSchema>;

/** A dataset that was not trained: none of its inputs differs from the base commit's, so its models would be the same. */
const unchangedSchema = z.object({
  dataset: z.string(),
  /** The base commit. */
  base: z.string(),
  /** The files that were compared with it, by path from the repository's root. */
  inputs: z.array(z.string()),
});
export type Unchanged = z.infer<typeof unchangedSchema>;

/** The judgement of one change. It sets the exit code, the check and the comment alike. */
export const verdictSchema = z.object({
  outcome: verdictOutcomeSchema,
  missing: z.array(missingSchema),
  evaluationSets: z.array(evaluationSetResultSchema),
  gates: z.array(gateResultSchema),
  unchanged: z.array(unchangedSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;
