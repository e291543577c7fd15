import { z } from 'zod';
import { recordObject } from '../records/record-object.ts';

/** Version of the run record. A reader skips, counts and reports records of a newer one. */
export const RUN_SCHEMA = 1;

/** Features that a run names; a history that is public and kept for ever stays small. */
export const MAX_IMPORTANCES = 30;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(200);
const finite = z.number().finite();

/** One number with its uncertainty. `value` is null where the metric is undefined on these rows. */
export const estimateSchema = recordObject({
  value: finite.nullable(),
  /** 95 % interval, or null where none is valid. */
  ci: z.tuple([finite, finite]).nullable(),
  /** Standard error over rows, or null. */
  se: finite.nonnegative().nullable(),
  n: z.int().nonnegative(),
});
export type Estimate = z.infer<typeof estimateSchema>;

export const paramsSchema = z.record(z.string(), z.union([finite, z.string().max(6000), z.boolean(), z.null()]));

const warningsSchema = z.array(z.string().max(2000)).max(100);

const noiseSchema = recordObject({ variance: finite.nonnegative(), df: finite.positive() });

/** What this run and earlier ones of its configuration say of the noise of seeds. */
const noiseHistorySchema = recordObject({
  /** Pooled over `runs` runs that differ in their data or seeds, this one included. */
  seedNoise: noiseSchema.extend({ runs: z.int().min(1).max(20) }).nullable(),
  /** Different values that unchanged runs measured on the test set alone, oldest first; those of other runs are not kept. */
  values: z.array(finite).max(20),
  /** Standard errors of this run's difference from the one before, and of earlier ones, oldest first; absent: there are none. */
  errors: z.array(finite.positive()).max(20).optional(),
});
export type NoiseHistory = z.infer<typeof noiseHistorySchema>;

const seconds = finite.nonnegative().max(1e9);

/** Processor time of one fold: of the fit, and of predicting that many rows. */
const foldTimesSchema = recordObject({ fitSeconds: seconds, predictSeconds: seconds, rows: z.int().positive() });
export type FoldTimes = z.infer<typeof foldTimesSchema>;

/** The base commit's model and this run's, trained fold by fold in turn by one process. */
const timesInTurnSchema = recordObject({
  /** The base commit. */
  base: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
  /** Its model, which has another name where this one takes its place. */
  model: name,
  folds: z
    .array(recordObject({ baseline: foldTimesSchema, candidate: foldTimesSchema }))
    .min(2)
    .max(100),
});
export type TimesInTurn = z.infer<typeof timesInTurnSchema>;

const metricResultSchema = recordObject({
  direction: z.enum(['maximize', 'minimize']),
  /** Training rows of the kept model; no value where only a command can use it. */
  train: estimateSchema,
  /** Fold 0, the test set. */
  test: estimateSchema,
  /** All rows, each predicted by the model that did not see it. */
  outOfFold: estimateSchema,
  /** Per fold, mean over repeats; null where undefined. */
  folds: z.array(finite.nullable()).max(100),
  /** Variance of `out_of_fold` that comes from the fit's own randomness, estimated from repeats; null for models without. */
  seedNoise: noiseSchema.nullable(),
  /** Absent where no earlier run has anything to add. */
  history: noiseHistorySchema.optional(),
});
export type MetricResult = z.infer<typeof metricResultSchema>;

/** One training of one model on one dataset: everything about it that is worth keeping in a public history. */
export const runSchema = recordObject({
  schema: z.literal(RUN_SCHEMA),
  /** `<yyyymmdd>-<hhmmss>-<dataset>-<model>-<8 hex>`. */
  id: z.string().regex(/^\d{8}-\d{6}-[A-Za-z0-9_.-]{1,160}-[0-9a-f]{8}$/),
  createdAt: z.iso.datetime(),
  dataset: name,
  model: name,
  params: paramsSchema,
  task: z.enum(['regression', 'classification']),
  target: name,
  targetType: z.enum(['continuous', 'binary', 'multiclass']),
  /** Class names in the order of their indices; empty for regression. */
  classes: z.array(z.string().max(1000)).max(1000),
  /** Above which probability the kept model decides for the second of two classes, where that was chosen; absent: ½. */
  threshold: finite.min(0).max(1).optional(),
  split: recordObject({
    folds: z.int().min(2).max(100),
    seed: z.int(),
    repeats: z.int().min(1).max(100),
    /** The column whose equal values stayed in one fold; absent where there is none. */
    group: z.string().max(1000).optional(),
    /** The column that ordered the rows, what was left out before each fold, and where its blocks began. */
    time: z.string().max(1000).optional(),
    gap: finite.nonnegative().optional(),
    cuts: z.array(finite).max(100).optional(),
    /** What became of rows with equal features, and how many rows repeat another; absent of splits by group or time. */
    duplicates: z.enum(['spread', 'group']).optional(),
    copies: z.int().nonnegative().optional(),
  }),
  metrics: z.record(name, metricResultSchema),
  /** Rows of one value of a column, and the metrics on them; absent where nothing is sliced by. */
  slices: z
    .array(
      recordObject({
        column: z.string().max(1000),
        value: z.string().max(1000),
        n: z.int().nonnegative(),
        /** Pooled out of fold; none where not all rows were predicted. */
        metrics: z.record(name, estimateSchema),
      }),
    )
    .max(500)
    .optional(),
  data: recordObject({
    path: z.string().max(4096),
    sha256,
    rows: z.int().nonnegative(),
    /** Columns as read, with the kind each was taken for. */
    columns: z.array(
      recordObject({
        name: z.string().max(1000),
        kind: z.enum(['numeric', 'categorical', 'date', 'id', 'ignore', 'group', 'time', 'target']),
      }),
    ),
    /** Columns whose hash is the row key. */
    keyColumns: z.array(z.string().max(1000)),
    trainRows: z.int().nonnegative(),
    testRows: z.int().nonnegative(),
    nFeatures: z.int().nonnegative(),
    /** Id of the rows that the run was evaluated on, see `rowsId`. */
    rowSet: sha256,
    /** Rows that were left out, since the baseline does not know their classes; absent: none. */
    ofNewClasses: z.int().positive().optional(),
    /** Id of what is kept of them, where their predictions are not kept (`tracking.evidence: off`). */
    keptRows: sha256.optional(),
    /** What a person should know of the table: guesses, and features that give the target away. Absent: nothing. */
    warnings: warningsSchema.optional(),
  }),
  /** Features by their share of what the splits gained, largest first; absent of models that are not made of trees. */
  importances: z
    .array(recordObject({ feature: z.string().max(200), share: finite }))
    .max(MAX_IMPORTANCES)
    .optional(),
  /** Of what the kept model's file says, however that is compressed (`docs/model-file.md`); null for a command that left none. */
  modelSha256: sha256.nullable(),
  /** Of the file. */
  modelBytes: z.int().nonnegative().nullable(),
  /**
   * What the metrics were measured on: all rows, each left out once; the test set alone; or nothing, they are the command's
   * own words. Absent: all rows.
   */
  measuredOn: z.enum(['folds', 'test', 'self_reported']).optional(),
  /** Of the file of its evidence as published; absent where none is (`docs/evidence.md`). */
  evidenceSha256: sha256.optional(),
  /** The study whose best trial it is: its parameters are not those of the project file. Absent of runs that were not searched for. */
  study: recordObject({ name, trial: z.int().nonnegative(), trials: z.int().positive() }).optional(),
  /** `ENGINE` of the version that trained it, so that equal inputs gave equal bits; absent in records made before there was one. */
  engine: z.int().positive().optional(),
  /** `KEY_SCHEME` of that version: how rows are recognised; absent as `engine` is. */
  keyScheme: z.int().positive().optional(),
  /** SHA-256 over everything that determines the result: data, configuration, parameters, engine and key scheme. */
  inputsSha256: sha256,
  /**
   * SHA-256 over all of that but the rows: runs of one recipe differ in their rows alone. Absent where a command may read files that it
   * does not list.
   */
  recipeSha256: sha256.optional(),
  /** The project file, from the repository's root; absent where no workflow recorded the run. */
  project: z.string().max(4096).optional(),
  git: recordObject({
    sha: z
      .string()
      .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
      .nullable(),
    branch: z.string().max(1000).nullable(),
    /** The commit the candidate was to be merged into, when known. */
    base: z
      .string()
      .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
      .nullable(),
    dirty: z.boolean(),
  }),
  /** The workflow run that made this one; null on a laptop. A claim, until the reader has asked the API. */
  workflow: recordObject({ runId: z.int().positive(), attempt: z.int().positive() }).nullable(),
  environment: recordObject({
    version: z.string().max(100),
    node: z.string().max(100),
    os: z.string().max(200),
    cpu: z.string().max(200),
    threads: z.int().positive(),
  }),
  timings: recordObject({
    fitSeconds: finite.nonnegative(),
    predictSeconds: finite.nonnegative(),
    /** Processor time of the same; absent where a command does the work. */
    cpu: recordObject({ fitSeconds: finite.nonnegative(), predictSeconds: finite.nonnegative() }).optional(),
    /** Absent where they were not timed so, which only a limit on the rise of a time asks for. */
    inTurn: timesInTurnSchema.optional(),
  }),
  /** What the training had to say. */
  warnings: warningsSchema,
});
export type Run = z.infer<typeof runSchema>;
