import { AppError, type Problem } from '../core/errors/app-error.ts';

/** GitHub refused a request, or sent data that is not valid: not an internal error of this project. */
export class GithubError extends AppError {}

/** What to tell of a request that GitHub did not answer as it should; null for any other error. */
export function failedRequest(error: unknown): Problem | null {
  if (!isRequestError(error)) return null;
  const { status, message, request } = error;
  return {
    message: `GitHub did not answer a request that this job needs: ${request.method} ${new URL(request.url).pathname}`,
    found: `${status}: ${message}`,
    next:
      status >= 500 || isRateLimited(error)
        ? 're-run the job in a while; https://www.githubstatus.com tells of outages'
        : 'give the job the permissions that the documentation names, or report this as a bug',
  };
}

/** Octokit's, which a failed connection gives, too. */
type RequestError = Error & {
  readonly status: number;
  readonly request: { readonly method: string; readonly url: string };
};

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && 'request' in error;
}

/** Whether GitHub refused a request because there were too many, which it also does with 403. */
export function isRateLimited(error: unknown): boolean {
  return statusOf(error) === 429 || (statusOf(error) === 403 && /rate limit/i.test((error as Error).message));
}

/** The HTTP status of a failed request that GitHub answered; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const answered = error instanceof Error && 'status' in error && 'response' in error && error.response !== undefined;
  return answered && typeof error.status === 'number' ? error.status : undefined;
}
