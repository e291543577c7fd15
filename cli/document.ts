import { z } from 'zod';
import { runSchema } from '../core/tracking/run.ts';

const problemSchema = z.strictObject({
  message: z.string(),
  file: z.string().optional(),
  place: z.string().optional(),
  found: z.string().optional(),
  allowed: z.string().optional(),
  next: z.string().optional(),
});

const importanceSchema = z.strictObject({
  feature: z.string(),
  gain: z.number().nullable(),
  permutation: z
    .strictObject({
      mean: z.number(),
      standardDeviation: z.number(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
    })
    .nullable(),
  shap: z.array(z.number()).nullable(),
});

/** What `--json` prints, whatever happened: one document, and nothing else on standard output. */
export const documentSchema = z.strictObject({
  schema: z.literal(1),
  command: z.string(),
  /** `done` when there was nothing to judge, `error` when it could not be done. */
  status: z.enum(['pass', 'fail', 'inconclusive', 'done', 'error']),
  runs: z.array(runSchema),
  verdicts: z.array(
    z.looseObject({
      outcome: z.enum(['pass', 'fail', 'inconclusive']),
      missing: z.array(z.unknown()),
      exams: z.array(z.unknown()),
      gates: z.array(z.unknown()),
    }),
  ),
  files: z.array(z.string()),
  warnings: z.array(z.string()),
  errors: z.array(problemSchema),
  /** Of `explain`: the most needed feature first. */
  importances: z.array(importanceSchema).optional(),
});
