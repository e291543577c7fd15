import { z } from 'zod';
import { paramsSchema } from '../tracking/run.ts';

/** What fold 0 says of the best trial beside the current parameters. */
export const judgementSchema = z.object({
  current: z.number(),
  winner: z.number(),
  gain: z.number(),
  standardError: z.number(),
  pValue: z.number(),
  smallestGain: z.number(),
  isBetter: z.boolean(),
});

/** What a study found. */
export const studyResultSchema = z.object({
  dataset: z.string(),
  model: z.string(),
  metric: z.string(),
  direction: z.enum(['maximize', 'minimize']),
  /** Where the trials are kept. */
  journal: z.string(),
  /** Trials that were asked for in all. */
  planned: z.int(),
  ended: z.enum(['complete', 'exhausted', 'timeout', 'interrupted']),
  /** Without those that were stopped from outside. */
  trials: z.array(
    z.object({
      number: z.int(),
      state: z.enum(['running', 'complete', 'pruned', 'failed', 'waiting']),
      value: z.number().nullable(),
      /** Those that the search varies. */
      params: paramsSchema,
      /** The last step that it reported; null: it reported none. */
      lastStep: z.int().nullable(),
      isCurrent: z.boolean(),
      failure: z.string().nullable(),
    }),
  ),
  /** Number of the best complete trial; null: none is complete. */
  best: z.int().nullable(),
  /** On fold 0; null where the current parameters are the best, or the study is not at its end. */
  judgement: judgementSchema.nullable(),
  /** The run of the best trial, as judged; null where nothing was judged. */
  run: z.string().nullable(),
  /** The project file, where the parameters were written into it. */
  written: z.string().nullable(),
});
export type StudyResult = z.infer<typeof studyResultSchema>;
