import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { type InstalledApp, installApp, privateKey, RETRAIN_WORKFLOW } from './app.fixture.ts';
import { runWorkflowJob } from './workflow-job.ts';

let bench: Workbench;
let app: InstalledApp;
beforeAll(async () => {
  bench = await createWorkbench(runProcess);
  bench.commit('main', {
    'churn.csv': customers(),
    'mlops.yml': projectFile('{ n_estimators: 20, min_samples_leaf: 5 }'),
    '.github/workflows/mlops.yml': RETRAIN_WORKFLOW,
  });
  await bench.pushToMain();
  app = await installApp(bench);
});
afterEach(() => {
  bench.rig.faults.clear();
  bench.rig.assertExpected();
});
afterAll(async () => {
  await app.stop();
  await bench.close();
});

/** Comments of the App. */
const commentsOf = (pull: Parameters<Workbench['runPullRequest']>[0]) =>
  bench.rig.comments(pull).filter(({ login }) => login === 'mlops-gate[bot]');

describe('a pull request', () => {
  it('that improves the model: queued, then green, with one comment', async () => {
    const sha = bench.commit('more-trees', { 'mlops.yml': projectFile('{ n_estimators: 60, min_samples_leaf: 5 }') });
    const pull = bench.openPullRequest('more-trees');
    await app.pullRequest('opened', pull);
    expect(app.gates(sha)).toMatchObject([{ name: 'mlops/gate', status: 'queued', conclusion: null }]);
    const { runId, green, log } = await bench.runPullRequest(pull);
    expect(green, log).toBe(true);
    await app.workflowRun('completed', runId);
    expect(app.gates(sha)).toMatchObject([
      {
        status: 'completed',
        conclusion: 'success',
        externalId: `${bench.repository.id}:${sha}:${runId}:1`,
        output: { title: expect.stringMatching(/All 2 gates pass/) },
      },
    ]);
    const [comment] = commentsOf(pull);
    // The job leaves the comment to the App.
    expect(bench.rig.comments(pull)).toEqual([comment]);
    expect(comment!.body).toContain('n_estimators 20 → 60');
    const [page] = bench.rig.artifacts(runId).filter(({ name }) => name.endsWith('.html'));
    expect(comment!.body).toMatch(
      new RegExp(`^[^\\[]*\\[Open the report with charts\\]\\(\\S+/runs/${runId}/artifacts/${page!.id}\\)`),
    );
    expect(comment!.body).toContain('verified: recorded by the workflow run of `main`');

    // The same told late and twice changes nothing; what is older than what is shown does not either.
    const before = bench.rig.comments(pull).map(({ body }) => body);
    await app.workflowRun('completed', runId);
    await app.pullRequest('opened', pull);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
    expect(bench.rig.comments(pull).map(({ body }) => body)).toEqual(before);
  });

  it('that degrades the model: red, whatever its own job says', async () => {
    const sha = bench.commit('one-stump', { 'mlops.yml': projectFile('{ n_estimators: 1, max_depth: 1 }') });
    const pull = bench.openPullRequest('one-stump');
    await app.pullRequest('opened', pull);
    const { runId } = await bench.runPullRequest(pull);
    await app.workflowRun('completed', runId);
    expect(app.gates(sha)).toMatchObject([
      { conclusion: 'failure', output: { title: expect.stringMatching(/roc_auc .*dropped by/) } },
    ]);
    expect(commentsOf(pull)[0]!.body).toMatch(/### ❌ `churn` roc_auc/);
  });

  it('that touches no input: green without a workflow run', async () => {
    const sha = bench.commit('words', { 'README.md': 'words\n' });
    const pull = bench.openPullRequest('words');
    await app.pullRequest('opened', pull);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
    expect(commentsOf(pull)).toEqual([]);
  });

  it('that shares its head with another: one check, the worst of the two', async () => {
    bench.git('push', '--quiet', bench.repository.gitDir, 'main:refs/heads/other');
    const sha = bench.commit('shared', { 'notes.md': 'shared\n' });
    await app.pullRequest('opened', bench.openPullRequest('shared'));
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
    // Of this one the rules cannot be read: its base branch is gone.
    const second = bench.rig.openPullRequest({ repository: bench.repository, headRef: 'shared', baseRef: 'other' });
    bench.git('push', '--quiet', bench.repository.gitDir, ':refs/heads/other');
    await app.pullRequest('opened', second);
    expect(app.gates(sha)).toMatchObject([{ status: 'queued', conclusion: null }]);
    bench.rig.closePullRequest(second);
    await app.pullRequest('closed', second);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
  });

  it('of which GitHub’s lists lag behind keeps what is about the newest attempt', async () => {
    const sha = bench.commit('lagging', { 'notes.md': 'lagging\n' });
    const pull = bench.openPullRequest('lagging');
    await app.pullRequest('opened', pull);
    const [gate] = app.gates(sha);
    Object.assign(gate!, { externalId: `${bench.repository.id}:${sha}:999999:2`, conclusion: 'failure' });
    await app.pullRequest('edited', pull);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'failure' }]);
  });

  it('whose artifact was edited on its way: red, with the reason', async () => {
    const sha = bench.commit('edited-artifact', { 'mlops.yml': projectFile('{ n_estimators: 22 }') });
    const pull = bench.openPullRequest('edited-artifact');
    const { runId } = await bench.runPullRequest(pull);
    const [artifact] = bench.rig.artifacts(runId);
    artifact!.bytes[artifact!.bytes.length >> 1]! ^= 1;
    await app.workflowRun('completed', runId);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'failure' }]);
    expect(commentsOf(pull)[0]!.body).toContain('its digest does not match its content');
  });

  it('whose workflow run leaves no artifact: red', async () => {
    const sha = bench.commit('silent', { 'mlops.yml': projectFile('{ n_estimators: 21 }') });
    const pull = bench.openPullRequest('silent');
    await app.pullRequest('opened', pull);
    const started = bench.rig.startWorkflowRun({
      ...{ repository: bench.repository, event: 'pull_request', pullRequest: pull, path: '.github/workflows/lint.yml' },
    });
    await app.workflowRun('in_progress', started.runId);
    expect(app.gates(sha)).toMatchObject([{ status: 'in_progress', conclusion: null }]);
    bench.rig.finishJob(started.job, 'success');
    await app.workflowRun('completed', started.runId);
    expect(app.gates(sha)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  });
});

describe('a merge queue', () => {
  it.each([
    ['that improves', '{ n_estimators: 50, min_samples_leaf: 5 }', 'success'],
    ['that degrades', '{ n_estimators: 2, max_depth: 1 }', 'failure'],
  ])('a group %s: queued, then judged on its own commit', async (title, forest, conclusion) => {
    const branch = title.replaceAll(' ', '-');
    bench.commit(branch, { 'mlops.yml': projectFile(forest) });
    const pull = bench.openPullRequest(branch);
    const group = bench.rig.addToMergeQueue(pull);
    await app.mergeGroup(group);
    expect(app.gates(group.headSha)).toMatchObject([{ name: 'mlops/gate', status: 'queued' }]);
    const { runId, log } = await bench.runWorkflow({ event: 'merge_group', mergeGroup: group });
    await app.workflowRun('completed', runId);
    expect(app.gates(group.headSha), log).toMatchObject([{ status: 'completed', conclusion }]);
    expect(commentsOf(pull)).toEqual([]);
    bench.rig.leaveMergeQueue(group, false);
  });

  it('a group that touches no input: green at once, and once it has left the queue nothing is said', async () => {
    bench.commit('queue-words', { 'words.md': 'words\n' });
    const pull = bench.openPullRequest('queue-words');
    const group = bench.rig.addToMergeQueue(pull);
    await app.mergeGroup(group);
    expect(app.gates(group.headSha)).toMatchObject([{ conclusion: 'success' }]);
    bench.rig.leaveMergeQueue(group, false);
    const late = bench.commit('queue-late', { 'late.md': 'late\n' });
    await app.mergeGroup({ ...group, headSha: late });
    expect(app.gates(late)).toEqual([]);
  });
});

describe('an acceptance', () => {
  it('is judged when it is written and when it is deleted, without a job', async () => {
    const { rig, repository } = bench;
    const sha = bench.commit('accept-me', { 'mlops.yml': projectFile('{ n_estimators: 2, max_depth: 1 }') });
    const pull = bench.openPullRequest('accept-me');
    const { runId, log } = await bench.runPullRequest(pull);
    await app.workflowRun('completed', runId);
    const [said] = commentsOf(pull);
    expect(app.gates(sha).at(-1), log).toMatchObject({ conclusion: 'failure' });
    expect(said!.body).toContain('It is judged again at once.');
    const lines = [...said!.body.matchAll(/^\/accept .*$/gm)].map(([line]) =>
      line.replace('…', 'a small one is wanted'),
    );

    rig.setRole(repository, 'bob', 'write');
    await app.comment('bob', lines.join('\n'), pull);
    expect(app.gates(sha).at(-1)).toMatchObject({ conclusion: 'failure' });
    expect(commentsOf(pull)[0]!.body).toContain('`bob` accepts nothing: they have the role `write`');

    rig.setRole(repository, 'mia', 'maintain');
    const comment = await app.comment('mia', lines.join('\n'), pull);
    expect(app.gates(sha).at(-1)).toMatchObject({
      conclusion: 'success',
      output: { title: expect.stringMatching(/^☑️ Accepted: .*accepted by mia in a comment/) },
    });

    rig.deleteComment(comment);
    const { id, body } = comment;
    const issue = { number: pull.number, pull_request: {} };
    await app.deliver('issue_comment', { action: 'deleted', issue, comment: { id, body }, sender: { login: 'bob' } });
    await app.idle();
    expect(app.gates(sha).at(-1)).toMatchObject({ conclusion: 'failure' });
  });
});

describe('a comment', () => {
  const roles = () => {
    bench.rig.setRole(bench.repository, 'ada', 'write');
    bench.rig.setRole(bench.repository, 'eve', 'read');
  };
  const aPull = (branch: string) => {
    roles();
    bench.commit(branch, { 'notes.md': `${branch}\n` });
    return bench.openPullRequest(branch);
  };

  it('/retrain of a writer starts the workflow on the branch, once', async () => {
    const pull = aPull('retrain-me');
    const { dispatches } = bench.rig;
    const before = dispatches.length;
    const comment = await app.comment('ada', '/retrain churn random_forest n_estimators=50', pull);
    expect(dispatches.slice(before)).toEqual([
      {
        repository: 'octo/churn',
        workflow: '.github/workflows/mlops.yml',
        ref: 'retrain-me',
        inputs: {
          retrain: JSON.stringify({
            ...{ dataset: 'churn', model: 'random_forest', set: 'models.random_forest.n_estimators=50' },
          }),
        },
        login: 'mlops-gate[bot]',
        runId: expect.any(Number),
      },
    ]);
    expect(bench.rig.reactions(comment)).toEqual(['eyes by mlops-gate[bot]', 'rocket by mlops-gate[bot]']);
    expect(commentsOf(pull).at(-1)!.body).toContain('Started `mlops.yml` on `retrain-me`');
  });

  it('/retrain on an issue trains the default branch, and says once what came of it', async () => {
    roles();
    const before = bench.rig.dispatches.length;
    await app.comment('ada', '/retrain', { number: 9000, isPull: false });
    const [dispatch, ...others] = bench.rig.dispatches.slice(before);
    expect(others).toEqual([]);
    expect(dispatch).toMatchObject({ ref: 'main', inputs: { retrain: '{"dataset":"","model":"","set":""}' } });
    const { runId } = dispatch!;
    await bench.runWorkflow({ event: 'workflow_dispatch', runId, inputs: { retrain: '{}' } });
    const comments = () =>
      bench.rig.comments({ number: 9000, base: { repository: bench.repository } }).map(({ body }) => body);
    const told = comments().length;
    await app.workflowRun('in_progress', runId);
    expect(comments()).toHaveLength(told);
    await app.workflowRun('completed', runId);
    await app.restart();
    await app.workflowRun('completed', runId);
    expect(comments()).toHaveLength(told + 1);
    expect(comments().at(-1)).toMatch(/^✅ \[The workflow run\]\(\S+\) that was asked for here has ended: success\./);
    expect(comments().at(-1)).toMatch(/\[Open the report with charts\]\(\S+\/actions\/runs\/\d+\/artifacts\/\d+\)/);
    expect(comments().at(-1)).toContain('churn');
  });

  it('says where a dispatched workflow run leaves no report', async () => {
    const pull = aPull('no-report');
    await app.comment('ada', '/retrain', pull);
    const { runId } = bench.rig.dispatches.at(-1)!;
    const started = bench.rig.startWorkflowRun({
      ...{ repository: bench.repository, event: 'workflow_dispatch', headBranch: 'no-report', runId },
    });
    bench.rig.finishJob(started.job, 'failure');
    await app.workflowRun('completed', runId);
    const body = commentsOf(pull).at(-1)!.body;
    expect(body).toMatch(/^❌ \[The workflow run\].* has ended: failure\./);
    expect(body).toContain('left no report that can be read');
    expect(body).toContain('The check `mlops/gate` is about the workflow run of the pull request');
  });

  it('says of a trial that ends red without a failing gate why it does', async () => {
    const pull = aPull('trial');
    await app.comment('ada', '/retrain churn random_forest', pull);
    const { runId } = bench.rig.dispatches.at(-1)!;
    const { green, check } = await runWorkflowJob(
      bench,
      { event: 'workflow_dispatch', headBranch: 'trial', runId },
      { dataset: 'churn', model: 'random_forest' },
    );
    expect(green).toBe(false);
    bench.rig.finishJob(check, 'failure');
    await app.workflowRun('completed', runId);
    expect(commentsOf(pull).at(-1)!.body).toMatch(/^❌ [\s\S]*\n\nNo gate failed\. The job is red all the same/);
  });

  it.each([
    ['of a stranger', 'eve', '/retrain', /eve may not write to this repository/],
    ['of nobody that GitHub knows', 'mallory', '/retrain', /mallory may not write/],
    ['with an unknown parameter', 'ada', '/retrain churn random_forest n_trees=5', /n_trees/],
    ['that is no command of the grammar', 'ada', '/retrain churn; rm -rf', /a word is neither a name nor a setting/],
  ])('/retrain %s is refused, and says why', async (title, login, body, message) => {
    const pull = aPull(title.replace(/\W/g, '-'));
    const before = bench.rig.dispatches.length;
    const comment = await app.comment(login, body, pull);
    expect(bench.rig.dispatches.length).toBe(before);
    expect(bench.rig.reactions(comment).at(-1)).toBe('-1 by mlops-gate[bot]');
    expect(commentsOf(pull).at(-1)!.body).toMatch(message);
  });

  it('/help is answered; talk, and what a bot says, is not', async () => {
    const pull = aPull('talk');
    for (const [login, body] of [
      ['ada', 'nice'],
      ['renovate[bot]', '/help'],
    ] as const)
      await app.comment(login, body, pull);
    expect(commentsOf(pull)).toEqual([]);
    await app.comment('ada', '/help', pull);
    expect(commentsOf(pull)[0]!.body).toContain('`/retrain [dataset] [model] [key=value …]`');
  });
});

describe('deliveries', () => {
  const PING = { zen: 'Keep it logically awesome.' };

  it('without a right signature are refused, and not kept', async () => {
    for (const signature of ['', 'sha256=', `sha256=${'0'.repeat(64)}`, 'sha1=abc'])
      expect(await app.deliver('ping', PING, { id: 'forged', signature })).toMatchObject({ status: 401 });
    expect(await app.deliver('ping', PING, { id: 'forged' })).toEqual({ status: 202, text: 'added' });
  });

  it('are worked off once, and known when they come again after a restart', async () => {
    await app.deliver('ping', PING, { id: 'twice' });
    await app.idle();
    await app.restart();
    expect(await app.deliver('ping', PING, { id: 'twice' })).toEqual({ status: 202, text: 'done' });
  });

  it('are tried again when GitHub fails', async () => {
    const sha = bench.commit('flaky', { 'notes.md': 'flaky\n' });
    const pull = bench.openPullRequest('flaky');
    bench.rig.interrupt({ path: /\/pulls/, with: 500, times: 6 });
    await app.pullRequest('opened', pull);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
  });

  it('are answered on their path alone', async () => {
    expect((await fetch(`${app.url}/`)).status).toBe(404);
    expect((await fetch(`${app.url}/api/github/webhooks`)).status).toBe(405);
    expect(await (await fetch(`${app.url}/healthz`)).json()).toMatchObject({ waiting: 0 });
  });
});

describe('npm run bot', () => {
  const starting = (env: Readonly<Record<string, string>>) =>
    promisify(execFile)(process.execPath, [fileURLToPath(new URL('../../bot/index.ts', import.meta.url))], {
      env: {
        ...{ PATH: process.env.PATH, APP_ID: '1', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: '0123456789abcdef' },
        ...{ PORT: '0', MLOPS_BOT_DATABASE: ':memory:', MLOPS_BOT_SWEEP_MINUTES: '0', ...env },
      },
      // One that starts after all must not run for ever.
      timeout: 100_000,
    });

  it.each(['', 'development'])('refuses to start with the webhook secret %j', async (secret) => {
    await expect(starting({ WEBHOOK_SECRET: secret })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^WEBHOOK_SECRET: is no secret[\s\S]*openssl rand -hex 32/),
    });
  });

  it('says that its port is taken, and where its file cannot be', async () => {
    await expect(starting({ PORT: new URL(app.url).port })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^HOST, PORT: the App cannot listen on 127\.0\.0\.1:\d+\n {2}found: .*EADDRINUSE/),
    });
    const here = fileURLToPath(import.meta.url);
    for (const path of [here, `${here}/none.sqlite`]) {
      await expect(starting({ MLOPS_BOT_DATABASE: path })).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^MLOPS_BOT_DATABASE: .* cannot be used to keep deliveries\n {2}found: /),
      });
    }
  });
});

describe('a gate of drift', () => {
  it('is what the job says of it, and no pass until it has said something', async () => {
    const gated = `${projectFile('{ n_estimators: 20, min_samples_leaf: 5 }')}drift: { max_share: 0.5, current: churn.csv }\n`;
    bench.commit('main', { 'mlops.yml': gated });
    const sha = bench.commit('drift', { 'notes.md': 'drift\n' });
    const pull = bench.openPullRequest('drift');
    await app.pullRequest('opened', pull);
    expect(app.gates(sha)).toMatchObject([{ status: 'queued', conclusion: null }]);
    const { runId, green, log } = await bench.runPullRequest(pull);
    expect(green, log).toBe(true);
    await app.workflowRun('completed', runId);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
  });
});

it('drift without a gate stands in the comment: which columns, and how far they moved', async () => {
  const [header, ...rows] = customers().trimEnd().split('\n');
  const moved = header!.split(',').indexOf('MonthlyCharges');
  const newest = rows.map((row) => row.split(',').map((cell, i) => (i === moved ? String(Number(cell) * 1.5) : cell)));
  bench.commit('main', {
    'mlops.yml': `${projectFile('{ n_estimators: 20, min_samples_leaf: 5 }')}drift: { current: newest.csv }\n`,
    'newest.csv': [header, ...newest.map((row) => row.join(','))].join('\n'),
  });
  const sha = bench.commit('drifted', {
    'mlops.yml': `${projectFile('{ n_estimators: 24, min_samples_leaf: 5 }')}drift: { current: newest.csv }\n`,
  });
  const pull = bench.openPullRequest('drifted');
  const { runId } = await bench.runPullRequest(pull);
  await app.workflowRun('completed', runId);
  const { body } = commentsOf(pull)[0]!;
  expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
  expect(body).toMatch(/<summary>📋 <strong><code>churn<\/code><\/strong>: 1 of \d+ columns drifted/);
  expect(body).toMatch(/\| `MonthlyCharges` \|.*\| Wasserstein .* sd \|/);
});

describe('tokens', () => {
  it('are never asked to do what the App has no permission for', () => {
    expect(bench.rig.refused).toEqual([]);
  });
});
