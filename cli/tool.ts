import type { z } from 'zod';
import type { RunComparison } from '../core/comparison/run-comparison.ts';
import type { Verdict } from '../core/comparison/verdict.ts';
import type { Log } from '../core/ports/log.ts';
import type { Plugin } from '../core/registry/registry.ts';
import type { FeatureImportance } from '../core/report/importances.ts';
import type { Calibration } from '../core/report/limits.ts';
import type { RunDifference } from '../core/tracking/diff-runs.ts';
import type { Run } from '../core/tracking/run.ts';

/** Where a tool works. */
export interface Place {
  readonly cwd: string;
  readonly log: Log;
}

/** What came of a command: what to print, and what `--json` holds. */
export interface Answer {
  /** For standard output. */
  readonly text: string;
  /** Paths written, relative to the project. */
  readonly files: readonly string[];
  /** Or how to read them, where the text does with less. */
  readonly runs?: readonly Run[] | (() => Promise<readonly Run[]>);
  readonly warnings?: readonly string[];
  readonly verdict?: Verdict | null;
  /** The verdict stops a merge. */
  readonly failed?: boolean;
  readonly importances?: readonly FeatureImportance[];
  readonly total?: number;
  readonly differences?: readonly RunDifference[];
  readonly comparison?: RunComparison;
  readonly calibrations?: readonly Calibration[];
}

/** A command of the laptop alone, beside the pipeline's. An id of two words (`runs list`) is a command of a group. */
export interface Tool extends Plugin {
  readonly options: z.ZodObject;
  /** The options that are given without a flag, in this order. */
  readonly arguments: readonly string[];
  /** What the help says beyond the options. */
  readonly notes: readonly string[];
  /** Command lines worth knowing, with what each is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  run(options: Record<string, unknown>, place: Place): Promise<Answer>;
}

/** Writes a tool with typed options as one of uniform type. */
export function defineTool<const Id extends string, Schema extends z.ZodObject>(tool: {
  readonly id: Id;
  readonly summary: string;
  readonly arguments?: readonly (keyof z.infer<Schema> & string)[];
  readonly notes?: Tool['notes'];
  readonly examples?: Tool['examples'];
  readonly options: Schema;
  run(options: z.infer<Schema>, place: Place): Promise<Answer>;
}): Tool & { readonly id: Id } {
  return {
    ...tool,
    arguments: tool.arguments ?? [],
    notes: tool.notes ?? [],
    examples: tool.examples ?? [],
    run: (options, place) => tool.run(options as z.infer<Schema>, place),
  };
}
