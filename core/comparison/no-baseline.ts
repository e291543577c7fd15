import { z } from 'zod';
import { splitPlanSchema } from '../dataset/split-plan.ts';

const sha = z.string();
const commits = z.int().nonnegative();

/** Why there is no baseline; each has one sentence in the report. */
export const noBaselineSchema = z.discriminatedUnion('reason', [
  /** The first run of the dataset. `place`: where others would be, as the store describes itself. */
  z.object({ reason: z.literal('no_run'), place: z.string().optional() }),
  /** All runs are of uncommitted changes. */
  z.object({ reason: z.literal('only_uncommitted') }),
  z.object({ reason: z.literal('target_changed'), before: z.string(), after: z.string() }),
  z.object({ reason: z.literal('task_changed'), before: z.string(), after: z.string() }),
  z.object({ reason: z.literal('split_changed'), before: splitPlanSchema, after: splitPlanSchema }),
  /** There is no repository, or git cannot read it: then nothing is judged. */
  z.object({ reason: z.literal('no_repository'), why: z.string(), next: z.string() }),
  /** Nothing is committed. */
  z.object({ reason: z.literal('no_commit') }),
  /** No common ancestor. */
  z.object({ reason: z.literal('unrelated') }),
  z.object({ reason: z.literal('shallow'), commits }),
  z.object({ reason: z.literal('not_recorded'), commits, from: sha.nullable() }),
  z.object({ reason: z.literal('unverified'), sha, expired: z.boolean(), detail: z.string() }),
  z.object({ reason: z.literal('refused'), sha, detail: z.string() }),
]);
export type NoBaseline = z.infer<typeof noBaselineSchema>;
