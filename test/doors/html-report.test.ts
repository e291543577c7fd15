import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { runWorkflowJob } from './workflow-job.ts';

describe('the HTML report of a job', () => {
  let bench: Workbench;
  let pull: ReturnType<Workbench['openPullRequest']>;
  beforeAll(async () => {
    bench = await createWorkbench(runProcess);
    bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': projectFile('{ n_estimators: 5 }') });
    await bench.pushToMain();
    bench.commit('fewer', { 'mlops.yml': projectFile('{ n_estimators: 4 }') });
    pull = bench.openPullRequest('fewer');
  });
  afterEach(() => bench.rig.faults.clear());
  afterAll(() => bench.close());

  const judge = () => runWorkflowJob(bench, { event: 'pull_request', pullRequest: pull });
  const pageOf = ({ runId }: { readonly runId: number }) =>
    bench.rig.artifacts(runId).find(({ name }) => /^mlops-report-[0-9a-f]{12}-1\.html$/.test(name));
  const lastComment = () => bench.rig.comments(pull).at(-1)!.body;

  it('is an artifact of its own that a browser opens, and the first link of comment and summary', async () => {
    const job = await judge();
    const page = pageOf(job)!;
    const html = new TextDecoder().decode(page.bytes);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('<h2 id="dataset-0"><code>churn</code></h2>');
    const address = `${bench.rig.serverUrl}/octo/churn/actions/runs/${job.runId}/artifacts/${page.id}`;
    for (const text of [lastComment(), job.summary])
      expect(/\]\((\S+?)\)/.exec(text)?.[1]?.replace(/^<|>$/g, '')).toBe(address);
  });

  it('is linked nowhere when it could not be uploaded, and the job says why; the verdict is the same', async () => {
    bench.rig.interrupt({ path: /CreateArtifact$/, after: 1, times: 1, with: 403 });
    const job = await judge();
    expect(pageOf(job)).toBeUndefined();
    expect(job.log).toMatch(/::warning::the HTML report could not be uploaded, so nothing links it: /);
    expect(lastComment()).not.toContain('/artifacts/');
    expect(job.summary).not.toContain('/artifacts/');
    expect(job.summary).toContain('roc_auc');
  });

  it('is not made where nothing was trained', async () => {
    bench.commit('readme', { 'README.md': 'a model' });
    const job = await runWorkflowJob(bench, { event: 'pull_request', pullRequest: bench.openPullRequest('readme') });
    expect(job.summary).toContain('No input changed');
    expect(bench.rig.artifacts(job.runId)).toHaveLength(1);
  });
});
