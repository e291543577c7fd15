import { z } from 'zod';
import { pairingSchema } from './gate-result.ts';

const finite = z.number().nullable();

/** One metric of two runs. */
const metricComparisonSchema = z.strictObject({
  metric: z.string(),
  direction: z.enum(['maximize', 'minimize']),
  /** On the rows that both runs have, where they are paired; else as the runs recorded them. */
  baseline: finite,
  candidate: finite,
  /** Candidate − baseline. */
  delta: finite,
  /** Null where nothing is known of the noise. */
  standardError: finite,
  degreesOfFreedom: finite,
  /** Two-sided, H0: no difference. */
  pValue: finite,
});
export type MetricComparison = z.infer<typeof metricComparisonSchema>;

/** Two runs beside each other. */
export const runComparisonSchema = z.strictObject({
  /** Ids. */
  baseline: z.string(),
  candidate: z.string(),
  pairing: pairingSchema,
  rows: z.strictObject({
    baselineRows: z.int(),
    candidateRows: z.int(),
    shared: z.int(),
    gone: z.int(),
    relabelled: z.int(),
    /** Shared rows that hold other values; absent: none. */
    edited: z.int().optional(),
    /** Rows of classes that the baseline does not know; absent: none. */
    ofNewClasses: z.int().optional(),
    /** Whether any other was relabelled is not known: the baseline's targets are no longer stored. */
    targetsUnknown: z.literal(true).optional(),
    added: z.int(),
  }),
  metrics: z.array(metricComparisonSchema),
  /** What a reader has to know: other data, other rows, no evidence. */
  notes: z.array(z.string()),
});
export type RunComparison = z.infer<typeof runComparisonSchema>;
