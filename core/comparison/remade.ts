import { z } from 'zod';
import { noBaselineSchema } from './no-baseline.ts';

const path = z.string();

/** Why a baseline was trained in this job: there was none, or it is not what the models of today would be. */
export const remadeWhySchema = z.discriminatedUnion('reason', [
  ...noBaselineSchema.options,
  /** `baseline.remake: always`. */
  z.object({ reason: z.literal('asked_for') }),
  /** The run that is kept was trained by another engine. */
  z.object({ reason: z.literal('other_engine'), before: z.int(), after: z.int() }),
  /** The nearest run is of an older commit, whose inputs may be others. */
  z.object({ reason: z.literal('older_run'), sha: z.string() }),
]);
export type RemadeWhy = z.infer<typeof remadeWhySchema>;

/** Why the base commit could not be trained here; each has one sentence in the report. */
export const notRemadeSchema = z.discriminatedUnion('obstacle', [
  /** A command of the change could be taken for one of the base. */
  z.object({ obstacle: z.literal('custom') }),
  /** The table is no file of the base commit, and nothing there says which bytes it had. */
  z.object({ obstacle: z.literal('no_digest'), path }),
  /** It is known which bytes the table had, and those that are here are others. `named`: what says so. */
  z.object({ obstacle: z.literal('other_bytes'), path, named: z.string() }),
  z.object({ obstacle: z.literal('unreadable'), path, detail: z.string() }),
  /** The base commit's own table or configuration is wrong. */
  z.object({ obstacle: z.literal('failed'), detail: z.string() }),
]);
export type NotRemade = z.infer<typeof notRemadeSchema>;

/** Why the model of the base commit was not timed beside the change's; each has one sentence in the report. */
export const notTimedSchema = z.discriminatedUnion('obstacle', [
  ...notRemadeSchema.options,
  /** `baseline.remake: never`. */
  z.object({ obstacle: z.literal('not_allowed') }),
  /** The runs are of an earlier command, and what is here is not what they were trained on. */
  z.object({ obstacle: z.literal('other_inputs') }),
  /** No base commit can be read here. */
  z.object({ obstacle: z.literal('no_base') }),
]);
export type NotTimed = z.infer<typeof notTimedSchema>;
