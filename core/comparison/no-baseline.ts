import { z } from 'zod';
import { splitPlanSchema } from '../dataset/split-plan.ts';

const sha = z.string();
const commits = z.int().nonnegative();
const detail = z.string();
const version = z.int();

/** Why runs of a commit, if there were any, cannot be seen. */
const unseenSchemas = [
  /** The token may not read workflow runs: `actions: read`. */
  z.object({ reason: z.literal('no_permission'), sha, detail }),
  /** A server without artifacts that we can read: nothing can be verified there. */
  z.object({ reason: z.literal('no_artifacts'), sha, server: z.string() }),
  /** The workflow run is there and its artifact is not: it has expired, or somebody deleted it. */
  z.object({ reason: z.literal('artifact_gone'), sha, detail }),
  z.object({ reason: z.literal('artifact_damaged'), sha, detail }),
  /** A workflow run of the commit has not ended: `workflow` is its file. */
  z.object({ reason: z.literal('still_running'), sha, workflow: z.string() }),
  /** The workflow run itself is gone, and all it kept with it. */
  z.object({ reason: z.literal('run_deleted'), sha, detail }),
] as const;
export type UnseenRuns = z.infer<(typeof unseenSchemas)[number]>;

/** Why there is no baseline; each has one sentence in the report. */
export const noBaselineSchema = z.discriminatedUnion('reason', [
  /** The first run of the dataset. `place`: where others would be, as the store describes itself. */
  z.object({ reason: z.literal('no_run'), place: z.string().optional() }),
  /** All runs are of uncommitted changes. */
  z.object({ reason: z.literal('only_uncommitted') }),
  z.object({ reason: z.literal('target_changed'), before: z.string(), after: z.string() }),
  z.object({ reason: z.literal('task_changed'), before: z.string(), after: z.string() }),
  z.object({ reason: z.literal('split_changed'), before: splitPlanSchema, after: splitPlanSchema }),
  /** Rows are recognised in another way now (`KEY_SCHEME`), so none can be found again. */
  z.object({ reason: z.literal('key_scheme_changed'), before: version, after: version }),
  /** There is no repository, or git cannot read it: then nothing is judged. */
  z.object({ reason: z.literal('no_repository'), why: z.string(), next: z.string() }),
  /** Nothing is committed. */
  z.object({ reason: z.literal('no_commit') }),
  /** No common ancestor. */
  z.object({ reason: z.literal('unrelated') }),
  /** It is not known which branch changes go into. */
  z.object({ reason: z.literal('no_default_branch') }),
  z.object({ reason: z.literal('shallow'), commits }),
  z.object({ reason: z.literal('not_recorded'), commits, from: sha.nullable() }),
  ...unseenSchemas,
]);
export type NoBaseline = z.infer<typeof noBaselineSchema>;
