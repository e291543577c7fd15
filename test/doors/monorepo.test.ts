import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkbench, customers, type Workbench } from '../story/workbench.ts';
import { runProcess } from './action-process.ts';
import { runWorkflowJob } from './workflow-job.ts';

const FEW = '{ n_estimators: 5, min_samples_leaf: 5 }';
const STUMP = '{ n_estimators: 1, max_depth: 1 }';
const GATED = 'target: Churn, metrics: [roc_auc], models: [random_forest], gates: { roc_auc: { max_drop: 0.01 } }';

const project = (datasets: readonly string[], forest: string) => `datasets:
${datasets.map((name) => `  ${name}: { path: ${name}.csv, ${GATED} }\n`).join('')}models: { random_forest: ${forest} }
`;
/** The same customers by other ids: rows of one table are none of the other. */
const others = () =>
  customers()
    .split('\n')
    .map((line, i) => (i > 0 && line ? line.replace(/^[^,]*/, `other-${i}`) : line))
    .join('\n');
const twoFolders = (forest: string) => ({
  'a/churn.csv': customers(),
  'a/mlops.yml': project(['churn'], forest),
  'b/churn.csv': others(),
  'b/mlops.yml': project(['churn'], forest),
});

describe('a repository with several jobs', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await createWorkbench(runProcess);
  });
  afterEach(() => bench.close());

  type Leg = readonly [start: { readonly path?: string; readonly job?: string }, inputs: Record<string, string>];
  /** All legs on main, then on a pull request; of each what it says of its baseline, and the comments. */
  async function legsOf(legs: readonly Leg[], change: Record<string, string>, oneRun: boolean) {
    let runId: number | undefined;
    for (const [start, inputs] of legs) {
      const job = await runWorkflowJob(bench, { event: 'push', ...start, ...(oneRun && runId && { runId }) }, inputs);
      expect(job.green, job.log).toBe(true);
      runId ??= job.runId;
    }
    bench.commit('worse', change);
    const pullRequest = bench.openPullRequest('worse');
    const summaries: string[] = [];
    for (const [start, inputs] of legs)
      summaries.push((await runWorkflowJob(bench, { event: 'pull_request', pullRequest, ...start }, inputs)).summary);
    return { summaries, comments: bench.rig.comments(pullRequest).map(({ body }) => body) };
  }

  it.each<[string, Leg[], boolean]>([
    [
      'two legs of a matrix over folders',
      [
        [{}, { 'working-directory': 'a' }],
        [{}, { 'working-directory': 'b' }],
      ],
      true,
    ],
    [
      'two workflows, whose datasets have one name',
      [
        [{ path: '.github/workflows/a.yml' }, { 'working-directory': 'a' }],
        [{ path: '.github/workflows/b.yml' }, { 'working-directory': 'b' }],
      ],
      false,
    ],
  ])('compares each with its own, and comments on each: %s', async (_title, legs, oneRun) => {
    bench.commit('main', twoFolders(FEW));
    const change = { 'a/mlops.yml': project(['churn'], STUMP), 'b/mlops.yml': project(['churn'], STUMP) };
    const { summaries, comments } = await legsOf(legs, change, oneRun);
    for (const summary of summaries) {
      expect(summary).toMatch(/^### ❌ `churn` roc_auc/);
      expect(summary).toContain('100 % of its rows shared, paired by key');
      expect(summary).not.toContain('recorded, so they count for nothing');
    }
    expect(comments).toHaveLength(2);
    expect(new Set(comments.map((body) => body.split('\n', 1)[0])).size).toBe(2);
  });

  it('compares each leg of a matrix over datasets with its own, in either order', async () => {
    bench.commit('main', {
      'churn.csv': customers(),
      'other.csv': others(),
      'mlops.yml': project(['churn', 'other'], FEW),
    });
    const legs: Leg[] = ['churn', 'other'].map((dataset) => [{}, { dataset }]);
    const { summaries, comments } = await legsOf(legs, { 'mlops.yml': project(['churn', 'other'], STUMP) }, true);
    expect(summaries.map((summary) => /`(\w+)` roc_auc/.exec(summary)?.[1])).toEqual(['churn', 'other']);
    for (const summary of summaries) expect(summary).toContain('100 % of its rows shared, paired by key');
    expect(comments).toHaveLength(2);
  });
});
