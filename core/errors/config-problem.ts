import type { Problem } from './app-error.ts';

/** A problem with the value at `path`, before its file and line are known. */
export interface ConfigProblem extends Omit<Problem, 'file' | 'place'> {
  readonly path: readonly PropertyKey[];
}
