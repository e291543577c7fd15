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
  /** Whether any other was relabelled is not known: the baseline's targets are no longer stored, and the rows are not all the same. */
  targetsUnknown: z.literal(true).optional(),
  /** Candidate rows that the baseline does not have: shown, not gated. */
  added: rows,
  accepted: acceptedSchema.optional(),
});
export type EvaluationSetResult = z.infer<typeof evaluationSetResultSchema>;

/** Something expected that is not there. Any one fails the verdict. */
const missingSchema = z.object({
  dataset: z.string(),
  model: z.string().nullable(),
  metric: z.string().nullable(),
  detail: z.string(),
});
export type Missing = z.infer<typeof missingSchema>;

/** The judgement of one change. It sets the exit code, the check and the comment alike. */
export const verdictSchema = z.object({
  outcome: verdictOutcomeSchema,
  missing: z.array(missingSchema),
  evaluationSets: z.array(evaluationSetResultSchema),
  gates: z.array(gateResultSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;
