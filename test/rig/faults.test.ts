import { DefaultArtifactClient } from '@actions/artifact';
import { afterEach, expect, it, vi } from 'vitest';
import { useRig } from './rig.fixture.ts';

const world = useRig();
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
const READ = { contents: 'read', actions: 'read', pull_requests: 'read' } as const;

it('a permission can be missing, even for what is public', async () => {
  const { rig } = world;
  const { names, client } = world.aProject();
  const octokit = client(READ);
  expect((await octokit.rest.actions.listWorkflowRunsForRepo(names)).status).toBe(200);
  rig.faults.forbid('actions');
  await expect(octokit.rest.actions.listWorkflowRunsForRepo(names)).rejects.toMatchObject({
    status: 403,
    message: expect.stringMatching(/^Resource not accessible by integration/),
  });
  expect((await octokit.rest.pulls.list(names)).status).toBe(200);
});

it('a permission to write can be missing where reading is allowed', async () => {
  const { rig } = world;
  const { repository, names, push, client } = world.aProject();
  push('feature', { b: '1' });
  const { number: issue_number } = rig.openPullRequest({ repository, headRef: 'feature' });
  // One of the two that comments need is enough.
  const octokit = client({ issues: 'write' });
  const comment = () => octokit.rest.issues.createComment({ ...names, issue_number, body: 'x' });
  expect((await comment()).status).toBe(201);
  rig.faults.forbid('issues', 'write');
  rig.faults.forbid('pull_requests', 'write');
  await expect(comment()).rejects.toMatchObject({ status: 403 });
  expect((await octokit.rest.issues.listComments({ ...names, issue_number })).data).toHaveLength(1);
});

it('reads lag behind writes', async () => {
  const { rig } = world;
  const { repository, names, source, push, client } = world.aProject();
  const octokit = client(READ);
  const old = source.git('rev-parse', 'main');
  push('feature', { b: '1' });
  rig.openPullRequest({ repository, headRef: 'feature' });
  rig.faults.lag(/\/git\/ref\/|\/commits$|\/pulls/, 3);
  const ref = async () => (await octokit.rest.git.getRef({ ...names, ref: 'heads/main' })).data.object.sha;
  expect(await ref()).toBe(old);
  const young = push('main', { a: '2' });
  rig.openPullRequest({ repository, headRef: 'feature', title: 'second' });
  expect(await ref()).toBe(old);
  expect((await octokit.rest.pulls.list(names)).data).toHaveLength(1);
  expect((await octokit.rest.repos.listCommits(names)).data).toHaveLength(1);
  expect(await ref()).toBe(young);
  expect((await octokit.rest.pulls.list(names)).data).toHaveLength(2);
});

it('the server fails, and limits the rate; the client tries again', async () => {
  const { rig } = world;
  const { names, client } = world.aProject();
  rig.faults.failServer(/commits$/);
  rig.faults.limitRate(/commits$/);
  expect((await client(READ).rest.repos.listCommits(names)).data).toHaveLength(1);
});

it('a GitHub Enterprise Server has no artifact service, and the client knows', async () => {
  const { rig } = world;
  const { repository } = world.aProject();
  rig.faults.withoutArtifactService();
  const { env } = rig.startWorkflowRun({ repository, event: 'push' });
  expect(env.ACTIONS_RESULTS_URL).toBeUndefined();
  vi.stubEnv('GITHUB_SERVER_URL', env.GITHUB_SERVER_URL!);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await expect(new DefaultArtifactClient().listArtifacts()).rejects.toThrow(/not currently supported on GHES/);
});

it("a job's requests are counted by its token, those that failed too", async () => {
  const { rig } = world;
  const { repository, names, clientOf, client } = world.aProject();
  const { token } = rig.startWorkflowRun({ repository, event: 'push' });
  await client(READ).rest.repos.get(names);
  rig.faults.failServer(/commits$/);
  await clientOf(token).rest.repos.listCommits(names);
  const path = `/api/v3/repos/org/${names.repo}/commits`;
  expect(rig.requestsOf(token)).toEqual([`GET ${path}`, `GET ${path}`]);
});
