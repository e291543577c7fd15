import { z } from 'zod';

const argument = z.union([z.string().max(4000), z.number().transform(String)]);
const value = z
  .union([z.string().max(4000), z.number(), z.boolean()])
  .describe('Put in place of `{name}` in the command; recorded as a parameter of the run.');

export const PARAM_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** What stands under `custom`. `command` may come from the project's settings or from the dataset's. */
export const customSchema = z.strictObject({
  command: z
    .array(argument)
    .min(1)
    .max(100)
    .optional()
    .describe('The program and its arguments, run without a shell; `{name}` is replaced by a value. Required.'),
  inputs: z
    .array(z.string().min(1).max(4000))
    .max(100)
    .default([])
    .describe(
      'All other files that can change the result: paths and patterns, for example `src/**/*.py` and `requirements.txt`. With a list, a change that touches none of them is not trained again.',
    ),
  params: z
    .record(z.string().regex(PARAM_NAME, 'letters, digits and "_", at most 64 characters, no digit first'), value)
    .default({})
    .describe('Values of the placeholders; recorded as parameters of the run.'),
  timeout: z.number().positive().max(604_800).default(600).describe('Seconds that the command may take for a fold.'),
  repeats: z
    .int()
    .min(1)
    .max(20)
    .default(2)
    .describe('How often each fold is trained, with another seed each time; 1 for a command without randomness.'),
  protocol: z
    .enum(['folds', 'test', 'metrics'])
    .default('folds')
    .describe(
      'What the command must write: predictions for every fold (`folds`), predictions for the test set only (`test`), or only its own metrics (`metrics`), with which no gate passes.',
    ),
});
export type CustomSettings = z.infer<typeof customSchema>;
