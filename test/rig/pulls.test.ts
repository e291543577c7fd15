import { describe, expect, it } from 'vitest';
import { useRig } from './rig.fixture.ts';

const world = useRig();
const READ = { pull_requests: 'read', contents: 'read' } as const;

describe('a pull request', () => {
  it('is merged into the present tip, while its base stays what it was', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject({ private: true });
    const head = push('feature', { 'b.txt': 'two\n' });
    const pull = rig.openPullRequest({ repository, headRef: 'feature' });
    const opened = pull.base.sha;
    const tip = push('main', { 'c.txt': 'three\n' });
    const octokit = client(READ);
    const { data } = await octokit.rest.pulls.get({ ...names, pull_number: pull.number });
    expect(data).toMatchObject({ state: 'open', mergeable: true, base: { sha: opened }, head: { sha: head } });
    const { data: merge } = await octokit.rest.repos.getCommit({ ...names, ref: data.merge_commit_sha! });
    expect(merge.parents.map(({ sha }) => sha)).toEqual([tip, head]);
    const { env, payload } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull });
    expect(env).toMatchObject({ GITHUB_SHA: merge.sha, GITHUB_REF: 'refs/pull/1/merge', GITHUB_REF_NAME: '1/merge' });
    expect(payload).toMatchObject({ pull_request: { base: { sha: opened }, head: { sha: head } } });
    const { data: compared } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...names,
      basehead: `main...${head}`,
    });
    expect(compared).toMatchObject({
      status: 'diverged',
      ahead_by: 1,
      behind_by: 1,
      merge_base_commit: { sha: opened },
    });
  });

  it('takes the base anew when its head is pushed to, and a run that is repeated is told what it was told at first', () => {
    const { rig } = world;
    const { repository, push } = world.aProject();
    push('feature', { 'b.txt': 'two\n' });
    const pull = rig.openPullRequest({ repository, headRef: 'feature' });
    const first = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull });
    const tip = push('main', { 'c.txt': 'three\n' });
    const head = push('feature', { 'b.txt': 'four\n' });
    const second = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull });
    expect(second.payload).toMatchObject({ pull_request: { base: { sha: tip }, head: { sha: head } } });
    // The event was told before GitHub merged again.
    expect(second.payload).toMatchObject({ pull_request: { merge_commit_sha: first.env.GITHUB_SHA, mergeable: null } });
    expect(second.env.GITHUB_SHA).not.toBe(first.env.GITHUB_SHA);
    const { runId } = first;
    push('pages', { 'p.txt': 'page\n' });
    rig.retarget(pull, 'pages');
    const again = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, runId, attempt: 2 });
    expect(again.env).toMatchObject({ GITHUB_SHA: first.env.GITHUB_SHA, GITHUB_BASE_REF: 'main' });
    expect(again.payload).toEqual(first.payload);
  });

  it('conflicts, and has no merge commit then', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject();
    push('feature', { 'a.txt': 'two\n' });
    push('main', { 'a.txt': 'three\n' });
    const pull = rig.openPullRequest({ repository, headRef: 'feature' });
    const { data } = await client(READ).rest.pulls.get({ ...names, pull_number: 1 });
    expect(data).toMatchObject({ mergeable: false, mergeable_state: 'dirty', merge_commit_sha: null });
    const start = () => rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull });
    expect(start).toThrow(/GitHub runs no workflow/);
  });

  it('may share its head with another, which is found by the commit', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject();
    push('pages', { 'p.txt': 'page\n' });
    const head = push('feature', { 'b.txt': 'two\n' });
    for (const baseRef of ['main', 'pages']) rig.openPullRequest({ repository, headRef: 'feature', baseRef });
    const octokit = client(READ);
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...names, commit_sha: head });
    expect(data.map(({ base }) => base.ref).sort()).toEqual(['main', 'pages']);
    const only = await octokit.rest.pulls.list({ ...names, base: 'pages', head: 'org:feature' });
    expect(only.data.map(({ number }) => number)).toEqual([2]);
    const { headers } = await octokit.rest.pulls.list({ ...names, per_page: 1, page: 2 });
    expect(headers.link).toMatch(/page=1>; rel="prev"/);
    expect(headers.link).not.toMatch(/rel="next"/);
  });

  it('is retargeted, and its checks stay green', () => {
    const { rig } = world;
    const { repository, source, push } = world.aProject();
    push('pages', { 'p.txt': 'page\n' });
    push('feature', { 'b.txt': 'two\n' });
    const main = source.git('rev-parse', 'main');
    const pull = rig.openPullRequest({ repository, headRef: 'feature', baseRef: 'pages' });
    const { job } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, job: 'mlops' });
    rig.finishJob(job, 'success');
    const before = pull.base.sha;
    const edited = rig.retarget(pull, 'main');
    expect(edited).toEqual({ action: 'edited', changes: { base: { ref: { from: 'pages' }, sha: { from: before } } } });
    expect(rig.mergeable(pull, ['mlops'])).toEqual({ mergeable: true, checks: [{ name: 'mlops', state: 'green' }] });
    const run = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, payload: edited });
    expect(run.payload).toMatchObject({ action: 'edited', pull_request: { base: { ref: 'main', sha: main } } });
  });

  it.each(['merge', 'squash', 'fast-forward'] as const)('is merged by %s', async (method) => {
    const { rig } = world;
    const { repository, names, source, push, client } = world.aProject();
    const base = source.git('rev-parse', 'main');
    const head = push('feature', { 'b.txt': 'two\n' });
    const pull = rig.openPullRequest({ repository, headRef: 'feature' });
    const sha = rig.mergePullRequest(pull, method);
    const octokit = client(READ);
    const { data: branch } = await octokit.rest.repos.getBranch({ ...names, branch: 'main' });
    const parents = { merge: [base, head], squash: [base], 'fast-forward': [base] }[method];
    expect(branch.commit.sha).toBe(sha);
    expect(branch.commit.parents.map((one) => one.sha)).toEqual(parents);
    const { data } = await octokit.rest.pulls.get({ ...names, pull_number: 1 });
    expect(data).toMatchObject({ state: 'closed', merged: true, merge_commit_sha: sha });
    const { data: of } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...names, commit_sha: sha });
    expect(of.map(({ number }) => number)).toEqual([1]);
    expect((await octokit.rest.pulls.list(names)).data).toEqual([]);
  });

  it('of a fork reads at most, and outlives the fork, which is null then', async () => {
    const { rig } = world;
    const { repository, names, push, client, clientOf } = world.aProject();
    push('feature', { 'b.txt': 'two\n' });
    const fork = rig.createRepository({ owner: 'mona', name: names.repo, forkOf: repository });
    const pull = rig.openPullRequest({ repository, headRepository: fork, headRef: 'feature' });
    const permissions = { pull_requests: 'write' } as const;
    const { token } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, permissions });
    const comment = clientOf(token).rest.issues.createComment({ ...names, issue_number: 1, body: 'x' });
    await expect(comment).rejects.toMatchObject({ status: 403 });
    const octokit = client(READ);
    const { data } = await octokit.rest.pulls.get({ ...names, pull_number: 1 });
    expect(data.head.repo).toMatchObject({ id: fork.id, fork: true });
    rig.deleteRepository(fork);
    expect((await octokit.rest.pulls.get({ ...names, pull_number: 1 })).data.head.repo).toBeNull();
    expect(pull.state).toBe('open');
  });
});

describe('the merge queue', () => {
  it('makes commits of the tip and of the group before, which need checks of their own', () => {
    const { rig } = world;
    const { repository, source, push } = world.aProject();
    const tip = source.git('rev-parse', 'main');
    const pulls = ['one', 'two'].map((headRef) => {
      push(headRef, { [`${headRef}.txt`]: headRef });
      return rig.openPullRequest({ repository, headRef });
    });
    const first = rig.addToMergeQueue(pulls[0]!);
    const second = rig.addToMergeQueue(pulls[1]!, first);
    expect(first).toMatchObject({ baseSha: tip, headRef: `refs/heads/gh-readonly-queue/main/pr-1-${tip}` });
    expect(second.baseSha).toBe(first.headSha);
    const { env, payload, job } = rig.startWorkflowRun({
      repository,
      event: 'merge_group',
      mergeGroup: first,
      job: 'm',
    });
    expect(env).toMatchObject({ GITHUB_SHA: first.headSha, GITHUB_REF: first.headRef });
    expect(payload).toMatchObject({
      action: 'checks_requested',
      merge_group: { head_sha: first.headSha, base_sha: tip, base_ref: 'refs/heads/main' },
    });
    rig.finishJob(job, 'success');
    expect(rig.checkState(repository, first.headSha, 'm')).toBe('green');
    expect(rig.checkState(repository, pulls[0]!.head.sha, 'm')).toBe('expected');
    rig.leaveMergeQueue(first, true);
    rig.leaveMergeQueue(second, false);
    expect(pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
  });
});

describe('a repository', () => {
  it('renames its default branch: pull requests follow, and the old name leads on', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject();
    push('feature', { 'b.txt': 'two\n' });
    const pull = rig.openPullRequest({ repository, headRef: 'feature' });
    rig.renameBranch(repository, 'main', 'trunk');
    const octokit = client(READ);
    expect((await octokit.rest.repos.get(names)).data.default_branch).toBe('trunk');
    expect((await octokit.rest.repos.getBranch({ ...names, branch: 'main' })).data.name).toBe('trunk');
    expect(pull.base.ref).toBe('trunk');
  });

  it('is pushed to by force', async () => {
    const { rig } = world;
    const { repository, names, source, push, client } = world.aProject();
    const old = source.git('rev-parse', 'main');
    const young = push('main', { 'a.txt': 'two\n' });
    expect(rig.forcePush(repository, 'main', old)).toEqual({ before: young, after: old });
    const { data } = await client(READ).rest.git.getRef({ ...names, ref: 'heads/main' });
    expect(data.object.sha).toBe(old);
    const { payload } = rig.startWorkflowRun({ repository, event: 'push', before: young });
    expect(payload).toMatchObject({ ref: 'refs/heads/main', before: young, after: old, forced: true });
  });

  it('may have SHA-256 for its objects', async () => {
    const { rig } = world;
    const { repository, names, push, client } = world.aProject({ objectFormat: 'sha256' });
    const head = push('feature', { 'b.txt': 'two\n' });
    expect(head).toHaveLength(64);
    rig.openPullRequest({ repository, headRef: 'feature' });
    const octokit = client(READ);
    expect((await octokit.rest.pulls.get({ ...names, pull_number: 1 })).data).toMatchObject({ head: { sha: head } });
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/hash-algorithm', names);
    expect(data).toEqual({ hash_algorithm: 'sha256' });
    const { data: ref } = await octokit.rest.git.getRef({ ...names, ref: 'heads/feature' });
    expect(ref.object.sha).toBe(head);
    expect((await octokit.rest.repos.getCommit({ ...names, ref: 'main' })).data.files).toHaveLength(1);
  });

  it('tells the role of a person', async () => {
    const { rig } = world;
    const { repository, names, client } = world.aProject({ private: true });
    rig.setRole(repository, 'mona', 'maintain');
    const ask = (username: string) => client({}).rest.repos.getCollaboratorPermissionLevel({ ...names, username });
    expect((await ask('mona')).data).toMatchObject({ permission: 'write', role_name: 'maintain' });
    await expect(ask('nobody')).rejects.toMatchObject({ status: 404 });
  });
});
