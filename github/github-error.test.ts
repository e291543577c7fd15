import { expect, it } from 'vitest';
import { createClient } from './client.ts';
import { failedRequest, isRateLimited, statusOf } from './github-error.ts';

const failure = (status: number | 'no connection', message = 'Server Error') => {
  const fetch = async () => {
    if (status === 'no connection') throw new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
    return new Response(JSON.stringify({ message }), { status, headers: { 'content-type': 'application/json' } });
  };
  const client = createClient({
    token: 'x',
    apiUrl: 'https://api.test',
    userAgent: 'test',
    secondMs: 0,
    request: { fetch },
  });
  return client.rest.repos.get({ owner: 'o', repo: 'r' }).then(
    () => undefined,
    (error: unknown) => error,
  );
};

it.each<[number | 'no connection', string, RegExp]>([
  [502, 'Server Error', /^re-run the job/],
  ['no connection', '', /^re-run the job/],
  [429, 'API rate limit exceeded', /^re-run the job/],
  [403, 'You have exceeded a secondary rate limit.', /^re-run the job/],
  [403, 'Resource not accessible by integration', /^give the job the permissions/],
])('a request that fails with %s, %s, is told with what to do', async (status, message, next) => {
  expect(failedRequest(await failure(status, message))).toMatchObject({
    message: expect.stringContaining('GET /repos/o/r'),
    found: expect.stringContaining(message),
    next: expect.stringMatching(next),
  });
});

it('other errors are none of GitHub’s', () => {
  expect(failedRequest(new Error('x'))).toBe(null);
  expect(statusOf(new Error('x'))).toBe(undefined);
});

it('a rate limit is told from a missing permission, which has the same status', async () => {
  expect(isRateLimited(await failure(403, 'You have exceeded a secondary rate limit.'))).toBe(true);
  expect(isRateLimited(await failure(403, 'Resource not accessible by integration'))).toBe(false);
});
