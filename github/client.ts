import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { statusOf } from './github-error.ts';

const API_VERSION = '2022-11-28';
const LONGEST_WAIT_SECONDS = 60;

const PacedOctokit = Octokit.plugin(retry, throttling);

/** Octokit, and the length of a second for other code that waits. */
export type Client = InstanceType<typeof PacedOctokit> & { readonly secondMs: number };

/** Owner and name of a repository, as Octokit's methods take them. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** Whether to wait for a rate limit: at most twice, and only if the wait is short. Otherwise the request fails. */
const waitsOut = (retryAfter: number, _options: object, _octokit: unknown, retryCount: number) =>
  retryAfter <= LONGEST_WAIT_SECONDS && retryCount < 2;

/**
 * A client for GitHub's REST API. It retries after server and network errors (three times, after 1, 4 and 9 s) and waits for
 * short rate limits.
 *
 * @param options.apiUrl `GITHUB_API_URL`, without a slash at the end.
 * @param options.request Octokit's `request` options, such as a `fetch` that uses a proxy.
 * @param options.secondMs length of one second of these waits, in milliseconds, for tests. With 0, writes are not spaced
 *   out either, which GitHub asks clients to do.
 * @param options.debug called for each request with its method, path, status and milliseconds, never with its content.
 */
export function createClient(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly userAgent: string;
  readonly request?: { readonly fetch?: typeof globalThis.fetch };
  readonly secondMs?: number;
  readonly debug?: (message: string) => void;
}): Client {
  const { secondMs = 1000 } = options;
  const silent = () => {};
  const octokit = new PacedOctokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: options.userAgent,
    ...(options.request ? { request: options.request } : {}),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { retryAfterBaseValue: secondMs },
    throttle: {
      enabled: secondMs > 0,
      retryAfterBaseValue: secondMs,
      onRateLimit: waitsOut,
      onSecondaryRateLimit: waitsOut,
    },
  });
  octokit.hook.before('request', (request) => {
    request.headers['x-github-api-version'] = API_VERSION;
  });
  const { debug } = options;
  if (debug) tellRequests(octokit, debug);
  return Object.assign(octokit, { secondMs });
}

/** Tells of every request how it went. */
function tellRequests(octokit: InstanceType<typeof PacedOctokit>, debug: (message: string) => void): void {
  octokit.hook.wrap('request', async (send, request) => {
    const start = performance.now();
    const { pathname } = new URL(octokit.request.endpoint(request).url);
    const tell = (status: number | string) =>
      debug(`${request.method} ${pathname}: ${status}, ${Math.round(performance.now() - start)} ms`);
    try {
      const response = await send(request);
      tell(response.status);
      return response;
    } catch (error) {
      tell(statusOf(error) ?? 'no answer');
      throw error;
    }
  });
}
