import { StoreError } from '../errors/app-error.ts';

/** Tries to write to a branch that other writers hold, before giving up. */
export const WRITE_ATTEMPTS = 20;

/** Milliseconds to wait before another try: full jitter (0.1 s doubling to at most 10 s), about a minute over all attempts. */
export function backOff(attempt: number, random: () => number): number {
  return random() * Math.min(10_000, 100 * (1 << attempt));
}

/** The error for a branch that other writers kept busy for all tries. */
export function branchBusy(branch: string, cause: Error, found = cause.message): StoreError {
  return new StoreError(
    {
      message: `branch ${branch} is too busy: other writers were faster every time`,
      found,
      next: 'let one job collect the runs of a workflow and write them together',
    },
    { cause },
  );
}
