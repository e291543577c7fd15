import { StoreError } from '../core/errors/app-error.ts';
import { statusOf } from './github-error.ts';

/** What GitHub says when another writer moved, made or deleted a branch first. */
const RACE = /not a fast[- ]forward|reference (already exists|does not exist|cannot be updated)|expected [0-9a-f]{40}/i;

/** Whether a branch could not be moved because another writer was faster. */
export function isLostRace(error: unknown): error is Error {
  const status = statusOf(error);
  return (status === 409 || status === 422) && RACE.test((error as Error).message);
}

/** What a failed request is for the user. Errors of anything but a request pass unchanged. */
export function storeError(error: unknown, description: string): unknown {
  if (!(error instanceof Error) || error.name !== 'HttpError') return error;
  const status = statusOf(error);
  const found = error.message.slice(0, 1000);
  if (status === undefined || status >= 500) {
    const next = 'check the network, then run the command again';
    return new StoreError({ message: 'GitHub cannot be reached', found, next }, { cause: error });
  }
  if (status === 409 && /is empty/i.test(found)) {
    const next = 'push a first commit';
    return new StoreError({ message: `${description}: the repository is empty`, found, next }, { cause: error });
  }
  return new StoreError(
    {
      message: `GitHub refuses access to ${description}`,
      found,
      next: "check the token and the repository's rules; in a workflow the job needs `permissions: contents: write`",
    },
    { cause: error },
  );
}
