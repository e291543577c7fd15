import { beforeAll, describe, expect, it } from 'vitest';
import { useRig } from '../../rig/rig.fixture.ts';
import type { PullRequest } from '../../rig/state.ts';
import { attack } from './attack.ts';
import { aTeam, project, type SeenJob, type Team } from './team.fixture.ts';

const fixture = useRig();
/** Fewer trees are worse: with 8 that is proved, with 10 or with 9 small ones it is not. */
const forest = (trees: number, rest = '') =>
  `${project({ models: '[random_forest, dummy]', gates: 'model: random_forest, roc_auc: { max_drop: 0.01 }' })}models: { random_forest: { n_estimators: ${trees}${rest} } }\n`;
const DROPPED = /^❌ `churn` roc_auc \(`random_forest`\) dropped by 0\.\d+ .*: `mlops accept churn\.roc_auc`$/;
const AGAIN =
  /^❌ `churn` roc_auc \(`random_forest`\): an earlier push of this pull request \(`[0-9a-f]{7}`\) failed on it, so this one must be shown to be better \(p ≤ 0\.05\): it is better by 0\.\d+ ± 0\.\d+ \(p = \.\d+\)\. If that is intended: `mlops accept churn\.roc_auc`$/;

describe('a pull request that is pushed again and again', () => {
  let team: Team;
  let pull: PullRequest;
  const failed: number[] = [];
  const push = async (trees: number, rest = ''): Promise<SeenJob> => {
    team.push(pull.head.ref, { 'mlops.yml': forest(trees, rest) });
    const job = await team.judge(fixture.rig.syncPullRequest(pull));
    if (!job.green) failed.push(job.runId);
    return job;
  };
  beforeAll(async () => {
    team = aTeam(fixture, { 'mlops.yml': forest(40) });
    await team.train();
    pull = team.propose('cheaper', { 'mlops.yml': forest(8) });
  });

  attack('is red at first', { title: DROPPED }, async () => {
    const job = await team.judge(pull);
    failed.push(job.runId);
    return job;
  });

  attack('is red with the luck of another forest', { title: AGAIN }, () => push(10));

  attack('is red with the luck of a third', { title: AGAIN }, async () => {
    const job = await push(9, ', max_depth: 6');
    expect(job.requests.length).toBeLessThanOrEqual(30);
    return job;
  });

  it('is green when it is repaired, and when nothing of it is left', async () => {
    const repaired = await push(60);
    expect(repaired.title, repaired.log).toMatch(/^✅ /);
    const undone = await push(40);
    expect(undone.title, undone.log).toMatch(/^✅ No input changed/);
  });

  it('is judged as if for the first time where its failed runs were deleted', async () => {
    for (const runId of failed) fixture.rig.deleteRun(runId);
    const job = await push(10);
    expect(job.title, job.log).toMatch(/^✅ /);
  });

  it('starts anew as another pull request', async () => {
    const other = team.propose('again', { 'mlops.yml': forest(10) });
    expect((await team.judge(other)).green).toBe(true);
  });
});
