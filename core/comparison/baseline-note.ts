import { z } from 'zod';
import { pairingSchema } from './gate-result.ts';

const names = z.array(z.string());
const sha = z.string();
const rows = z.int().nonnegative();
/** `by`: how rows are recognised all the same. */
const columns = { columns: names, by: pairingSchema };

/** What a reader should know of a comparison; each has one sentence in the report. */
export const baselineNoteSchema = z.discriminatedUnion('note', [
  z.object({ note: z.literal('unverified_passed_over'), sha, detail: z.string() }),
  /** Its file on the branch of runs is not what the workflow run recorded, which is what counts. */
  z.object({ note: z.literal('record_altered'), run: z.string() }),
  /** Several workflow runs trained the commit, with different results: their repeats count together. */
  z.object({ note: z.literal('runs_pooled'), model: z.string(), runs: z.int() }),
  /** They were on different rows: the earliest counts. */
  z.object({ note: z.literal('runs_not_pooled'), model: z.string(), run: z.string(), others: z.int() }),
  z.object({ note: z.literal('other_engine'), before: z.int(), after: z.int() }),
  /** Its inputs may be others than the base commit's; days. */
  z.object({ note: z.literal('older_run'), days: z.int().nonnegative(), maxAge: z.number() }),
  z.object({ note: z.literal('few_rows_passed_over'), sha, shared: z.number() }),
  z.object({ note: z.literal('champion_unknown'), name: z.string() }),
  /** The run was recorded on a branch that is not the default one's name today. */
  z.object({ note: z.literal('other_branch'), branch: z.string(), defaultBranch: z.string() }),
  z.object({ note: z.literal('columns_added'), ...columns }),
  z.object({ note: z.literal('columns_gone'), ...columns }),
  z.object({ note: z.literal('rows_added'), rows }),
  /** Rows were added and something else changed: what limits compare was trained without these rows, too. */
  z.object({ note: z.literal('trained_twice'), models: names }),
  z.object({ note: z.literal('rows_gone'), rows }),
  z.object({ note: z.literal('rows_relabelled'), rows }),
  z.object({ note: z.literal('rows_edited'), rows }),
  /** The baseline's evidence is kept without targets, and its rows are not all the same. */
  z.object({ note: z.literal('targets_unknown') }),
  z.object({ note: z.literal('unpaired'), evidence: z.boolean() }),
  /** Metrics that the baseline's runs lack; `recomputed` from the predictions they kept. */
  z.object({ note: z.literal('metrics_new'), metrics: names, recomputed: z.boolean() }),
  z.object({ note: z.literal('models_new'), models: names }),
  z.object({ note: z.literal('models_gone'), models: names }),
  /** Some are new and others gone: to us a renamed model is both. */
  z.object({ note: z.literal('models_renamed'), gone: names, added: names }),
]);
export type BaselineNote = z.infer<typeof baselineNoteSchema>;
