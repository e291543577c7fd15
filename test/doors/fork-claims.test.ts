import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPage, workflowOf } from '../docs/pages.ts';
import type { PullRequest } from '../rig/state.ts';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { runWorkflowJob } from './workflow-job.ts';

/** The step and the permissions of the workflow that the page offers. */
const { comment } = parse(workflowOf(readPage('docs/forks.md'))).jobs;
const STUMP = projectFile('{ n_estimators: 1, max_depth: 1 }');
const home = mkdtempSync(join(tmpdir(), 'companions-'));

let bench: Workbench;
let pull: PullRequest;
let job: Awaited<ReturnType<Workbench['runPullRequest']>>;
let refusedBefore: number;
beforeAll(async () => {
  bench = await createWorkbench(runProcess);
  bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': projectFile('{ n_estimators: 5 }') });
  await bench.pushToMain();
  const { rig, repository } = bench;
  const fork = rig.createRepository({ owner: 'mona', name: 'churn', forkOf: repository });
  bench.commit('stump', { 'mlops.yml': STUMP }, fork);
  pull = bench.openPullRequest('stump', fork);
  refusedBefore = rig.refused.length;
  job = await bench.runPullRequest(pull);
});
afterAll(async () => {
  await bench.close();
  rmSync(home, { recursive: true, force: true });
});

/** The companion workflow of a workflow run that has ended. Nothing is checked out. */
async function companion(runId: number, inputs: Readonly<Record<string, string>>) {
  const { rig, repository } = bench;
  const permissions = { actions: comment.permissions.actions, pull_requests: comment.permissions['pull-requests'] };
  const started = rig.startWorkflowRun({
    ...{ repository, event: 'workflow_run', path: '.github/workflows/mlops-comment.yml', permissions },
    payload: { action: 'completed', workflow_run: rig.workflowRunJson(runId) },
  });
  const folder = mkdtempSync(join(home, 'job-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const env = { ...started.env, ...Object.fromEntries(given) };
  return runProcess({ started: { ...started, env }, event: 'workflow_run', workspace, folder });
}

const bodies = (of: PullRequest) => bench.rig.comments(of).map(({ body }) => body);
const asFork = 'The pull request has no comment of this job, because on a pull request of a fork a job may only read.';

describe('a job that may only read', () => {
  it('of a fork ends as its gates say, tries no write, and says in its summary how to get a comment', () => {
    expect(job.green, job.log).toBe(false);
    expect(job.summary).toContain('### ❌ `churn` roc_auc');
    expect(job.summary).toContain(asFork);
    expect(job.summary).toContain('(https://github.com/org/mlops-action/blob/main/docs/forks.md)');
    expect(bench.rig.refused).toHaveLength(refusedBefore);
    expect(bodies(pull)).toEqual([]);
  });

  it('of Dependabot does the same', async () => {
    const { rig } = bench;
    bench.commit('bump', { 'mlops.yml': STUMP });
    const bump = bench.openPullRequest('bump');
    const refused = rig.refused.length;
    const { token, ...own } = await runWorkflowJob(bench, {
      ...{ event: 'pull_request', pullRequest: bump, actor: 'dependabot[bot]' },
    });
    expect(own.green, own.log).toBe(false);
    expect(own.summary).toContain(asFork.replace('a fork', 'Dependabot'));
    // GraphQL is asked by POST; the rig refuses what would change something.
    const asks = (line: string) => line.startsWith('GET ') || line === 'POST /api/graphql';
    expect(rig.requestsOf(token).filter((line) => !asks(line))).toEqual([]);
    expect(rig.refused).toHaveLength(refused);
    expect(bodies(bump)).toEqual([]);
  });
});

describe('the workflow that docs/forks.md offers', () => {
  it('comments what the job of the fork says', async () => {
    const ended = await companion(job.runId, comment.steps[0].with);
    expect(ended.green, ended.log).toBe(true);
    expect(ended.summary).toMatch(/^Pull request \d+ has \[a comment\]/);
    expect(bodies(pull)).toEqual([expect.stringMatching(/### ⚠️ Claims of a fork’s run[\s\S]*### ❌ `churn` roc_auc/)]);
    expect(bench.rig.artifacts(ended.runId)).toEqual([]);
  });

  it('trains nothing', async () => {
    const ended = await companion(job.runId, { command: 'pipeline' });
    expect(ended.green).toBe(false);
    expect(ended.log).toContain('the event workflow_run cannot be used for training');
  });

  it('is told what its input lacks', async () => {
    const ended = await companion(job.runId, { command: 'comment' });
    expect(ended.green).toBe(false);
    expect(ended.log).toContain('input workflow: must name the workflow whose reports `command: comment` posts');
  });
});
