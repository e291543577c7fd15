import { z } from 'zod';
import { generators } from '../datasets/index.ts';
import { injectionSchema } from '../datasets/injectors/index.ts';
import { gatesSchema } from '../gates/gate-schema.ts';
import { metrics } from '../metrics/index.ts';
import { trainers } from '../trainers/index.ts';

const metricId = z.enum(metrics.ids);
const modelId = z.enum(trainers.ids);
const askedFor = trainers.all.filter(({ isDefault }) => !isDefault(undefined)).map(({ id }) => `\`${id}\``);

const paramsOf = Object.fromEntries(
  trainers.all.map((trainer) => [trainer.id, trainer.params.nullish().describe(trainer.summary)]),
);
const modelParams = z.strictObject(paramsOf);

const datasetSchema = z.strictObject({
  path: z.string().min(1).describe('The table, relative to this file: CSV, TSV and their like, gzipped or not.'),
  delimiter: z
    .enum([',', ';', '\t', '|'])
    .optional()
    .describe('What stands between values, where the guess from the header is wrong.'),
  decimal: z.enum(['.', ',']).optional().describe('The decimal mark of its numbers; default: a point.'),
  thousands: z
    .enum([',', '.', ' ', "'"])
    .optional()
    .describe('The mark between thousands in its numbers (1,000,000); default: none.'),
  generator: z
    .strictObject({
      id: z.enum(generators.ids),
      rows: z.int().min(10).max(10_000_000).optional().describe('Default: as many as the set it imitates.'),
      seed: z.int().default(42),
      current: z.string().min(1).optional().describe('Where a second, drifted window goes, made from the next seed.'),
      drift: z
        .array(injectionSchema)
        .optional()
        .describe('How the second window drifts; default: in ways that suit the set.'),
    })
    .optional()
    .describe('Makes the table when it is not there: synthetic data.'),
  task: z.enum(['regression', 'classification']).optional().describe('Inferred from the target when absent.'),
  target: z.string().min(1).describe('The column to predict.'),
  pos_label: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe(
      'The class that precision, recall, f1 and the curves are about; default: the last in order (1, Yes, true).',
    ),
  columns: z
    .record(z.string(), z.enum(['numeric', 'categorical', 'date', 'id', 'ignore']))
    .default({})
    .describe('What columns are, where the guess is wrong.'),
  split: z
    .strictObject({
      folds: z.int().min(2).max(20).default(5),
      seed: z.int().default(42).describe('Seed of everything random in the fits; folds depend on the rows alone.'),
      repeats: z
        .int()
        .min(2)
        .max(20)
        .default(2)
        .describe('How often each fold is trained where a fit is random: more repeats, less noise of seeds.'),
      group: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Column whose equal values stay in one fold (a customer, a patient); no feature unless declared as one.',
        ),
      time: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Column that orders the rows: each fold is predicted by a model of earlier rows; no feature unless declared as one.',
        ),
      gap: z
        .number()
        .nonnegative()
        .default(0)
        .describe(
          'Time left out between the rows learned from and those predicted: days, or the unit of a numeric column.',
        ),
    })
    .prefault({})
    .describe('Cross-validation; fold 0 is the test set.'),
  metrics: z.array(metricId).nonempty().optional().describe('The first is the primary one.'),
  models: z
    .union([z.array(modelId).nonempty(), modelParams])
    .optional()
    .describe(
      `What to train: a list, or a map with parameters for this data set alone; default: all that suit the task but ${askedFor.join(', ')}.`,
    ),
  slices: z
    .array(z.string().min(1))
    .max(20)
    .default([])
    .describe('Columns whose values are looked at one by one: how the model does on the rows of each.'),
  threshold: z
    .union([z.number().gt(0).lt(1), z.enum(['f1', 'cost'])])
    .default(0.5)
    .describe(
      'Two classes: the probability above which the positive one is decided, or what it is chosen for on inner folds of the training rows: the best F1, or the lowest cost.',
    ),
  cost: z
    .strictObject({
      false_positive: z.number().nonnegative().default(1),
      false_negative: z.number().nonnegative().default(1),
    })
    .optional()
    .describe('What wrong decisions cost, in any unit; for `threshold: cost`.'),
  calibration: z
    .enum(['isotonic', 'sigmoid'])
    .optional()
    .describe(
      'Mends probabilities on inner folds of the training rows: a monotone line (1,000 rows or more), or Platt’s curve.',
    ),
  gates: gatesSchema.prefault({}),
});

/** `mlops.yml`. The only source of the types, the defaults, the messages and the generated reference table. */
export const projectSchema = z.strictObject({
  version: z.literal(1).default(1),
  datasets: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'expected letters, digits, "_" and "-", 64 at most'),
      datasetSchema,
    )
    .refine((datasets) => Object.keys(datasets).length > 0, 'names no data set'),
  models: modelParams.prefault({}).describe('Parameters of models, by scikit-learn’s names, for all data sets.'),
  tuning: z
    .strictObject({
      trials: z.int().min(1).max(100_000).default(50),
      sampler: z.enum(['tpe', 'random', 'grid']).default('tpe'),
      pruner: z.enum(['median', 'none']).default('median'),
    })
    .optional()
    .describe('Hyper-parameter search; checked, and not used before `mlops tune` exists.'),
  drift: z
    .strictObject({ reference: z.string().min(1).optional(), current: z.string().min(1).optional() })
    .optional()
    .describe('Drift detection; checked, and not used before `mlops drift` exists.'),
  tracking: z
    .strictObject({
      branch: z
        .string()
        .regex(/^(?!\/|.*\.\.|.*\/\/|.*@\{|.*\.lock$)[A-Za-z0-9._/-]{1,100}(?<![/.])$/, 'expected the name of a branch')
        .default('runs')
        .describe('The branch that keeps the runs of the default branch.'),
      evidence: z
        .enum(['branch', 'artifact', 'off'])
        .optional()
        .describe(
          'Where out-of-fold predictions are kept; default: `branch` (besides the artifact, on a branch that outlives it) in private repositories, else `artifact`. With `off`, comparisons are unpaired and catch less.',
        ),
    })
    .prefault({}),
  baseline: z
    .strictObject({
      champion: z.string().min(1).optional().describe('Commit or tag to compare with when no ancestor has a run.'),
    })
    .prefault({}),
  on_inconclusive: z
    .enum(['pass', 'fail'])
    .default('pass')
    .describe('What a drop past its limit that chance could have made does to the job.'),
  on_data_change: z
    .enum(['fail', 'accept'])
    .default('fail')
    .describe('What happens when more than 1 % of the baseline’s rows are gone or relabelled.'),
});
export type ProjectFile = z.infer<typeof projectSchema>;
