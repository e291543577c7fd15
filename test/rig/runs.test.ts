import { describe, expect, it } from 'vitest';
import { useRig } from './rig.fixture.ts';

const world = useRig();
const READ = { actions: 'read', checks: 'read', statuses: 'read', contents: 'read' } as const;
const WRITE = { actions: 'write', checks: 'write', statuses: 'write', contents: 'read' } as const;

describe('workflow runs', () => {
  it('have several jobs, which are checks of the commit', async () => {
    const { rig } = world;
    const { repository, names, source, client } = world.aProject({ private: true });
    const { runId, job } = rig.startWorkflowRun({ repository, event: 'push', job: 'train' });
    const publish = rig.startWorkflowRun({ repository, event: 'push', runId, job: 'publish' });
    rig.skipJob(runId, 'base');
    const octokit = client(READ);
    const get = async () => (await octokit.rest.actions.getWorkflowRun({ ...names, run_id: runId })).data;
    rig.finishJob(job, 'success');
    expect(await get()).toMatchObject({ status: 'in_progress', conclusion: null, run_attempt: 1, head_branch: 'main' });
    rig.finishJob(publish.job, 'failure');
    expect(await get()).toMatchObject({ status: 'completed', conclusion: 'failure' });
    const { data } = await octokit.rest.actions.listJobsForWorkflowRun({ ...names, run_id: runId });
    expect(data.jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'train: success',
      'publish: failure',
      'base: skipped',
    ]);
    const { data: checks } = await octokit.rest.checks.listForRef({ ...names, ref: 'main', check_name: 'publish' });
    expect(checks.check_runs).toMatchObject([{ id: publish.job.id, head_sha: source.git('rev-parse', 'main') }]);
  });

  it('are repeated in attempts, of which a re-run of failed jobs has those only', async () => {
    const { rig } = world;
    const { repository, names, client } = world.aProject();
    const { runId, job } = rig.startWorkflowRun({ repository, event: 'push', job: 'train' });
    const failed = rig.startWorkflowRun({ repository, event: 'push', runId, job: 'publish' }).job;
    rig.finishJob(job, 'success');
    rig.finishJob(failed, 'failure');
    rig.finishJob(
      rig.startWorkflowRun({ repository, event: 'push', runId, attempt: 2, job: 'publish' }).job,
      'success',
    );
    const octokit = client(READ);
    const { data } = await octokit.rest.actions.getWorkflowRun({ ...names, run_id: runId });
    expect(data).toMatchObject({ run_attempt: 2, conclusion: 'success' });
    const of = { ...names, run_id: runId, attempt_number: 1 };
    expect((await octokit.rest.actions.getWorkflowRunAttempt(of)).data.conclusion).toBe('failure');
    expect((await octokit.rest.actions.listJobsForWorkflowRunAttempt(of)).data.total_count).toBe(2);
    const latest = await octokit.rest.actions.listJobsForWorkflowRun({ ...names, run_id: runId });
    expect(latest.data.jobs.map(({ name }) => name)).toEqual(['publish']);
  });

  it('of a tag have the tag as their branch', async () => {
    const { rig } = world;
    const { repository, names, source, client } = world.aProject();
    source.git('tag', 'v1');
    source.git('push', '--quiet', repository.gitDir, 'v1');
    const { runId, env, payload } = rig.startWorkflowRun({ repository, event: 'push', tag: 'v1' });
    const { data } = await client(READ).rest.actions.getWorkflowRun({ ...names, run_id: runId });
    expect(data).toMatchObject({ head_branch: 'v1', head_sha: source.git('rev-parse', 'main'), event: 'push' });
    expect(env).toMatchObject({ GITHUB_REF: 'refs/tags/v1', GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag' });
    expect(payload).toMatchObject({ ref: 'refs/tags/v1', created: true });
  });

  it.each([
    ['workflow_dispatch', { inputs: { side: 'base' } }, { ref: 'refs/heads/main', inputs: { side: 'base' } }],
    ['schedule', {}, { schedule: expect.any(String) }],
    ['repository_dispatch', {}, { action: 'dispatched', branch: 'main' }],
  ])('of %s run on the default branch', (event, options, payload) => {
    const { repository } = world.aProject();
    const started = world.rig.startWorkflowRun({ repository, event, ...options });
    expect(started.payload).toMatchObject(payload);
    expect(started.env).toMatchObject({ GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: event });
  });

  it('are searched by commit, branch, event, state and date, page by page', async () => {
    const { rig } = world;
    const { repository, names, source, push, client } = world.aProject();
    const first = source.git('rev-parse', 'main');
    const one = rig.startWorkflowRun({ repository, event: 'push' });
    const nightly = rig.startWorkflowRun({ repository, event: 'schedule', path: '.github/workflows/nightly.yml' });
    const head = push('feature', { b: '1' });
    const three = rig.startWorkflowRun({ repository, event: 'push', headBranch: 'feature' });
    rig.finishJob(three.job, 'success');
    const octokit = client(READ);
    const list = async (query: object) => {
      const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({ ...names, ...query });
      return data.workflow_runs.map(({ id }) => id);
    };
    expect(await list({ head_sha: head })).toEqual([three.runId]);
    expect(await list({ head_sha: first, event: 'push' })).toEqual([one.runId]);
    expect(await list({ branch: 'main' })).toEqual([nightly.runId, one.runId]);
    expect(await list({ status: 'success' })).toEqual([three.runId]);
    expect(await list({ status: 'in_progress', event: 'push' })).toEqual([one.runId]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await list({ created: `>=${today}` })).toHaveLength(3);
    expect(await list({ created: `<${today}` })).toEqual([]);
    expect(await list({ created: '2020-01-01..2020-12-31' })).toEqual([]);
    expect(await octokit.paginate('GET /repos/{owner}/{repo}/actions/runs', { ...names, per_page: 1 })).toHaveLength(3);
    const of = await octokit.rest.actions.listWorkflowRuns({ ...names, workflow_id: 'nightly.yml' });
    expect(of.data.workflow_runs.map(({ id }) => id)).toEqual([nightly.runId]);
  });

  it('name the open pull requests of their head, none of forks', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject();
    push('feature', { b: '1' });
    const fork = rig.createRepository({ owner: 'lisa', name: names.repo, forkOf: repository });
    const ours = rig.openPullRequest({ repository, headRef: 'feature' });
    const theirs = rig.openPullRequest({ repository, headRef: 'feature', headRepository: fork });
    const octokit = client(READ);
    const numbers = async (pullRequest: typeof ours) => {
      const { runId } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest });
      const { data } = await octokit.rest.actions.getWorkflowRun({ ...names, run_id: runId });
      expect(data.head_repository.id).toBe(pullRequest.head.repository!.id);
      return data.pull_requests?.map(({ number }) => number);
    };
    expect(await numbers(ours)).toEqual([ours.number]);
    expect(await numbers(theirs)).toEqual([]);
  });

  it('are deleted by who may write, with artifacts and checks', async () => {
    const { rig } = world;
    const { repository, names, client } = world.aProject();
    const { runId, job } = rig.startWorkflowRun({ repository, event: 'push' });
    rig.addArtifact({ runId, name: 'mlops-1', bytes: Buffer.from('x') });
    const of = { ...names, run_id: runId };
    await expect(client(READ).rest.actions.deleteWorkflowRun(of)).rejects.toMatchObject({ status: 403 });
    const octokit = client(WRITE);
    await expect(octokit.rest.actions.deleteWorkflowRun(of)).rejects.toMatchObject({ status: 403 });
    rig.finishJob(job, 'success');
    await octokit.rest.actions.deleteWorkflowRun(of);
    await expect(octokit.rest.actions.getWorkflowRun(of)).rejects.toMatchObject({ status: 404 });
    expect((await octokit.rest.actions.listArtifactsForRepo(names)).data.artifacts).toEqual([]);
    expect((await octokit.rest.checks.listForRef({ ...names, ref: 'main' })).data.check_runs).toEqual([]);
  });
});

describe('retention', () => {
  it('takes artifacts first, then runs with all that they made', async () => {
    const { rig } = world;
    const { repository, names, source, clientOf, client } = world.aProject();
    const sha = source.git('rev-parse', 'main');
    const { runId, token, job } = rig.startWorkflowRun({ repository, event: 'push', permissions: WRITE });
    await clientOf(token).rest.repos.createCommitStatus({ ...names, sha, state: 'success', context: 'mlops' });
    rig.finishJob(job, 'success');
    const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const artifact = rig.addArtifact({ runId, name: 'short', bytes: Buffer.from('x'), expiresAt });
    rig.addArtifact({ runId, name: 'long', bytes: Buffer.from('y') });
    const octokit = client(READ);
    const listed = async () =>
      (await octokit.rest.actions.listWorkflowRunArtifacts({ ...names, run_id: runId })).data.artifacts.map(
        ({ name, expired }) => (expired ? `${name} expired` : name),
      );
    expect(await listed()).toEqual(['short', 'long']);
    rig.advance(5.5);
    expect(await listed()).toEqual(['short expired', 'long']);
    rig.advance(1);
    expect(await listed()).toEqual(['long']);
    await expect(octokit.rest.actions.getArtifact({ ...names, artifact_id: artifact.id })).rejects.toMatchObject({
      status: 404,
    });
    rig.advance(84);
    await expect(octokit.rest.actions.getWorkflowRun({ ...names, run_id: runId })).rejects.toMatchObject({
      status: 404,
    });
    expect((await octokit.rest.actions.listWorkflowRunsForRepo({ ...names, head_sha: sha })).data.total_count).toBe(0);
    expect((await octokit.rest.checks.listForRef({ ...names, ref: sha })).data.total_count).toBe(0);
    expect((await octokit.rest.repos.listCommitStatusesForRef({ ...names, ref: sha })).data).toEqual([]);
  });
});

describe('required checks', () => {
  it('are green when skipped or neutral, red when failed, and expected when nothing has the name', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject();
    const sha = push('feature', { b: '1' });
    const pull = rig.openPullRequest({ repository, headRef: 'feature' });
    const { runId } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, job: 'pending' });
    rig.skipJob(runId, 'skipped');
    const octokit = client(WRITE);
    const check = { ...names, head_sha: sha };
    await octokit.rest.checks.create({ ...check, name: 'neutral', conclusion: 'neutral' });
    const failed = await octokit.rest.checks.create({ ...check, name: 'red', conclusion: 'failure' });
    const states = () =>
      rig.mergeable(pull, ['pending', 'skipped', 'neutral', 'red', 'none']).checks.map(({ state }) => state);
    expect(states()).toEqual(['pending', 'green', 'green', 'red', 'expected']);
    const output = { title: 'better', summary: 'now' };
    await octokit.rest.checks.update({ ...names, check_run_id: failed.data.id, conclusion: 'success', output });
    expect(states()[3]).toBe('green');
    // A status of the same name is required too.
    await octokit.rest.repos.createCommitStatus({ ...names, sha, state: 'error', context: 'red' });
    expect(states()[3]).toBe('red');
    const { data } = await octokit.rest.repos.getCombinedStatusForRef({ ...names, ref: 'feature' });
    expect(data).toMatchObject({ state: 'failure', total_count: 1 });
  });
});
