import { z } from 'zod';
import { createRegistry, type Plugin } from '../registry/registry.ts';
import { baselineOption, commonOptions } from './options.ts';
import type { Steps } from './pipeline/run-pipeline.ts';

/** A command that a door offers: what it does and what it takes. */
export interface Command extends Plugin {
  readonly steps: Steps;
  readonly options: z.ZodObject;
}

const judging = z.strictObject({ ...commonOptions.shape, baseline: baselineOption });

function defineCommand<const Id extends string>(command: Command & { readonly id: Id }): Command & { readonly id: Id } {
  return command;
}

/** The commands there are. */
export const commands = createRegistry('command', [
  defineCommand({
    id: 'pipeline',
    summary: 'generate, train, compare and report: everything, in order',
    steps: { generate: true, train: true, judge: true },
    options: judging,
  }),
  defineCommand({
    id: 'generate',
    summary: 'make the tables that have a generator',
    steps: { generate: true, train: false, judge: false },
    options: commonOptions,
  }),
  defineCommand({
    id: 'train',
    summary: 'train and evaluate every model, and record the runs',
    steps: { generate: false, train: true, judge: false },
    options: commonOptions,
  }),
  defineCommand({
    id: 'compare',
    summary: 'judge the runs of this commit against the baseline',
    steps: { generate: false, train: false, judge: true },
    options: judging,
  }),
]);
