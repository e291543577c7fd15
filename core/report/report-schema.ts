import { z } from 'zod';
import { baselineNoteSchema } from '../comparison/baseline-note.ts';
import { pairingSchema } from '../comparison/gate-result.ts';
import { noBaselineSchema } from '../comparison/no-baseline.ts';
import { notRemadeSchema, remadeWhySchema } from '../comparison/remade.ts';
import { verdictSchema } from '../comparison/verdict.ts';
import { acceptRoleSchema } from '../config/accept-role.ts';
import { datasetDriftSchema } from '../drift/drift-result.ts';
import { problemSchema } from '../errors/problem-schema.ts';
import { estimateSchema, paramsSchema } from '../tracking/run.ts';
import { studySummarySchema } from '../tuning/study-summary.ts';

/** Version of the report. A reader refuses reports of another one. */
export const REPORT_SCHEMA = 2;

const finite = z.number();
const count = z.int().nonnegative();
const scalar = paramsSchema.valueType;

/** Which runs the candidate was compared with, and how far they are verified. */
const baselineSchema = z.discriminatedUnion('kind', [
  /** `notRemade`: why the base commit could not be trained here instead; absent: that was not tried. */
  z.object({ kind: z.literal('none'), why: noBaselineSchema, notRemade: notRemadeSchema.optional() }),
  z.object({
    /** Where the search started: the base commit, the commit before, the one under uncommitted changes …; or the champion. */
    kind: z.enum(['base', 'parent', 'head', 'named', 'champion']),
    sha: z.string(),
    /** First-parent commits between that commit and the baseline. */
    commitsBehind: count,
    /** Its inputs are those of the commit where the search started. */
    sameInputs: z.boolean(),
    /** Share of the baseline's rows that the candidate has too, 0…1; null when unpaired. */
    sharedRows: finite.nullable(),
    pairing: pairingSchema,
    /** `verified`: GitHub's API confirms who recorded it; `local`: from this machine's own store; `remade`: trained here, from the base commit. */
    provenance: z.enum(['verified', 'local', 'remade']),
    /** Of one that was re-made. `seconds`: null where it was kept from an earlier time. */
    remade: z.object({ seconds: finite.nullable(), why: remadeWhySchema }).optional(),
    /** The branch whose workflow recorded it; null where nobody has looked. */
    branch: z.string().nullable(),
  }),
]);
export type BaselineReport = z.infer<typeof baselineSchema>;

const metricSchema = z.object({
  metric: z.string(),
  direction: z.enum(['maximize', 'minimize']),
  outOfFold: estimateSchema,
  test: estimateSchema,
  train: estimateSchema,
  /** The baseline's pooled out-of-fold value on the rows both have, and the difference candidate − baseline there. */
  baseline: finite.nullable(),
  delta: finite.nullable(),
  /** Earlier values on the default branch, oldest first. */
  trend: z.array(finite),
});
export type MetricReport = z.infer<typeof metricSchema>;

const modelSchema = z.object({
  model: z.string(),
  /** Id of its run, and of the run it is compared with. */
  run: z.string(),
  baselineRun: z.string().nullable(),
  metrics: z.array(metricSchema),
  params: paramsSchema,
  /** Parameters that differ from the baseline run's; absent where a side does not have it. */
  changedParams: z.array(z.object({ name: z.string(), before: scalar.optional(), after: scalar.optional() })),
  fitSeconds: finite,
  modelBytes: count.nullable(),
  modelSha256: z.string().nullable(),
  repeats: count,
  measuredOn: z.enum(['folds', 'test', 'self_reported']),
  /** Mean and standard deviation of the primary metric over folds. */
  cv: z.object({ mean: finite.nullable(), sd: finite.nullable() }),
});
export type ModelReport = z.infer<typeof modelSchema>;

/** The selected model on the rows of one value of a column. */
const sliceSchema = z.object({
  column: z.string(),
  value: z.string(),
  n: count,
  metrics: z.array(z.object({ metric: z.string(), outOfFold: estimateSchema, delta: finite.nullable() })),
});
export type SliceReport = z.infer<typeof sliceSchema>;

const tableSchema = z.object({ rows: count, sha256: z.string(), columns: z.array(z.string()) });

/** A model that is selected, and its primary metric. */
const selectionSchema = z.object({ model: z.string(), value: finite.nullable() });

/** One dataset: its models, what they are compared with, and what changed. */
const datasetSchema = z.object({
  dataset: z.string(),
  /** Null where no run tells. */
  task: z.enum(['regression', 'classification']).nullable(),
  target: z.string(),
  primaryMetric: z.string(),
  /** The model with the best primary metric, or the one `gates.model` names. */
  selectedModel: z.string().nullable(),
  /** The selected model of the baseline and the one of the change's own models; absent where it stays the same. */
  selectionChange: z.object({ before: selectionSchema, after: selectionSchema }).optional(),
  /** The table trained on and, when there is a baseline, the one that was trained on. Null where there is no run. */
  data: tableSchema.extend({ path: z.string() }).nullable(),
  baselineData: tableSchema.nullable(),
  baseline: baselineSchema,
  /** How the baseline was chosen, and what only one of the runs has. */
  notes: z.array(baselineNoteSchema),
  /** Of the selected model. */
  slices: z.array(sliceSchema),
  models: z.array(modelSchema),
  /** Set where earlier runs stood in for training all of its models again. */
  reused: z.literal(true).optional(),
});
export type DatasetReport = z.infer<typeof datasetSchema>;

const acceptingSchema = z.object({
  /** The least that this person must be. */
  role: acceptRoleSchema,
  /** The commit that the comment names, the pull request's head; null in a merge queue, where each pull request has its own. */
  sha: z.string().nullable(),
  /** The command that starts the job again afterwards; null where none is needed. */
  rerun: z.string().nullable(),
});

/** Everything a report says, as plain data. Renderers are pure functions of it; `report.json` is this document. */
export const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  command: z.string(),
  /** Where the change is judged; it sets how the report speaks of the two sides. */
  place: z.enum(['pull_request', 'merge_group', 'tracked_branch', 'branch', 'laptop']),
  /** Null when the command trained and judged nothing. */
  verdict: verdictSchema.nullable(),
  /** What was judged: a change, or the own commit of a branch that sets rules, which is not stopped for want of a baseline. */
  subject: z.enum(['change', 'tracked_branch']),
  /** Whether that stops a merge, by the rules it was judged by. */
  stopsMerge: z.boolean(),
  /** Why nothing was judged although the command judges, as a sentence; null where it was. */
  notJudged: z.string().nullable(),
  /** How a person accepts what does not hold, by a comment; absent where no comment can. */
  accepting: acceptingSchema.optional(),
  datasets: z.array(datasetSchema),
  /** What drifted, by dataset, with its most drifted columns; absent where no dataset has a second table. */
  drift: z.array(datasetDriftSchema).optional(),
  /** What was tuned; absent where nothing was. */
  studies: z.array(studySummarySchema).optional(),
  /** Judge keys (gates, metrics, split …) that the change edits: they take effect after merge. */
  judgeChanges: z.array(z.object({ key: z.string(), before: z.string(), after: z.string() })),
  /** Commit the candidate was trained on, and whether the working tree differed from it. */
  head: z.object({ sha: z.string().nullable(), branch: z.string().nullable(), dirty: z.boolean() }),
  /** Files of the change that are not data (paths), or null when unknown. */
  changedFiles: z.array(z.string()).nullable(),
  /** What stands between backquotes is code. */
  warnings: z.array(z.string()),
  /** Why the job could not finish, where the verdict is `error`. */
  errors: z.array(problemSchema),
  /** The workflow run to look at, or null. */
  runUrl: z.string().nullable(),
  /** Of mlops-action. */
  version: z.string(),
});
export type Report = z.infer<typeof reportSchema>;
