import { z } from 'zod';
import { gateSchemas } from '../comparison/gate-result.ts';
import { driftTests } from './tests/index.ts';

const finite = z.number();
const count = z.int().nonnegative();
const share = finite.min(0).max(1);
const pair = <Value extends z.ZodType>(value: Value) => z.object({ reference: value, current: value });

/** One test of a column. */
export const testResultSchema = z.object({
  test: z.enum(driftTests.ids),
  /** What is held against the threshold: the distance, or the adjusted p-value. */
  kind: z.enum(['distance', 'p_value']),
  statistic: finite,
  threshold: finite,
  /** The chance of such a difference between two tables that differ by chance alone. */
  pValue: finite,
  /** After Holm's correction over all tests of the dataset. */
  adjustedPValue: finite,
  /** Past the threshold, and not by chance. */
  drifted: z.boolean(),
  /** Rows that were compared. */
  n: pair(count),
});
export type TestResult = z.infer<typeof testResultSchema>;

/** `iqr`: the distance between the quartiles. */
const numericSummary = pair(z.object({ median: finite, iqr: finite, min: finite, max: finite }));
/** The category whose share changed most, and its shares. */
const categoricalSummary = z.object({ category: z.string(), reference: share, current: share });
export type NumericSummary = z.infer<typeof numericSummary>;
export type CategoricalSummary = z.infer<typeof categoricalSummary>;

const columnDriftSchema = z.object({
  column: z.string(),
  role: z.enum(['feature', 'target']),
  /** `changed`: its values cannot be compared, since the current table differs too much; it counts as drifted. */
  status: z.enum(['drifted', 'stable', 'changed', 'not_judged']),
  /** Why the values are not compared; null: they are. */
  why: z.string().nullable(),
  values: testResultSchema.nullable(),
  numbers: numericSummary.nullable(),
  category: categoricalSummary.nullable(),
  /** Shares of rows without a value. The test is null where no value is missing. */
  missing: pair(share).extend({ test: testResultSchema.nullable() }),
});
export type ColumnDrift = z.infer<typeof columnDriftSchema>;

/** What is wrong with the current table beside its distributions. It is told, and does not count. */
const qualitySchema = z.object({
  /** Shares of rows that repeat an earlier one. */
  duplicates: pair(share),
  onlyInReference: z.array(z.string()),
  onlyInCurrent: z.array(z.string()),
  typeChanges: z.array(pair(z.enum(['numbers', 'dates', 'text'])).extend({ column: z.string() })),
  /** Categories that the reference does not have, the most frequent first; and the share of rows with one. */
  newCategories: z.array(z.object({ column: z.string(), categories: z.array(z.string()), share })),
  /** Shares of rows beyond the lowest and highest value of the reference. */
  outOfRange: z.array(
    z.object({ column: z.string(), share, reference: z.tuple([finite, finite]), current: z.tuple([finite, finite]) }),
  ),
});
export type DataQuality = z.infer<typeof qualitySchema>;

/** How one table differs from another. */
export const driftSchema = z.object({
  rows: pair(count),
  /** Null where a table has too few rows to tell drift from chance. */
  drifted: z.boolean().nullable(),
  /** The largest share of drifted columns. */
  maxShare: share,
  /** Columns that count: judged, or changed. */
  judged: count,
  /** Those that drifted, the most drifted first; the target among them. */
  moved: z.array(z.string()),
  /** `moved` among `judged`; null where there is none. */
  share: share.nullable(),
  /** In the order of the reference table. */
  columns: z.array(columnDriftSchema),
  quality: qualitySchema,
});
export type Drift = z.infer<typeof driftSchema>;

/** The drift of one dataset, and what its gate made of it. */
export const datasetDriftSchema = z.object({
  /** Null: two tables that belong to no project. */
  dataset: z.string().nullable(),
  /** The files that were compared. */
  reference: z.string(),
  current: z.string().nullable(),
  /** Null: there is no current table. */
  drift: driftSchema.nullable(),
  /** Null: `max_share` is not set. */
  gate: gateSchemas.drift.nullable(),
});
export type DatasetDrift = z.infer<typeof datasetDriftSchema>;
