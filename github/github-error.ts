import { AppError } from '../core/errors/app-error.ts';

/** GitHub refuses what the job asks of it, or told something that cannot be: nothing of ours is broken. */
export class GithubError extends AppError {}

/** The HTTP status of a failed request that GitHub answered; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const answered = error instanceof Error && 'status' in error && 'response' in error && error.response !== undefined;
  return answered && typeof error.status === 'number' ? error.status : undefined;
}
