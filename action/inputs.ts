import { getInput } from '@actions/core';
import { z } from 'zod';
import { commands } from '../core/commands/index.ts';
import { baselineOption, commonOptions, optionKind } from '../core/commands/options.ts';
import { ConfigError } from '../core/errors/app-error.ts';
import { suggest } from '../core/registry/suggest.ts';

/** The Action's inputs: the options of the commands, and what only a workflow needs. */
export const inputsSchema = z.strictObject({
  command: z.enum(commands.ids).default('pipeline').describe('What to do: pipeline, generate, train or compare.'),
  ...commonOptions.shape,
  baseline: baselineOption,
  'working-directory': z
    .string()
    .min(1)
    .default('.')
    .describe('Folder of the project file, relative to the workspace.'),
  token: z
    .string()
    .optional()
    .describe('Token that reads runs and artifacts, writes the branch of runs, and comments.'),
});
export type Inputs = z.infer<typeof inputsSchema>;

/**
 * Reads the inputs of the step. An empty input means "not given"; a list has one item per line; booleans are the runner's
 * (`true`, `True`, `TRUE` …).
 *
 * @throws ConfigError that lists every input that is wrong.
 */
export function readInputs(): Inputs {
  const raw: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(inputsSchema.shape)) {
    const text = getInput(name);
    if (text !== '') raw[name] = inputValue(text, optionKind(schema));
  }
  const parsed = inputsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '');
      const found = getInput(name);
      const near = name === 'command' ? suggest(found, commands.ids) : undefined;
      return {
        place: `input ${name}`,
        message: issue.message,
        found,
        ...(near && { next: `did you mean "${near}"?` }),
      };
    }),
  );
}

function inputValue(text: string, kind: string): unknown {
  if (kind === 'array') {
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  if (kind === 'number') return Number(text);
  if (kind !== 'boolean') return text;
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  return ['false', 'False', 'FALSE'].includes(text) ? false : text;
}
