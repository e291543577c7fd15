import { describe, expect, it } from 'vitest';
import { aLimit, aReport, aVerdict } from '../core/report/report.fixture.ts';
import { formatReport } from '../core/report/report-file.ts';
import { aRun } from '../core/tracking/run.fixture.ts';
import { runCodec } from '../core/tracking/run-codec.ts';
import { runPath } from '../core/tracking/run-id.ts';
import { useRig } from '../test/rig/rig.fixture.ts';
import type { Conclusion, Permissions, PullRequest } from '../test/rig/state.ts';
import type { StartOptions } from '../test/rig/workflow-runs.ts';
import { earlierPushes, type JudgedPush } from './failed-pushes.ts';
import { artifactName } from './job-key.ts';
import { aZip } from './zip.fixture.ts';

const fixture = useRig();
const KEY = '0badc0de0bad';
const READ: Permissions = { actions: 'read', pull_requests: 'read', contents: 'read' };
const aDrop = aLimit({ outcome: 'fail', reason: 'drop_past_limit' });

/** A repository with a pull request, whose pushes leave what they were told to. */
function someone() {
  const { rig } = fixture;
  const project = fixture.aProject({ private: true });
  const { repository, names } = project;
  let pushes = 0;
  const pushOn = (branch: string) => project.push(branch, { a: `${++pushes}` });
  pushOn('work');
  const pull = rig.openPullRequest({ repository, headRef: 'work' });
  const judge = (
    of: Partial<StartOptions> & {
      readonly conclusion?: Conclusion;
      readonly key?: string;
      readonly gate?: typeof aDrop;
    } = {},
  ) => {
    const { conclusion = 'failure', key = KEY, gate = aDrop, ...start } = of;
    const { runId, job } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, ...start });
    const attempt = start.attempt ?? 1;
    const run = aRun({ workflow: { runId, attempt } });
    const report = aReport({ verdict: aVerdict({ outcome: 'fail', gates: [gate] }) });
    const bytes = aZip([
      { name: 'report.json', content: formatReport(report) },
      { name: runPath(run.id), content: runCodec.format(run) },
    ]);
    const artifact = rig.addArtifact({ runId, name: artifactName(key, attempt), bytes });
    rig.finishJob(job, conclusion);
    return { runId, artifact };
  };
  const push = (): string => {
    const sha = pushOn('work');
    rig.syncPullRequest(pull);
    return sha;
  };
  /** What a job of the pull request's head learns. */
  const learn = async (of: { readonly job?: JudgedPush['job']; readonly permissions?: Permissions } = {}) => {
    const { runId } = rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull });
    const { head, number } = rig.syncPullRequest(pull);
    const job = of.job === undefined ? { key: KEY, runId, attempt: 1 } : of.job;
    const asked = { number, headRef: head.ref, headSha: head.sha, job };
    return earlierPushes(project.client(of.permissions ?? READ), names, asked);
  };
  return { rig, project, repository, pull: pull as PullRequest, judge, push, pushOn, learn };
}

const shasOf = ({ failed }: Awaited<ReturnType<typeof earlierPushes>>) => failed.map(({ sha }) => sha);

describe('earlierPushes', () => {
  it('finds what earlier heads failed on, newest first, with what they predicted', async () => {
    const { pull, judge, push, learn } = someone();
    const first = pull.head.sha;
    judge();
    const second = push();
    judge({ gate: { ...aDrop, metric: 'accuracy' } });
    push();
    const found = await learn();
    expect(found.problems).toEqual([]);
    expect(shasOf(found)).toEqual([second, first]);
    expect(found.failed[1]).toMatchObject({
      gate: { metric: 'roc_auc', reason: 'drop_past_limit' },
      evaluatedRun: { run: { dataset: 'churn', model: 'random_forest' } },
    });
  });

  it('knows nothing of a first push, of one that passed, and of a gate that was no proved drop', async () => {
    const { judge, push, learn } = someone();
    expect(await learn()).toEqual({ failed: [], problems: [] });
    judge({ conclusion: 'success' });
    push();
    judge({ gate: aLimit({ outcome: 'fail', reason: 'too_noisy' }) });
    push();
    expect(await learn()).toEqual({ failed: [], problems: [] });
  });

  it('knows the same head of an earlier workflow run and of an earlier attempt, not of a later one', async () => {
    const { pull, judge, learn, rig, repository } = someone();
    const { runId } = judge();
    expect(shasOf(await learn())).toEqual([pull.head.sha]);
    rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, runId, attempt: 2 });
    expect(shasOf(await learn({ job: { key: KEY, runId, attempt: 2 } }))).toEqual([pull.head.sha]);
    expect(shasOf(await learn({ job: { key: KEY, runId, attempt: 1 } }))).toEqual([]);
    expect(shasOf(await learn({ job: { key: KEY, runId: runId - 1, attempt: 1 } }))).toEqual([]);
    // The App judges a head as a whole.
    expect(shasOf(await learn({ job: null }))).toEqual([]);
  });

  it('does not hold an attempt against itself, of which another job may have failed already', async () => {
    const { judge, learn, rig, repository, pull } = someone();
    const { runId } = judge({ key: 'aaaaaaaaaaaa', gate: aLimit({ outcome: 'fail', reason: 'too_noisy' }) });
    judge({ key: 'aaaaaaaaaaaa', runId, attempt: 2 });
    expect(shasOf(await learn({ job: { key: KEY, runId, attempt: 2 } }))).toEqual([]);
    rig.startWorkflowRun({ repository, event: 'pull_request', pullRequest: pull, runId, attempt: 3 });
    expect(shasOf(await learn({ job: { key: KEY, runId, attempt: 3 } }))).toHaveLength(1);
  });

  it('reads what the same job left, else what all jobs did', async () => {
    const { judge, push, learn } = someone();
    const { runId } = judge({ gate: { ...aDrop, metric: 'accuracy' }, key: 'cafecafecafe' });
    expect((await learn({ job: { key: KEY, runId: runId + 1000, attempt: 1 } })).failed).toHaveLength(1);
    judge({ runId });
    push();
    expect((await learn()).failed.map(({ gate }) => gate.metric)).toEqual(['roc_auc']);
    expect((await learn({ job: null })).failed.map(({ gate }) => gate.metric).sort()).toEqual(['accuracy', 'roc_auc']);
  });

  it('takes no other pull request for this one', async () => {
    const { judge, learn, pushOn, rig, repository, project } = someone();
    pushOn('other');
    judge({ pullRequest: rig.openPullRequest({ repository, headRef: 'other' }) });
    // A fork has a branch of the same name, and an earlier pull request was of the same branch.
    const fork = rig.createRepository({ owner: 'someone', name: 'fork', forkOf: repository });
    project.source.git('push', '--quiet', fork.gitDir, 'work');
    judge({ pullRequest: rig.openPullRequest({ repository, headRef: 'work', headRepository: fork }) });
    expect((await learn()).failed).toHaveLength(0);
  });

  it('does not count what the branch came to before the pull request was opened', async () => {
    const { judge, push, pull, rig, repository, project } = someone();
    judge();
    rig.closePullRequest(pull);
    rig.advance(1);
    push();
    const second = rig.openPullRequest({ repository, headRef: 'work' });
    const { number, head } = second;
    const found = await earlierPushes(project.client(READ), project.names, {
      ...{ number, headRef: head.ref, headSha: head.sha, job: null },
    });
    expect(found.failed).toEqual([]);
  });

  it('loses its memory with the runs or their artifacts, and costs nothing then', async () => {
    const { judge, push, learn, rig } = someone();
    const { runId } = judge();
    push();
    const { artifact } = judge();
    push();
    expect((await learn()).failed).toHaveLength(2);
    rig.deleteRun(runId);
    artifact.expired = true;
    expect(await learn()).toEqual({ failed: [], problems: [] });
  });

  it('says what it cannot read', async () => {
    const { judge, push, learn } = someone();
    const { artifact } = judge();
    Object.assign(artifact, { bytes: Buffer.from('no zip') });
    push();
    const damaged = await learn();
    expect(damaged.failed).toEqual([]);
    expect(damaged.problems).toEqual([expect.stringMatching(/^workflow run \d+: artifact mlops-.* is damaged/)]);
    const { problems } = await learn({ permissions: { pull_requests: 'read', contents: 'read' } });
    expect(problems).toEqual([
      expect.stringMatching(/^what became of earlier pushes is not known \(GitHub answered 403/),
    ]);
  });
});
