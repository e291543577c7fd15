import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkbench, customers, projectFile, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { runWorkflowJob } from './workflow-job.ts';

const FOREST = '{ n_estimators: 12, max_depth: 1 }';

describe('tuning in a job', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await createWorkbench(runProcess);
    bench.commit('main', { 'churn.csv': customers(), 'mlops.yml': projectFile(FOREST) });
  });
  afterAll(() => bench.close());

  it('shows the trials, records nothing as a run of the commit, and leaves the gate as it was', async () => {
    const inputs = { command: 'tune', model: 'random_forest', trials: '3' };
    const tuned = await runWorkflowJob(bench, { event: 'push' }, inputs);
    expect(tuned.green, tuned.log).toBe(true);
    expect(tuned.summary).toMatch(/### `\w+` `random_forest`/);
    expect(tuned.summary).toContain('3 trials');
    expect(bench.git('--git-dir', bench.repository.gitDir, 'for-each-ref', 'refs/heads/runs')).toBe('');
    expect((await bench.pushToMain()).green).toBe(true);
    bench.commit('worse', { 'mlops.yml': projectFile('{ n_estimators: 1, max_depth: 1 }') });
    const judged = await runWorkflowJob(bench, { event: 'pull_request', pullRequest: bench.openPullRequest('worse') });
    expect(judged.summary).toContain('100 % of its rows shared, paired by key');
  });

  it('says which input is wrong', async () => {
    const { green, log } = await runWorkflowJob(bench, { event: 'push' }, { command: 'tune', pruner: 'medium' });
    expect([green, log]).toEqual([false, expect.stringContaining('did you mean "median"?')]);
  });
});
