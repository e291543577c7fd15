import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RECORDED_LIST } from '../../github/recorded-list.ts';
import { readZip } from '../../github/zip-reader.ts';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { runWorkflowJob } from './workflow-job.ts';

const FEW = '{ n_estimators: 5, min_samples_leaf: 5 }';
const STUMP = '{ n_estimators: 1, max_depth: 1 }';

const inRepository = (bench: Workbench, ...args: string[]) => bench.git('--git-dir', bench.repository.gitDir, ...args);
const recorded = (bench: Workbench): string[] =>
  inRepository(bench, 'for-each-ref', 'refs/heads/runs') === ''
    ? []
    : inRepository(bench, 'ls-tree', '-r', '--name-only', 'runs', 'runs/').split('\n');
const worse = (bench: Workbench, branch: string) => {
  bench.commit(branch, { 'mlops.yml': projectFile(STUMP) });
  return bench.openPullRequest(branch);
};
const start = (bench: Workbench) => bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': projectFile(FEW) });
const artifactsOf = (bench: Workbench, { runId }: { readonly runId: number }) =>
  bench.rig
    .artifacts(runId)
    .map(({ name }) => name)
    .filter((name) => !name.endsWith('.html'));

/** Whether an artifact says which of its runs are recorded: then others believe those. */
const listsRecorded = (bench: Workbench, { runId }: { readonly runId: number }) =>
  bench.rig
    .artifacts(runId)
    .filter(({ name }) => !name.endsWith('.html'))
    .some(({ bytes }) => readZip(bytes, { files: 1000, bytes: 100_000_000 }).has(RECORDED_LIST));

describe('what is recorded', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await createWorkbench(runProcess);
    start(bench);
  });
  afterAll(() => bench.close());

  it('is nothing when the artifact could not be uploaded, and the job says what is lost', async () => {
    bench.rig.interrupt({ path: /CreateArtifact$/, times: 1, with: 403 });
    const job = await bench.pushToMain();
    expect(job.log).toMatch(/::warning::the artifact could not be uploaded: .*these runs are not recorded, and later/);
    expect(job.summary).toContain('These runs are not recorded: the artifact could not be uploaded');
    expect(recorded(bench)).toEqual([]);
  });

  it('is a trial of a dispatched workflow neither', async () => {
    const job = await runWorkflowJob(bench, { event: 'workflow_dispatch' }, { model: 'dummy' });
    expect(job.log).toContain('these runs are not recorded: a dispatched workflow that chooses by the input `model`');
    expect(job.summary).toContain('These runs are not recorded: a dispatched workflow that chooses');
    expect(recorded(bench)).toEqual([]);
    expect(listsRecorded(bench, job)).toBe(false);
    const set = await runWorkflowJob(bench, { event: 'push' }, { set: 'models.random_forest.n_estimators=6' });
    expect(set.log).toContain('these runs are not recorded: `set` was given');
    expect(recorded(bench)).toEqual([]);
    expect(artifactsOf(bench, set)).toHaveLength(1);
    expect(listsRecorded(bench, set)).toBe(false);
  });

  it('is what push, schedule and dispatch train, under one name for all', async () => {
    const jobs = [await bench.pushToMain()];
    for (const event of ['schedule', 'workflow_dispatch']) jobs.push(await runWorkflowJob(bench, { event }));
    for (const job of jobs) expect(job.green, job.log).toBe(true);
    expect(recorded(bench)).toHaveLength(6);
    const names = jobs.flatMap((job) => artifactsOf(bench, job));
    expect(new Set(names).size).toBe(1);
    for (const job of jobs) expect(listsRecorded(bench, job)).toBe(true);
    expect(names[0]).toMatch(/^mlops-[0-9a-f]{12}-1$/);
  });

  it('counts once where it is the same thrice, and costs a pull request few requests', async () => {
    const pull = worse(bench, 'stump');
    const job = await runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull });
    expect(job.green, job.log).toBe(false);
    expect(job.summary).toContain('100 % of its rows shared, paired by key');
    expect(job.summary).not.toContain('all count, as repeats');
    expect(bench.rig.requestsOf(job.token).length).toBeLessThanOrEqual(25);
    expect(bench.rig.requestsOf(job.token).length).toBeGreaterThan(5);
    expect(job.log).not.toContain('these runs are not recorded');
  });

  it('is refused to the second of two steps with the same inputs, by name', async () => {
    const { runId } = await runWorkflowJob(bench, { event: 'schedule' });
    const again = await runWorkflowJob(bench, { event: 'schedule', runId });
    expect(again.green).toBe(false);
    expect(again.log).toContain(
      'another step of this workflow run, with the same job name and inputs, has uploaded this artifact',
    );
    expect(recorded(bench)).toHaveLength(8);
  });
});

describe('a baseline', () => {
  let bench: Workbench;
  let pushed: Awaited<ReturnType<Workbench['pushToMain']>>;
  let pull: ReturnType<Workbench['openPullRequest']>;
  beforeAll(async () => {
    bench = await createWorkbench(runProcess);
    start(bench);
    pushed = await bench.pushToMain();
    pull = worse(bench, 'stump');
  });
  afterEach(() => bench.rig.faults.clear());
  afterAll(() => bench.close());
  const judge = () => runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull });
  const runs = () => inRepository(bench, 'rev-parse', 'refs/heads/runs');
  /** What a writer does to the branch of runs. */
  const onRuns = (change: (text: string) => Readonly<Record<string, string>>) => {
    const before = runs();
    const path = recorded(bench).find((one) => one.includes('random_forest'))!;
    const text = inRepository(bench, 'show', `runs:${path}`);
    bench.git('fetch', '--quiet', bench.repository.gitDir, 'runs');
    bench.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    for (const [name, content] of Object.entries(change(text))) {
      const file = join(bench.git('rev-parse', '--show-toplevel'), name || path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    bench.git('add', '--all');
    bench.git('commit', '--quiet', '--message', 'x');
    bench.git('push', '--quiet', bench.repository.gitDir, 'HEAD:refs/heads/runs');
    bench.git('checkout', '--quiet', 'main');
    return () => inRepository(bench, 'update-ref', 'refs/heads/runs', before);
  };

  it('is found when the branch of runs is gone', async () => {
    const before = runs();
    inRepository(bench, 'update-ref', '-d', 'refs/heads/runs');
    const job = await judge();
    inRepository(bench, 'update-ref', 'refs/heads/runs', before);
    expect(job.green, job.log).toBe(false);
    expect(job.summary).toMatch(/### ❌ `churn` roc_auc/);
    expect(job.summary).toContain('100 % of its rows shared, paired by key');
  });

  it('is no file that a writer put on the branch of runs: it is named, and counts for nothing', async () => {
    const undo = onRuns((text) => ({
      'runs/2026/11/24/20261124-073812-churn-random_forest-0badc0de.json': text
        .replace(/"id": ".*"/, '"id": "20261124-073812-churn-random_forest-0badc0de"')
        .replaceAll(/"value": 0\.\d+/g, '"value": 0.5'),
    }));
    const job = await judge();
    undo();
    expect(job.summary).toMatch(/### ❌ `churn` roc_auc/);
    expect(job.summary).toContain('no workflow run on GitHub vouches for');
    expect(job.summary).toContain('20261124-073812-churn-random_forest-0badc0de');
  });

  it('is what was recorded, whatever became of its file, and says so', async () => {
    const undo = onRuns((text) => ({ '': text.replaceAll(/"value": 0\.\d+/g, '"value": 0.5') }));
    const job = await judge();
    undo();
    expect(job.summary).toMatch(/### ❌ `churn` roc_auc/);
    expect(job.summary).toMatch(/the record of run `[^`]*random_forest[^`]*` was altered on the branch of runs/);
  });

  it.each<[string, () => void, string]>([
    ['may not be looked up', () => bench.rig.faults.forbid('actions'), 'permissions: actions: read'],
    ['is of a server without artifacts', () => bench.rig.faults.withoutArtifactService(), 'has no artifact service'],
    [
      'has expired',
      () =>
        bench.rig.artifacts(pushed.runId).forEach((one) => {
          one.expired = true;
        }),
      'has expired',
    ],
    ['was deleted with its workflow run', () => bench.rig.deleteRun(pushed.runId), 'no longer exists on GitHub'],
  ])('that %s is none, and the report says why', async (_title, act, sentence) => {
    act();
    const job = await judge();
    expect(job.summary, job.log).toContain(sentence);
    expect(job.summary).not.toMatch(/^### (✅|🌱)/);
  });
});

describe('a branch that sets rules beside the default one', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await createWorkbench(runProcess);
    const rest = 'tracking: { branches: [main, develop] }\n';
    bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': projectFile(FEW, rest) });
    bench.commit('develop', { 'README.md': 'hello\n' });
    bench.commit('stump', { 'mlops.yml': projectFile(STUMP, rest) });
  });
  afterAll(() => bench.close());

  it('records, and is what changes into it are compared with; into others they are not', async () => {
    const push = await runWorkflowJob(bench, { event: 'push', headBranch: 'develop' });
    expect(push.green, push.log).toBe(true);
    expect(recorded(bench)).toHaveLength(2);
    const pull = (baseRef: string) =>
      bench.rig.openPullRequest({ repository: bench.repository, headRef: 'stump', baseRef });
    const into = await runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull('develop') });
    expect(into.summary, into.log).toMatch(/### ❌ `churn` roc_auc/);
    expect(into.summary).toContain('100 % of its rows shared, paired by key');
    const other = await runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull('main') });
    expect(other.summary, other.log).not.toContain('paired by key');
  });
});

describe('a comment', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await createWorkbench(runProcess);
    start(bench);
    await bench.pushToMain();
  });
  afterAll(() => bench.close());

  it('says which commit it is about, and is replaced when a later job has nothing to judge, or fails', async () => {
    const pull = worse(bench, 'stump');
    await runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull });
    const [comment] = bench.rig.comments(pull);
    expect(comment!.body.split('\n')[1]).toBe(`Commit ${pull.head.sha}`);
    bench.commit('stump', { 'README.md': 'nothing that is trained on\n' });
    await runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull });
    expect(bench.rig.comments(pull)).toHaveLength(1);
    expect(bench.rig.comments(pull)[0]!.body).toContain('No input changed');
    bench.commit('stump', { 'mlops.yml': 'datasets: 7\n' });
    const job = await runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull });
    expect(job.green).toBe(false);
    const comments = bench.rig.comments(pull);
    expect(comments).toHaveLength(1);
    expect(comments[0]!.body.split('\n')[1]).toBe(`Commit ${bench.rig.syncPullRequest(pull).head.sha}`);
    expect(comments[0]!.body).toContain('### ❌ Nothing was judged: ');
    expect(comments[0]!.body).not.toContain('roc_auc (random_forest)');
  });
});
