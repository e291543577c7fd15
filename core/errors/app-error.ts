/** One thing that is wrong. Every message has up to five parts: where, what, found, allowed, next. */
export interface Problem {
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** File the problem is in, as the user wrote its path. */
  readonly file?: string;
  /** Where in the file: `datasets.churn.target`, `line 3, column 2`. */
  readonly place?: string;
  readonly found?: string;
  readonly allowed?: string;
  /** What to do next. */
  readonly next?: string;
}

/**
 * A user error: printed without a stack, exit code 2. Any other error is an internal one: printed with its stack, exit code 70.
 * Carries every problem found, not only the first.
 */
export class AppError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const list = 'message' in problems ? [problems] : problems;
    super(list.map(formatProblem).join('\n'), options);
    this.name = new.target.name;
    this.problems = list;
  }
}

/** `mlops.yml`, an input of the Action or a command-line option is wrong. */
export class ConfigError extends AppError {}

/** A table, or a file that should hold one, is wrong. */
export class DataError extends AppError {}

/** A run store, evidence or model file could not be read or written. */
export class StoreError extends AppError {}

/** A custom training command failed. */
export class TrainerError extends AppError {}

/** No plugin of the family has this name. */
export class UnknownPluginError extends AppError {}

/**
 * A problem as text: place and message on the first line, then `found`, `allowed` and `next` on a line each.
 *
 * @example
 * formatProblem({ file: 'mlops.yml', place: 'seed', message: 'must be a whole number', found: '"x"' })
 * // 'mlops.yml: seed: must be a whole number\n  found: "x"'
 */
export function formatProblem(problem: Problem): string {
  const head = [problem.file, problem.place, problem.message].filter((part) => part !== undefined).join(': ');
  const tail = (['found', 'allowed', 'next'] as const)
    .filter((key) => problem[key] !== undefined)
    .map((key) => `\n  ${key}: ${problem[key]}`);
  return head + tail.join('');
}
