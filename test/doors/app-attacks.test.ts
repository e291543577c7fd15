import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { aZip } from '../../github/zip.fixture.ts';
import type { PullRequest } from '../rig/state.ts';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { type InstalledApp, installApp, RETRAIN_WORKFLOW } from './app.fixture.ts';

/** Made before anything is connected: it takes seconds, after which a server ends connections that are idle. */
const HUGE = aZip([{ name: 'report.json', content: Buffer.alloc(210_000_000) }]);
const STUMP = projectFile('{ n_estimators: 1, max_depth: 1 }');

let bench: Workbench;
let app: InstalledApp;
/** Of a pull request that passes: the artifact that an attacker copies. */
let good: { readonly pull: PullRequest; readonly runId: number; readonly name: string; readonly bytes: Uint8Array };
beforeAll(async () => {
  bench = await createWorkbench(runProcess);
  bench.commit('main', {
    'churn.csv': customers(),
    'mlops.yml': projectFile('{ n_estimators: 10, min_samples_leaf: 5 }'),
    '.github/workflows/mlops.yml': RETRAIN_WORKFLOW,
  });
  await bench.pushToMain();
  app = await installApp(bench);
  bench.rig.setRole(bench.repository, 'ada', 'write');
  bench.rig.setRole(bench.repository, 'tim', 'triage');
  bench.commit('good', { 'mlops.yml': projectFile('{ n_estimators: 14, min_samples_leaf: 5 }') });
  const pull = bench.openPullRequest('good');
  const { runId } = await bench.runPullRequest(pull);
  const [artifact] = bench.rig.artifacts(runId);
  good = { pull, runId, name: artifact!.name, bytes: artifact!.bytes };
});
afterEach(() => {
  bench.rig.faults.clear();
  bench.rig.assertExpected();
});
afterAll(async () => {
  await app.stop();
  await bench.close();
});

const repliesTo = (pull: { readonly number: number }) =>
  bench.rig
    .comments({ number: pull.number, base: { repository: bench.repository } })
    .filter(({ login }) => login === 'mlops-gate[bot]');
let branches = 0;
/** A pull request that changes the model, so that it needs a workflow run. */
function aBadPull() {
  const branch = `bad-${++branches}`;
  const sha = bench.commit(branch, { 'mlops.yml': STUMP, 'n.md': branch });
  return { sha, pull: bench.openPullRequest(branch) };
}
/** Its workflow run, green by its own word, which leaves this artifact. */
async function claims(pull: PullRequest, artifact: { readonly name: string; readonly bytes: Uint8Array } | null) {
  const { runId, job } = bench.rig.startWorkflowRun({
    ...{ repository: bench.repository, event: 'pull_request', pullRequest: pull },
  });
  if (artifact) bench.rig.addArtifact({ runId, ...artifact });
  bench.rig.finishJob(job, 'success');
  await app.workflowRun('completed', runId);
  return runId;
}

describe('forged deliveries', () => {
  const payload = { action: 'opened', pull_request: { number: 1, head: { sha: '0'.repeat(40) } } };

  it.each([
    [
      'signed with another secret',
      (body: string) => `sha256=${createHmac('sha256', 'development').update(body).digest('hex')}`,
    ],
    ['with the signature of other bytes', () => `sha256=${createHmac('sha256', 'x').update('other').digest('hex')}`],
    [
      'with a signature of another kind',
      (body: string) => `sha1=${createHmac('sha1', 'x').update(body).digest('hex')}`,
    ],
    ['with a signature in upper case, or cut', () => `sha256=${'A'.repeat(63)}`],
  ])('%s are refused and not kept', async (_title, sign) => {
    const id = randomUUID();
    expect(await app.deliver('pull_request', payload, { id, signature: sign(JSON.stringify(payload)) })).toMatchObject({
      status: 401,
    });
    expect(await app.deliver('ping', {}, { id })).toEqual({ status: 202, text: 'added' });
  });

  it('of more than 25 MiB are refused before they are kept', async () => {
    const response = await app.deliver('ping', { filler: 'x'.repeat(26 * 2 ** 20) });
    expect(response.status).toBe(413);
  });

  it('that name no installation do not stop those after them', async () => {
    await app.deliver('pull_request', payload, { origin: {} });
    await app.deliver('pull_request', payload, {
      origin: { repository: { id: 1, name: 'x', owner: { login: 'y' } }, installation: { id: 999 } },
    });
    const sha = bench.commit('after-poison', { 'notes.md': 'words\n' });
    const { number } = bench.openPullRequest('after-poison');
    await app.deliver('pull_request', { action: 'opened', number, pull_request: { number, head: { sha } } });
    await vi.waitFor(() => expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]), { timeout: 60_000 });
  });
});

describe('comments', () => {
  const asked = () => bench.rig.dispatches.length;
  const deliverComment = (
    { id, body }: { readonly id: number; readonly body: string },
    {
      action = 'created',
      login = 'ada',
      type = 'User',
      sender,
    }: { readonly action?: string; readonly login?: string; readonly type?: string; readonly sender?: string } = {},
  ) =>
    app.deliver('issue_comment', {
      ...{
        action,
        issue: { number: good.pull.number, pull_request: {} },
        comment: { id, body, user: { login, type } },
      },
      sender: { login, type: sender ?? type },
    });

  it('delivered again, under another number too, start nothing again, nor after a restart', async () => {
    const before = asked();
    const comment = await app.comment('ada', '/retrain churn', good.pull);
    expect(asked()).toBe(before + 1);
    const replies = repliesTo(good.pull).length;
    await deliverComment(comment);
    await app.idle();
    await app.restart();
    await deliverComment(comment);
    await app.idle();
    expect(asked()).toBe(before + 1);
    expect(repliesTo(good.pull)).toHaveLength(replies);
  });

  it.each([['reset'], [502]] as const)(
    'start nothing twice where GitHub answers with %s, and say so',
    async (fault) => {
      const before = asked();
      const answered = repliesTo(good.pull).length;
      bench.rig.interrupt({ path: /\/dispatches$/, with: fault, times: 1 });
      const comment = await app.comment('ada', '/retrain churn', good.pull);
      await app.restart();
      await deliverComment(comment);
      await app.idle();
      expect(asked()).toBe(before);
      expect(repliesTo(good.pull).slice(answered)).toMatchObject([
        { body: expect.stringMatching(/^GitHub did not say whether it started `mlops\.yml` on `good`/) },
      ]);
      expect(bench.rig.reactions(comment).at(-1)).toBe('confused by mlops-gate[bot]');
    },
  );

  it('that were edited or deleted, and those of bots, whoever sends them, start nothing', async () => {
    const before = asked();
    const comment = bench.rig.comment(bench.repository, good.pull.number, 'ada', '/retrain churn');
    await deliverComment(comment, { action: 'edited' });
    await deliverComment(comment, { action: 'deleted' });
    await deliverComment(comment, { login: 'mlops-gate[bot]', type: 'Bot' });
    await deliverComment(comment, { login: 'dependabot[bot]', type: 'Bot', sender: 'User' });
    await deliverComment(comment, { sender: 'Bot' });
    await deliverComment({ id: 1, body: '/retrain churn' });
    await app.idle();
    expect(asked()).toBe(before);
  });

  it('of the App itself never begin with a command', async () => {
    expect(repliesTo(good.pull).filter(({ body }) => body.startsWith('/'))).toEqual([]);
  });

  it.each([
    ['of somebody who may only triage', 'tim', '/retrain churn'],
    ['with a shell in a value', 'ada', '/retrain churn random_forest n_estimators=$(id)'],
    ['with an expression in a value', 'ada', `/retrain churn random_forest n_estimators=\${{secrets.X}}`],
    ['with a key of another place', 'ada', '/retrain churn random_forest gates.roc_auc.min=0'],
    ['with the prototype', 'ada', '/retrain churn random_forest __proto__=1'],
    ['with a value of another type', 'ada', '/retrain churn random_forest n_estimators=1e9999'],
    ['with quotes and JSON', 'ada', '/retrain churn random_forest a="},{"b=1'],
    ['with a name that is a path', 'ada', '/retrain ../../etc/passwd'],
    ['with another alphabet', 'ada', '/retrain сhurn'],
    ['of 60,000 characters', 'ada', `/retrain ${'a'.repeat(60_000)}`],
    ['with markup and mentions', 'ada', '/retrain <img/src=x> @octo/team'],
  ])('%s start nothing, and are answered shortly, without markup of theirs', async (_title, login, body) => {
    const before = asked();
    const answered = repliesTo(good.pull).length;
    await app.comment(login, body, good.pull);
    expect(asked()).toBe(before);
    const [reply, ...more] = repliesTo(good.pull).slice(answered);
    expect(more).toEqual([]);
    expect(reply!.body).toMatch(/^Nothing was started\./);
    expect(reply!.body.length).toBeLessThan(12_000);
    expect(bench.rig.notifications(reply!.body).filter(({ kind }) => kind !== 'commit')).toEqual([]);
  });

  it('ask nothing of a fork', async () => {
    const fork = bench.rig.createRepository({ owner: 'mona', name: 'churn', forkOf: bench.repository });
    bench.commit('theirs', { 'notes.md': 'theirs\n' }, fork);
    const pull = bench.openPullRequest('theirs', fork);
    const before = asked();
    await app.comment('ada', '/retrain churn', pull);
    expect(asked()).toBe(before);
    expect(repliesTo(pull).at(-1)!.body).toContain('a branch of a fork cannot be trained from here');
  });
});

describe('artifacts', () => {
  it.each([
    ['of another pull request, which passes', () => good],
    ['that inflates to gigabytes', () => ({ name: good.name, bytes: HUGE })],
    [
      'that leads out of its folder',
      () => ({ name: good.name, bytes: aZip([{ name: '../report.json', content: '{}' }]) }),
    ],
    [
      'with a report of its own making',
      () => ({
        name: good.name,
        bytes: aZip([{ name: 'report.json', content: '{"schema":2,"verdict":{"outcome":"pass"}}' }]),
      }),
    ],
    ['that is none', () => ({ name: good.name, bytes: Buffer.from('PK') })],
  ])('%s turns nothing green', async (_title, artifact) => {
    const { sha, pull } = aBadPull();
    await claims(pull, artifact());
    expect(app.gates(sha)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(repliesTo(pull)).toHaveLength(1);
  });

  it('of an earlier attempt does not count where the newest failed', async () => {
    await app.workflowRun('completed', good.runId);
    const { sha } = good.pull.head;
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
    const again = bench.rig.startWorkflowRun({
      ...{ repository: bench.repository, event: 'pull_request', pullRequest: good.pull, runId: good.runId, attempt: 2 },
    });
    bench.rig.finishJob(again.job, 'failure');
    await app.workflowRun('completed', good.runId);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'failure' }]);
  });
});

describe('checks', () => {
  it('of a job by the App’s name are not the App’s, and do not freeze it', async () => {
    const { sha, pull } = aBadPull();
    const token = bench.rig.createToken(bench.repository, { checks: 'write' });
    const response = await fetch(`${bench.rig.apiUrl}/repos/${bench.repository.fullName}/check-runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ name: 'mlops/gate', head_sha: sha, status: 'completed', conclusion: 'success' },
        external_id: `${bench.repository.id}:${sha}:999999999:9`,
      }),
    });
    expect(response.status).toBe(201);
    await app.pullRequest('opened', pull);
    expect(app.gates(sha)).toMatchObject([{ status: 'queued' }]);
  });

  it('a branch that is named like a merge queue’s gets none', async () => {
    const sha = bench.commit('looks-queued', { 'mlops.yml': STUMP });
    const base = bench.git('rev-parse', 'main');
    bench.git('push', '--quiet', bench.repository.gitDir, `${sha}:refs/heads/gh-readonly-queue/main/pr-1-${base}`);
    const { runId, job } = bench.rig.startWorkflowRun({
      ...{
        repository: bench.repository,
        event: 'push',
        headBranch: `gh-readonly-queue/main/pr-1-${base}`,
        headSha: sha,
      },
    });
    bench.rig.finishJob(job, 'success');
    await app.workflowRun('completed', runId);
    expect(app.gates(sha)).toEqual([]);
  });

  it('a pull request that deletes the rules is red', async () => {
    const sha = bench.commit('no-rules', { 'mlops.yml': null });
    const pull = bench.openPullRequest('no-rules');
    await claims(pull, null);
    expect(app.gates(sha)).toMatchObject([{ conclusion: 'failure' }]);
    expect(repliesTo(pull)[0]!.body).toContain('cannot be read in this change');
  });

  it('what was taken before a restart is worked off after it', async () => {
    const { sha, pull } = aBadPull();
    bench.rig.interrupt({ path: /access_tokens/, with: 503, times: 3 });
    await app.deliver('pull_request', {
      ...{ action: 'opened', number: pull.number, pull_request: { number: pull.number, head: { sha } } },
    });
    await app.restart();
    await vi.waitFor(() => expect(app.gates(sha)).toMatchObject([{ status: 'queued' }]), { timeout: 60_000 });
  });
});
