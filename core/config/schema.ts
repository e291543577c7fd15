import { z } from 'zod';
import { generators } from '../datasets/index.ts';
import { injectionSchema } from '../datasets/injectors/index.ts';
import { driftSchema } from '../drift/drift-schema.ts';
import { gatesSchema } from '../gates/gate-schema.ts';
import { metrics } from '../metrics/index.ts';
import { trainers } from '../trainers/index.ts';
import { datasetTuningSchema, tuningSchema } from '../tuning/space-schema.ts';
import { acceptRoleSchema } from './accept-role.ts';
import { columnsSchema, missingSchema } from './columns-key.ts';

const metricId = z.enum(metrics.ids);
const modelId = z.enum(trainers.ids);
const askedFor = trainers.all.filter(({ isDefault }) => !isDefault(undefined)).map(({ id }) => `\`${id}\``);

const paramsOf = Object.fromEntries(
  trainers.all.map((trainer) => [trainer.id, trainer.params.nullish().describe(trainer.summary)]),
);
const modelParams = z.strictObject(paramsOf);

export const datasetSchema = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe(
      'Path of the table, relative to this file: CSV, TSV, JSON Lines or Parquet. A pattern (`data/part-*.csv`) reads several files.',
    ),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits')
    .optional()
    .describe(
      'SHA-256 of the table, for one that is downloaded and no file of the repository: another table is refused, and a change can be compared with this commit although no run of it is kept. Of several files that of the list that `sha256sum` prints.',
    ),
  delimiter: z
    .enum([',', ';', '\t', '|'])
    .optional()
    .describe('Separator of the columns; default: detected in the header.'),
  decimal: z.enum(['.', ',']).optional().describe('Decimal mark of the numbers; default: a point.'),
  thousands: z
    .enum([',', '.', ' ', "'"])
    .optional()
    .describe('Thousands separator of the numbers (1,000,000); default: none.'),
  missing: missingSchema
    .optional()
    .describe(
      'Texts that mean that a value is missing. The list replaces the default (`NA`, `NaN`, `None`, `null` and others, as in pandas): `[]` keeps them all as values. An empty field is always missing.',
    ),
  generator: z
    .strictObject({
      id: z.enum(generators.ids).describe('Name of the generator.'),
      rows: z.int().min(10).max(10_000_000).optional().describe('Number of rows; default: as many as the original.'),
      seed: z.int().default(42).describe('Random seed.'),
      current: z.string().min(1).optional().describe('Path for a second table with drift, made with the next seed.'),
      drift: z
        .array(injectionSchema)
        .optional()
        .describe('How the second table drifts; default: depends on the generator.'),
    })
    .optional()
    .describe('Generate synthetic data if the table does not exist.'),
  task: z
    .enum(['regression', 'classification'])
    .optional()
    .describe('Kind of prediction; default: inferred from the target.'),
  target: z.string().min(1).describe('Column to predict.'),
  target_missing: z
    .enum(['error', 'drop'])
    .default('error')
    .describe('What to do with rows that have no target: stop, or leave them out.'),
  pos_label: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe('Positive class for precision, recall, F1 and the curves; default: the last in order (1, Yes, true).'),
  columns: columnsSchema
    .default({})
    .describe(
      'Roles of columns, where the detected role is wrong: `numeric`, `categorical`, `date`, `id` or `ignore`. Or, for single columns, a map of `role`, `missing` and `format`.',
    ),
  split: z
    .strictObject({
      folds: z.int().min(2).max(20).default(5).describe('Number of folds.'),
      seed: z.int().default(42).describe('Random seed of the fits. The folds depend only on the rows.'),
      repeats: z
        .int()
        .min(2)
        .max(20)
        .default(2)
        .describe('How often to train each fold if the model is random. More repeats reduce the noise of the seed.'),
      group: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Column to group by: rows with the same value (a customer, a patient) stay in one fold. Not a feature unless `columns` declares it.',
        ),
      time: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Column to order by: each fold is predicted by a model trained on earlier rows. Not a feature unless `columns` declares it.',
        ),
      gap: z
        .number()
        .nonnegative()
        .default(0)
        .describe('Time between training and test rows: in days, or in the unit of a numeric column.'),
      duplicates: z
        .enum(['auto', 'spread', 'group'])
        .default('auto')
        .describe(
          'Rows with equal features: `group` keeps them in one fold, as copies should be; `spread` treats each as a row of its own; `auto` decides by the table.',
        ),
    })
    .prefault({})
    .describe('Cross-validation. Fold 0 is the test set.'),
  metrics: z
    .array(metricId)
    .nonempty()
    .optional()
    .describe('Metrics to compute; the first one is primary. Default: the default metrics for the target.'),
  models: z
    .union([z.array(modelId).nonempty(), modelParams])
    .optional()
    .describe(
      `Models to train: a list, or a map with parameters for this dataset. Default: all that suit the task, except ${askedFor.join(', ')}.`,
    ),
  slices: z
    .array(z.string().min(1))
    .max(20)
    .default([])
    .describe('Columns to slice by: metrics are also computed for the rows of each value.'),
  threshold: z
    .union([z.number().gt(0).lt(1), z.enum(['f1', 'cost'])])
    .default(0.5)
    .describe(
      'Two classes: the probability from which the positive class is predicted. `f1` and `cost` choose it on inner folds of the training rows, for the best F1 or the lowest cost.',
    ),
  cost: z
    .strictObject({
      false_positive: z.number().nonnegative().default(1).describe('Cost of a false positive.'),
      false_negative: z.number().nonnegative().default(1).describe('Cost of a false negative.'),
    })
    .optional()
    .describe('Costs of wrong predictions, in any unit, for `threshold: cost`.'),
  calibration: z
    .enum(['isotonic', 'sigmoid'])
    .optional()
    .describe(
      'Calibrate probabilities on inner folds of the training rows: isotonic regression (1,000 rows or more) or a sigmoid (Platt scaling).',
    ),
  tuning: datasetTuningSchema.optional().describe('Hyperparameter search for this dataset.'),
  gates: gatesSchema.prefault({}),
  drift: driftSchema
    .optional()
    .describe('How this dataset is checked for drift; `drift` of the project holds where a key is not set.'),
});

/** `mlops.yml`. The only source of the types, the defaults, the messages and the generated reference table. */
export const projectSchema = z.strictObject({
  version: z.literal(1).default(1).describe('Version of this format.'),
  datasets: z
    .record(
      z
        .string()
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
          'letters, digits, "_" and "-", at most 64 characters, a letter or digit first',
        ),
      datasetSchema,
    )
    .refine((datasets) => Object.keys(datasets).length > 0, {
      error: 'has no dataset',
      params: { next: 'add one, for example churn: { path: data/churn.csv, target: Churn }' },
    })
    .describe('Datasets by name.'),
  models: modelParams
    .prefault({})
    .describe('Model parameters for all datasets, with the names that scikit-learn uses.'),
  tuning: tuningSchema.prefault({}).describe('Hyperparameter search by `mlops tune`.'),
  drift: driftSchema.optional().describe('Drift of every dataset; `drift` of a dataset lies over it.'),
  tracking: z
    .strictObject({
      branch: z
        .string()
        .regex(
          /^(?!\/|.*\.\.|.*\/\/|.*@\{|.*\.lock$)[A-Za-z0-9._/-]{1,100}(?<![/.])$/,
          'a valid branch name, at most 100 characters',
        )
        .default('runs')
        .describe('Branch that stores the runs.'),
      branches: z
        .array(
          z.string().regex(/^(?!.*\.\.|\/)[^\s~^:?[\\]{1,200}$/, 'a branch name, or a pattern such as `release/*`'),
        )
        .nonempty()
        .max(50)
        .optional()
        .describe(
          'Branches that set the rules for changes into them and record runs: names, or patterns such as `release/*` (on GitHub, what a pattern matches must be a protected branch). Read from the default branch. Default: the default branch.',
        ),
      evidence: z
        .enum(['branch', 'artifact', 'off'])
        .optional()
        .describe(
          'Where to keep out-of-fold predictions. `artifact`: in the workflow artifact. `branch`: also on a branch, which does not expire. `off`: nowhere; comparisons are then unpaired and detect less. Default: `branch` in private repositories, else `artifact`.',
        ),
    })
    .prefault({})
    .describe('Where runs and predictions are stored.'),
  baseline: z
    .strictObject({
      champion: z.string().min(1).optional().describe('Commit or tag to compare with if no ancestor has a run.'),
      remake: z
        .enum(['auto', 'always', 'never'])
        .default('auto')
        .describe(
          'Whether to train the base commit beside the change, to compare with. `auto`: if no run of it is kept. `always`: also if one is. `never`: then nothing can be compared.',
        ),
      max_age: z
        .string()
        .regex(/^[1-9]\d{0,3} days?$/, 'a number of days, such as `14 days`')
        .optional()
        .describe(
          'How old the nearest run may be to be compared with, where the base commit has none and cannot be trained: what has changed on the branch since then is then part of the difference. Meant for `custom` models.',
        ),
    })
    .prefault({})
    .describe('What changes are compared with.'),
  on_inconclusive: z
    .enum(['pass', 'fail'])
    .default('pass')
    .describe('What to do if a metric drops past its limit, but the drop may be chance.'),
  on_not_comparable: z
    .enum(['fail', 'pass'])
    .default('fail')
    .describe(
      'What to do if there is no baseline that a change can be compared with. `pass` lets changes through that nobody has judged.',
    ),
  accept: acceptRoleSchema
    .default('maintain')
    .describe('The least role on GitHub of a person whose comment accepts what does not hold.'),
  on_data_change: z
    .enum(['fail', 'accept'])
    .default('fail')
    .describe('What to do if more than 1 % of the baseline rows were removed or have a new target value.'),
});
export type ProjectFile = z.infer<typeof projectSchema>;
export type DatasetFile = z.infer<typeof datasetSchema>;
