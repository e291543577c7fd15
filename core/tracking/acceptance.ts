import { z } from 'zod';
import { createJsonCodec } from '../records/json-codec.ts';
import { recordObject } from '../records/record-object.ts';

/** Version of the record. A reader skips, counts and reports records of a newer one. */
const ACCEPTANCE_SCHEMA = 1;

const acceptanceSchema = recordObject({
  schema: z.literal(ACCEPTANCE_SCHEMA),
  /** `<yyyymmdd>-<hhmmss>-<8 hex>`. */
  id: z.string().regex(/^\d{8}-\d{6}-[0-9a-f]{8}$/),
  /** As people name it: `churn.roc_auc`, `churn.roc_auc@Contract=Two year`, `churn.evaluation`, `churn.baseline`, `churn.removed`. */
  gate: z.string().min(1).max(3000),
  /** The commit that was judged. */
  sha: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  /** What was judged: the metric, the cost, or how many rows are gone or relabelled. Null of a gate without a value. */
  value: z.number().nullable(),
  /** A name; no address. */
  by: z.string().min(1).max(200),
  at: z.iso.datetime(),
  because: z.string().min(1).max(1000),
});

/** Somebody's word that a gate which does not hold shall not stop this commit. */
export type Acceptance = z.infer<typeof acceptanceSchema>;

/** How acceptances are stored. */
export const acceptanceCodec = createJsonCodec<Acceptance>({
  kind: 'acceptance',
  schema: ACCEPTANCE_SCHEMA,
  folder: 'accepted',
  maxBytes: 20_000,
  shape: acceptanceSchema,
  pathOf: ({ id }) => `accepted/${id.slice(0, 4)}/${id.slice(4, 6)}/${id}.json`,
});
