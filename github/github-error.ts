import { AppError } from '../core/errors/app-error.ts';

/** GitHub refused a request, or sent data that is not valid: not an internal error of this project. */
export class GithubError extends AppError {}

/** Whether GitHub refused a request because there were too many, which it also does with 403. */
export function isRateLimited(error: unknown): boolean {
  return statusOf(error) === 429 || (statusOf(error) === 403 && /rate limit/i.test((error as Error).message));
}

/** The HTTP status of a failed request that GitHub answered; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const answered = error instanceof Error && 'status' in error && 'response' in error && error.response !== undefined;
  return answered && typeof error.status === 'number' ? error.status : undefined;
}
