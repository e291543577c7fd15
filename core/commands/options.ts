import { z } from 'zod';

/**
 * What every command takes. The command line's flags, the Action's inputs and the tables in the documentation derive from
 * this: a boolean is a flag, a list may be given several times (in the Action: one per line).
 */
export const commonOptions = z.strictObject({
  config: z.string().min(1).default('mlops.yml').describe('The project file.'),
  dataset: z.array(z.string().min(1)).default([]).describe('Only this data set; may be given several times.'),
  model: z.array(z.string().min(1)).default([]).describe('Only this model; may be given several times.'),
  set: z
    .array(z.string().min(1))
    .default([])
    .describe('Overrides a value of the project file: `models.random_forest.n_estimators=50`.'),
  threads: z
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('Threads to compute with; default: all cores. Results do not depend on it.'),
  force: z.boolean().default(false).describe('Makes tables and runs anew even if nothing changed.'),
});

export const baselineOption = z
  .string()
  .min(1)
  .optional()
  .describe('Compare with the run of this commit, branch or tag instead of the merge base’s.');

/** The kind of value an option takes, beneath its default: `boolean`, `number`, `array` or `string`. */
export function optionKind(schema: z.ZodType): string {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap() as z.ZodType;
  return inner.def.type;
}
