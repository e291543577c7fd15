import { z } from 'zod';
import { describeFields } from '../tracking/filter/fields.ts';

// Options that several commands share. Each is a function, so that a schema is built only for the command that is called.

/** The project file that most commands read. */
export const DEFAULT_CONFIG = 'mlops.yml';
/** The branch of runs while `mlops.yml` names no other. */
export const DEFAULT_RUNS_BRANCH = 'runs';

/** Every way to name a run, for help. */
export const RUN_NAMES =
  'A run: its id, the beginning of it, its last eight digits, `latest`, `latest:<dataset>` or `latest:<dataset>/<model>`.';

/** Every way to name a model that was trained, for help. */
export const MODEL_NAMES = 'A model file of `models/`, or a run: its id, the beginning of it, or `latest`.';

export const configOption = () => z.string().min(1).default(DEFAULT_CONFIG).describe('The project file.');
export const datasetOption = () => z.array(z.string().min(1)).default([]).describe('Limit to this dataset.');
export const setOption = () =>
  z.array(z.string().min(1)).default([]).describe('Override a value: `models.random_forest.n_estimators=50`.');
export const threadsOption = () =>
  z.int().min(1).max(256).optional().describe('Number of threads. Default: one per core. Results do not depend on it.');
export const baselineOption = () =>
  z
    .string()
    .min(1)
    .optional()
    .describe(
      'Compare with the run of this commit, branch or tag, instead of with the merge base. It needs a run that is kept.',
    );

/** What the steps of the pipeline take. */
export const commonOptions = () => ({
  config: configOption(),
  dataset: datasetOption(),
  model: z.array(z.string().min(1)).default([]).describe('Limit to this model.'),
  set: setOption(),
  threads: threadsOption(),
  force: z.boolean().default(false).describe('Generate and train again, even if nothing changed.'),
});

/** What every command takes that looks at recorded runs. */
export const historyOptions = () => ({
  config: configOption(),
  source: z
    .enum(['folder', 'branch'])
    .default('folder')
    .describe('Where to read runs: `folder` is `.mlops/` on this machine, `branch` is the branch of runs.'),
});

/** What commands take that choose among runs. */
export const choiceOptions = () => ({
  filter: z
    .string()
    .min(1)
    .optional()
    .describe('Show only matching runs: `dataset = churn and metrics.roc_auc > 0.8 and not dirty`.'),
  sort: z
    .string()
    .min(1)
    .optional()
    .describe('Sort by these fields, `-` for descending: `-metrics.roc_auc,created`. Default: newest first.'),
});

/** How filters are written, for help. */
export const filterNotes = (): readonly string[] => [
  [
    'A filter compares fields: = != < <= > >=, ~ (or like) for part of a text or a pattern with * and ?; and, or, not,',
    'parentheses. null stands for a missing value. Fields:',
    ...describeFields().map(([name, meaning]) => `  ${name.padEnd(14)} ${meaning}`),
  ].join('\n'),
];

/** The kind of value an option takes, beneath its default: `boolean`, `number`, `array`, `enum` or `string`. */
export function optionKind(schema: z.ZodType): string {
  return innerOf(schema).def.type;
}

/** The schema beneath a default and beneath "may be left out". */
export function innerOf(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap() as z.ZodType;
  return inner;
}
