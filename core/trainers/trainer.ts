import type { z } from 'zod';
import type { EvaluationSet } from '../dataset/evaluation-set.ts';
import type { ConfigProblem } from '../errors/config-problem.ts';
import type { ProcessRunner } from '../ports/process-runner.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import type { Plugin } from '../registry/registry.ts';
import type { Table } from '../table/table.ts';
import type { Task } from '../table/task.ts';
import type { Training } from './training.ts';

/** What stands under a model's name in `mlops.yml`, defaults filled in. */
export type Settings = Readonly<Record<string, unknown>>;

/** What a trainer learns from, and what it may use of the world. */
export interface TrainingContext {
  readonly dataset: string;
  readonly table: Table;
  /** Columns to learn from. */
  readonly columns: readonly string[];
  readonly target: string;
  readonly task: Task;
  readonly evaluationSet: EvaluationSet;
  readonly workers: WorkerPool;
  readonly processes: ProcessRunner;
  /** Seconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Seconds of processor time used so far, all threads together. */
  readonly cpu: () => number;
  /** What a command says while it works. */
  readonly info: (message: string) => void;
}

/** The user's files, as far as a trainer looks at them. */
export interface NamedFiles {
  exists(path: string): Promise<boolean>;
  /** The file at a path, or those a pattern matches. */
  list(pattern: string): Promise<string[]>;
  read(path: string): Promise<Uint8Array>;
}

/** Whatever `models` in `mlops.yml` can name: a model of the library, or a program of the user's. */
export interface Trainer extends Plugin {
  readonly tasks: readonly Task[];
  /** The schema of one layer of settings: what stands under `models` of the project, or of a dataset. */
  readonly params: z.ZodObject;
  /** Whether it is trained where a dataset lists no models. `written`: what the project's `models` says of it. */
  isDefault(written: object | null | undefined): boolean;
  /** One setting from layers that have passed the schema, a later one over an earlier, defaults filled in. */
  resolve(layers: readonly (object | null | undefined)[]): Settings;
  /** What is wrong with settings that no layer shows alone; paths begin at the settings. */
  check(settings: Settings): readonly ConfigProblem[];
  /** What a run records as its parameters. */
  tracked(settings: Settings): Settings;
  /** How often each fold is trained, with another seed each time; `split` says how often where a fit is random. */
  repeats(settings: Settings, split: { readonly repeats: number }): number;
  /** All of the settings and files that can change the result, as plain data. */
  inputs(settings: Settings, files: NamedFiles): Promise<unknown>;
  /**
   * The project's files that settings name: paths and patterns. `listed`: those of them that are said to be all that can change the
   * result; null: other files can, so it is trained again while the working tree differs from its commit.
   */
  inputFiles(settings: Settings): { readonly paths: readonly string[]; readonly listed: readonly string[] | null };
  /** Gets ready to train. */
  prepare(settings: Settings, context: TrainingContext): Training;
}
