import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { type InstalledApp, installApp } from './app.fixture.ts';

const ONCE_A_DAY = 1440;
const GOOD = projectFile('{ n_estimators: 10, min_samples_leaf: 5 }');

let bench: Workbench;
let app: InstalledApp;
beforeAll(async () => {
  bench = await createWorkbench(runProcess);
  bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': GOOD });
  await bench.pushToMain();
  app = await installApp(bench, { sweepMinutes: ONCE_A_DAY });
  // Something is heard of the repository.
  await app.deliver('ping', {});
  await app.idle();
});
afterAll(async () => {
  await app.stop();
  await bench.close();
});

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 90_000, interval: 100 });

it('a pull request that nothing was told of gets its check at the next start', async () => {
  const sha = bench.commit('untold', { 'mlops.yml': projectFile('{ n_estimators: 12, min_samples_leaf: 5 }') });
  const pull = bench.openPullRequest('untold');
  await app.restart();
  await eventually(() => expect(app.gates(sha)).toMatchObject([{ status: 'queued' }]));

  // Then the end of its workflow run is lost.
  const { runId } = await bench.runPullRequest(pull);
  await app.restart();
  await eventually(() => expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]));
  expect(app.gates(sha)[0]!.externalId).toBe(`${bench.repository.id}:${sha}:${runId}:1`);

  await eventually(() => expect(bench.rig.comments(pull)).toHaveLength(1));

  // What is up to date costs one request per pull request.
  const before = bench.rig.requests.length;
  await app.restart();
  await eventually(() => expect(bench.rig.requests.slice(before).join('\n')).toMatch(/check-runs/));
  await app.idle();
  expect(bench.rig.requests.slice(before).filter((line) => /pulls|check-runs|actions\/runs/.test(line))).toHaveLength(
    3,
  );
});

it('a pull request whose run was run again, and told no end: judged by the newest attempt', async () => {
  const sha = bench.commit('again', { 'mlops.yml': projectFile('{ n_estimators: 14, min_samples_leaf: 5 }') });
  const pull = bench.openPullRequest('again');
  const { runId } = await bench.runPullRequest(pull);
  await app.workflowRun('completed', runId);
  expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]);
  const second = bench.rig.startWorkflowRun({
    ...{ repository: bench.repository, event: 'pull_request', pullRequest: pull, runId, attempt: 2 },
  });
  bench.rig.finishJob(second.job, 'failure');
  await app.restart();
  await eventually(() => expect(app.gates(sha)).toMatchObject([{ conclusion: 'failure' }]));
  expect(app.gates(sha)[0]!.externalId).toMatch(/:2$/);
});

it('deliveries that failed are asked for again: once each, none that was taken, and none that fails each time', async () => {
  const lost = bench.rig.hookDelivery({ guid: 'lost', event: 'issue_comment', statusCode: 502 });
  bench.rig.hookDelivery({ guid: 'fine', event: 'push', statusCode: 202 });
  bench.rig.hookDelivery({ guid: 'taken', event: 'ping', statusCode: 504 });
  for (let i = 0; i < 6; i++) bench.rig.hookDelivery({ guid: 'refused', event: 'ping', statusCode: 400 });
  await app.deliver('ping', {}, { id: 'taken' });
  await app.restart();
  await eventually(() => expect(bench.rig.redeliveries).toEqual([lost]));
  // It comes again, and is not asked for any more.
  await app.deliver('issue_comment', { action: 'deleted' }, { id: 'lost' });
  await app.idle();
  const before = bench.rig.requests.length;
  await app.restart();
  await eventually(() => expect(bench.rig.requests.slice(before).join('\n')).toMatch(/\/pulls/));
  expect(bench.rig.redeliveries).toEqual([lost]);
});

it('a sweep that GitHub refuses does no harm', async () => {
  bench.rig.interrupt({ path: /hook\/deliveries/, with: 500, times: 50 });
  const sha = bench.commit('after-refusal', { 'notes.md': 'words\n' });
  bench.openPullRequest('after-refusal');
  await app.restart();
  await eventually(() => expect(app.gates(sha)).toMatchObject([{ conclusion: 'success' }]));
  bench.rig.faults.clear();
});
