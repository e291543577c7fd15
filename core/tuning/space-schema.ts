import { z } from 'zod';
import { models } from '../models/index.ts';
import { pruners } from './pruners/index.ts';
import { samplers } from './samplers/index.ts';

const number = z.number();
const logKey = z.boolean().optional().describe('Search orders of magnitude: 0.01 to 0.1 is as wide as 0.1 to 1.');

const parameterSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('float').describe('Kind of values: numbers, whole numbers, or choices.'),
    low: number.describe('Smallest value.'),
    high: number.describe('Largest value.'),
    log: logKey,
    step: z.number().positive().optional().describe('Distance of the values; default: 1 of `int`, none of `float`.'),
  }),
  z.strictObject({
    type: z.literal('int'),
    low: z.int(),
    high: z.int(),
    log: logKey,
    step: z.int().positive().optional(),
  }),
  z.strictObject({
    type: z.literal('categorical'),
    choices: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).describe('Values to choose from.'),
  }),
]);
export type WrittenDistribution = z.infer<typeof parameterSchema>;

/** Search spaces by model and parameter: names that a model does not have are refused with what it has. */
const spacesSchema = z.strictObject(
  Object.fromEntries(
    models.all
      .filter(({ params }) => Object.keys(params.shape).length > 0)
      .map(({ id, params }) => [
        id,
        z
          .strictObject(Object.fromEntries(Object.keys(params.shape).map((name) => [name, parameterSchema.optional()])))
          .optional(),
      ]),
  ),
);

const trials = z.int().min(1).max(100_000);
/** At most a week. */
const timeout = z.int().min(1).max(604_800);
const sampler = z.enum(samplers.ids);
const pruner = z.enum(pruners.ids);

/** What stands under `tuning` of the project. */
export const tuningSchema = z.strictObject({
  pipeline: z
    .boolean()
    .default(false)
    .describe(
      'Whether `mlops pipeline` tunes as well, after training. What is judged are the parameters of this file.',
    ),
  trials: trials.default(50).describe('Number of trials of a study in all: running it again goes on to this number.'),
  sampler: sampler.default('tpe').describe('How to choose parameters.'),
  pruner: pruner.default('median').describe('When to stop a trial early.'),
  timeout: timeout.optional().describe('Seconds after which a study ends with the trials it has; default: none.'),
  spaces: spacesSchema
    .default({})
    .describe('Parameters to vary, by model. A space takes the place of the default one of the model.'),
});

/** What stands under `tuning` of a dataset: what it does not say, the project says. */
export const datasetTuningSchema = z.strictObject({
  pipeline: z.boolean().optional().describe('Whether `mlops pipeline` tunes as well, after training.'),
  trials: trials.optional().describe("Number of trials; default: the project's, as for the other keys."),
  sampler: sampler.optional().describe('How to choose parameters.'),
  pruner: pruner.optional().describe('When to stop a trial early.'),
  timeout: timeout.optional().describe('Seconds after which a study ends with the trials it has.'),
  spaces: spacesSchema.default({}).describe("Parameters to vary, by model. A space takes the place of the project's."),
});
