import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkbench, customers, type JobRunner, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';

let event: string;
/** The step of a workflow that reacts to another event than the template's. */
const runForEvent: JobRunner = (job) =>
  runProcess({ ...job, started: { ...job.started, env: { ...job.started.env, GITHUB_EVENT_NAME: event } } });

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench(runForEvent);
  bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': projectFile('{ n_estimators: 5 }') });
  bench.commit('change', { 'mlops.yml': projectFile('{ n_estimators: 6 }') });
});
afterAll(() => bench.close());

it.each(['pull_request_target', 'workflow_run', 'issue_comment'])('%s trains nothing and says why', async (name) => {
  event = name;
  const job = await bench.runPullRequest(bench.openPullRequest('change'));
  expect(job.green).toBe(false);
  expect(job.log).toContain(`the event ${name} cannot be used for training`);
  expect(job.log).toContain('trigger the workflow on `pull_request` instead');
  expect(job.log).not.toMatch(/trained|\n {4}at |bug in mlops-action/);
  expect(bench.rig.artifacts(job.runId)).toEqual([]);
});
