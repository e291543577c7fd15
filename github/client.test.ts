import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';

/** A client whose network answers with these responses in turn, and what it was asked. */
function aClient(...answers: readonly (() => Response)[]) {
  const asked: Request[] = [];
  const told: string[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push(new Request(url, init));
    return answers[asked.length - 1]!();
  };
  const apiUrl = 'http://127.0.0.1:1/api/v3';
  const octokit = createClient({
    token: 'a-token',
    apiUrl,
    userAgent: 'mlops-action/0.1.0',
    request: { fetch },
    secondMs: 1,
    debug: (message) => told.push(message),
  });
  return { octokit, asked, told };
}

const ok = () => Response.json([]);
const limited =
  (headers: Record<string, string>, message = 'API rate limit exceeded') =>
  () =>
    Response.json({ message }, { status: 403, headers });
const list = { owner: 'org', repo: 'models' };

describe('createClient', () => {
  it('says who it is and which version of the API it speaks', async () => {
    const { octokit, asked } = aClient(ok);
    await octokit.rest.repos.listCommits(list);
    const { url, headers } = asked[0]!;
    expect(url).toBe('http://127.0.0.1:1/api/v3/repos/org/models/commits');
    expect(headers.get('x-github-api-version')).toBe('2022-11-28');
    expect(headers.get('user-agent')).toMatch(/^mlops-action\/0\.1\.0/);
    expect(headers.get('authorization')).toBe('token a-token');
  });

  it('waits out a short rate limit, twice', async () => {
    const short = limited({ 'retry-after': '60' }, 'You have exceeded a secondary rate limit');
    const { octokit, asked } = aClient(short, short, ok);
    await octokit.rest.repos.listCommits(list);
    expect(asked).toHaveLength(3);
    const stubborn = aClient(short, short, short);
    await expect(stubborn.octokit.rest.repos.listCommits(list)).rejects.toMatchObject({ status: 403 });
    expect(stubborn.asked).toHaveLength(3);
  });

  it.each([
    ['secondary', limited({ 'retry-after': '61' }, 'You have exceeded a secondary rate limit')],
    ['primary', limited({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2147483000' })],
  ])('does not wait out a long %s rate limit', async (_title, long) => {
    const { octokit, asked } = aClient(long);
    await expect(octokit.rest.repos.listCommits(list)).rejects.toMatchObject({ status: 403 });
    expect(asked).toHaveLength(1);
  });

  it('keeps its token out of errors', async () => {
    const { octokit } = aClient(() => Response.json({ message: 'Not Found' }, { status: 404 }));
    const error = await octokit.rest.repos.listCommits(list).catch((reason) => reason);
    expect(JSON.stringify([error.message, error.request, error.response])).not.toContain('a-token');
  });

  it('tells of each request the method, the path, how it ended and how long it took', async () => {
    const { octokit, told } = aClient(ok, () => Response.json({ message: 'Not Found' }, { status: 404 }));
    await octokit.rest.repos.listCommits({ ...list, per_page: 1 });
    await octokit.rest.repos.get(list).catch(() => {});
    expect(told).toEqual([
      expect.stringMatching(/^GET \/api\/v3\/repos\/org\/models\/commits: 200, \d+ ms$/),
      expect.stringMatching(/^GET \/api\/v3\/repos\/org\/models: 404, \d+ ms$/),
    ]);
  });
});
