import { z } from 'zod';

/**
 * Options of every command. The flags of the command line, the inputs of the Action and the tables in the documentation derive from
 * this: a boolean is a switch; a list is a repeated flag, in the Action one item per line.
 */
export const commonOptions = z.strictObject({
  config: z.string().min(1).default('mlops.yml').describe('Path of the project file.'),
  dataset: z
    .array(z.string().min(1))
    .default([])
    .describe('Limit to this data set. CLI: repeat the flag. Action: one per line.'),
  model: z
    .array(z.string().min(1))
    .default([])
    .describe('Limit to this model. CLI: repeat the flag. Action: one per line.'),
  set: z
    .array(z.string().min(1))
    .default([])
    .describe('Override a value: `models.random_forest.n_estimators=50`. CLI: repeat the flag. Action: one per line.'),
  threads: z
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('Number of threads; default: all cores. Does not change results.'),
  force: z.boolean().default(false).describe('Regenerate tables and retrain models even if nothing changed.'),
});

export const baselineOption = z
  .string()
  .min(1)
  .optional()
  .describe('Compare with the run of this commit, branch or tag instead of the merge base.');

/** The kind of value an option takes, without its default: `boolean`, `number`, `array` or `string`. */
export function optionKind(schema: z.ZodType): string {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap() as z.ZodType;
  return inner.def.type;
}
