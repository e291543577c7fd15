import type { Problem } from './app-error.ts';

/** A problem of the value at `path`, before anybody knows in which file and line that is. */
export interface ConfigProblem extends Omit<Problem, 'file' | 'place'> {
  readonly path: readonly PropertyKey[];
}
