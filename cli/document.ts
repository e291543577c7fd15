import { z } from 'zod';
import { verdictOutcomeSchema } from '../core/comparison/outcome.ts';
import { verdictSchema } from '../core/comparison/verdict.ts';
import { runSchema } from '../core/tracking/run.ts';
import { toWire } from '../core/tracking/wire.ts';

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

const scalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);

const differenceSchema = z.strictObject({
  section: z.string(),
  name: z.string(),
  /** Absent where the run does not have it. */
  before: scalar.optional(),
  after: scalar.optional(),
  /** `after` − `before`, of numbers that measure something. */
  delta: z.number().optional(),
});

const comparisonSchema = z.strictObject({
  baseline: z.string(),
  candidate: z.string(),
  pairing: z.enum(['key', 'position', 'unpaired']),
  rows: z.strictObject({
    baselineRows: z.int(),
    candidateRows: z.int(),
    shared: z.int(),
    gone: z.int(),
    relabelled: z.int(),
    added: z.int(),
  }),
  metrics: z.array(
    z.strictObject({
      metric: z.string(),
      direction: z.enum(['maximize', 'minimize']),
      baseline: z.number().nullable(),
      candidate: z.number().nullable(),
      /** Candidate − baseline. */
      delta: z.number().nullable(),
      standardError: z.number().nullable(),
      degreesOfFreedom: z.number().nullable(),
      /** Two-sided, H0: no difference. */
      pValue: z.number().nullable(),
    }),
  ),
  /** What a reader has to know: other data, other rows, no evidence. */
  notes: z.array(z.string()),
});

/** What `--json` prints, whatever happened: one document, and nothing else on standard output. */
export const documentSchema = z.strictObject({
  schema: z.literal(1),
  command: z.string(),
  /** `done` when there was nothing to judge, `error` when it could not be done. */
  status: z.enum([...verdictOutcomeSchema.options, 'done']),
  runs: z.array(runSchema.transform((run) => toWire(runSchema, run))),
  verdicts: z.array(verdictSchema.transform((verdict) => toWire(verdictSchema, verdict))),
  files: z.array(z.string()),
  warnings: z.array(z.string()),
  errors: z.array(problemSchema),
  /** Of `explain`: the most needed feature first. */
  importances: z.array(importanceSchema).optional(),
  /** Of `runs list`: how many runs there are in all; `runs` holds the first of them. */
  total: z.int().optional(),
  /** Of `runs diff`. */
  differences: z.array(differenceSchema).optional(),
  /** Of `compare <baseline> <candidate>`; a verdict stands in `verdicts`. */
  comparison: comparisonSchema.optional(),
  /** Of `calibrate`: one per data set; see `docs/calibrate.md`. */
  calibrations: z.array(z.looseObject({ dataset: z.string(), gates: z.array(z.unknown()) })).optional(),
});
export type Document = z.input<typeof documentSchema>;
