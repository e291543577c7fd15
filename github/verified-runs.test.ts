import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../core/io/git/git.fixture.ts';
import { aRun } from '../core/tracking/run.fixture.ts';
import type { Run } from '../core/tracking/run.ts';
import { runCodec } from '../core/tracking/run-codec.ts';
import { runPath } from '../core/tracking/run-id.ts';
import { type Rig, startRig } from '../test/rig/rig.ts';
import type { Permissions, Repository } from '../test/rig/state.ts';
import type { StartOptions } from '../test/rig/workflow-runs.ts';
import { createClient } from './client.ts';
import { createGithubHistory } from './github-history.ts';
import { artifactName } from './job-key.ts';
import { createRecentCommits } from './recent-commits.ts';
import { RECORDED_LIST, recordedList } from './recorded-list.ts';
import { createTrackedCommits } from './tracked-commits.ts';
import { createVerifiedRuns } from './verified-runs.ts';
import { aZip } from './zip.fixture.ts';

const home = newTestFolder();
const source = aRepository(join(home, 'source'));
const names = { owner: 'org', repo: 'models' };
const KEY = '0badc0de0bad';
let nonce = 0;
let rig: Rig;
let repository: Repository;
let fork: Repository;
/** First-parent commits of main; `merged` came in by a merge, `aside` not at all. */
let first: string;
let merged: string;
let tip: string;
let aside: string;
beforeAll(async () => {
  first = source.commit({ a: '1' });
  source.git('checkout', '--quiet', '-b', 'feature');
  merged = source.commit({ b: '1' });
  source.git('checkout', '--quiet', 'main');
  source.commit({ a: '2' });
  source.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
  tip = source.git('rev-parse', 'HEAD');
  source.git('checkout', '--quiet', '-b', 'aside');
  aside = source.commit({ c: '1' });
  source.git('checkout', '--quiet', 'main');
  rig = await startRig();
  repository = rig.createRepository({ owner: 'org', name: 'models', private: true });
  source.git('push', '--quiet', repository.gitDir, 'main', 'aside');
  fork = rig.createRepository({ owner: 'someone', name: 'models', forkOf: repository });
});
afterEach(() => rig.assertExpected());
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

const clientWith = (permissions: Permissions) =>
  createClient({
    token: rig.createToken(repository, permissions),
    apiUrl: rig.apiUrl,
    userAgent: 'test',
    secondMs: 1,
  });
const lookup = (permissions: Permissions = { actions: 'read', contents: 'read' }) => {
  const octokit = clientWith(permissions);
  const history = createGithubHistory(clientWith({ contents: 'read' }), names);
  const branchOf = createTrackedCommits(clientWith({ contents: 'read' }), names, { history, branches: ['main'] });
  const verified = createVerifiedRuns(octokit, names, { repositoryId: repository.id, branchOf, key: KEY });
  return (sha: string, claimed: readonly number[] = [], of: 'at' | 'ofAllJobs' = 'at') =>
    verified[of](sha, new Set(claimed));
};
const idsOf = ({ records }: { readonly records: readonly { readonly run: Run }[] }) => records.map(({ run }) => run.id);

/** A run as a job records it: in the list of its artifact, unless `lists` says otherwise. */
function recorded(
  start: Partial<StartOptions> = {},
  of: {
    change?: Partial<Run>;
    lists?: boolean;
    content?: string;
    name?: string;
    later?: boolean;
    running?: boolean;
  } = {},
): Run {
  const headSha = start.headSha ?? tip;
  const attempt = start.attempt ?? 1;
  const { runId, job } = rig.startWorkflowRun({ repository, event: 'push', ...start, headSha });
  if (!of.running) rig.finishJob(job, 'success');
  const run = aRun({
    id: `20261124-073812-churn-random_forest-${String(++nonce).padStart(8, '0')}`,
    git: { sha: headSha, branch: 'main', base: null, dirty: false },
    workflow: { runId, attempt },
    ...of.change,
  });
  const text = of.later ? runCodec.format(run).replace('{', '{ "later_field": {"a": [1]},') : runCodec.format(run);
  const list = { name: RECORDED_LIST, content: recordedList(new Map([[run.id, Buffer.from(text)]])) };
  const entries = [
    { name: runPath(run.id), content: of.content ?? text },
    { name: 'evidence/x.oof', content: 'proof' },
  ];
  const bytes = aZip(of.lists === false ? entries : [...entries, list]);
  rig.addArtifact({ runId, name: of.name ?? artifactName(KEY, attempt), bytes });
  return run;
}
const started: number[] = [];
const forget = () => {
  for (const id of started.splice(0)) rig.deleteRun(id);
};

describe('createVerifiedRuns', () => {
  afterEach(forget);
  const record: typeof recorded = (...args) => {
    const run = recorded(...args);
    started.push(run.workflow!.runId);
    return run;
  };

  it.each<[string, Partial<StartOptions>]>([
    ['a push', { event: 'push' }],
    ['a schedule', { event: 'schedule' }],
    ['a dispatch', { event: 'workflow_dispatch' }],
    ['a later attempt', { attempt: 2 }],
    ['another workflow', { path: '.github/workflows/renamed.yml' }],
    ['a branch that was called otherwise then', { headBranch: 'master' }],
  ])('believes what %s recorded', async (_title, start) => {
    const run = record(start);
    const found = await lookup()(tip);
    expect(found).toMatchObject({ unseen: null, skipped: [] });
    expect(found.records).toEqual([{ run, bytes: expect.anything(), files: expect.anything() }]);
    expect(found.records[0]!.files.has('evidence/x.oof')).toBe(true);
  });

  it.each<[string, Partial<StartOptions>, Parameters<typeof recorded>[1]]>([
    ['a pull request', { event: 'pull_request' }, {}],
    ['an event that anyone starts', { event: 'issue_comment' }, {}],
    ['a fork', { headRepository: null as never }, {}],
    ['a job that may not record', {}, { lists: false }],
    ['an artifact of another name', {}, { name: 'mlops-1' }],
    ['a job of a later attempt than there was', {}, { name: artifactName(KEY, 2) }],
  ])('does not believe %s', async (_title, start, of) => {
    record({ ...start, ...(start.headRepository === null && { headRepository: fork }) }, of);
    expect(await lookup()(tip)).toMatchObject({ records: [], unseen: null, skipped: [] });
  });

  it('believes commits of the first-parent way alone, whatever tag or branch bears the name main', async () => {
    record({ headSha: merged });
    record({ headSha: aside, headBranch: 'main' });
    source.git('push', '--quiet', repository.gitDir, `${aside}:refs/tags/main`);
    const run = record({ headSha: first });
    const at = lookup();
    expect(idsOf(await at(first))).toEqual([run.id]);
    expect(await at(merged)).toMatchObject({ records: [] });
    expect(await at(aside)).toMatchObject({ records: [] });
    source.git('push', '--quiet', repository.gitDir, ':refs/tags/main');
  });

  it('believes no workflow run of another commit, whatever its record and the branch of runs say', async () => {
    const git = { sha: tip, branch: 'main', base: null, dirty: false };
    const { workflow } = record({ headSha: first }, { change: { git } });
    expect(await lookup()(tip, [workflow!.runId])).toMatchObject({ records: [] });
  });

  it.each<[string, Parameters<typeof recorded>[1], RegExp]>([
    ['of another commit', { change: { git: { sha: '1'.repeat(40) } as Run['git'] } }, /is not of commit/],
    ['of uncommitted changes', { change: { git: { dirty: true } as Run['git'] } }, /is not of commit/],
    ['of another workflow run', { change: { workflow: { runId: 1, attempt: 1 } } }, /another workflow run/],
    ['that is not what was listed', { content: '{}' }, /not what the artifact lists/],
  ])('names a record %s', async (_title, of, reason) => {
    const { runId, job } = rig.startWorkflowRun({ repository, event: 'push', headSha: tip });
    rig.finishJob(job, 'success');
    started.push(runId);
    const git = { ...aRun().git, sha: tip, ...of?.change?.git };
    const run = aRun({ workflow: { runId, attempt: 1 }, ...of?.change, git });
    const text = runCodec.format(run);
    const list = recordedList(new Map([[run.id, Buffer.from(text)]]));
    const bytes = aZip([
      { name: runPath(run.id), content: of?.content ?? text },
      { name: RECORDED_LIST, content: list },
    ]);
    rig.addArtifact({ runId, name: artifactName(KEY, 1), bytes });
    const found = await lookup()(tip);
    expect(found.records).toEqual([]);
    expect(found.skipped).toEqual([
      { path: expect.stringContaining(runPath(run.id)), reason: expect.stringMatching(reason) },
    ]);
  });

  it('gives the bytes as they lie, so that fields of later versions do no harm', async () => {
    record({}, { later: true });
    const [found] = (await lookup()(tip)).records;
    expect(Buffer.from(found!.bytes).toString()).toContain('later_field');
    expect(runCodec.format(found!.run)).not.toBe(Buffer.from(found!.bytes).toString());
  });

  it('gives what all jobs and attempts of all workflow runs recorded', async () => {
    const one = record();
    const two = record({ path: '.github/workflows/other.yml' });
    const again = record({ runId: one.workflow!.runId, attempt: 2 });
    expect(idsOf(await lookup()(tip)).sort()).toEqual([one.id, two.id, again.id].sort());
  });

  it('leaves artifacts of other jobs alone where there are own ones, unless it is asked for all', async () => {
    const other = record({}, { name: artifactName('000000000000', 1) });
    expect(idsOf(await lookup()(tip))).toEqual([other.id]);
    const own = record();
    const at = lookup();
    const before = rig.requests.length;
    expect(idsOf(await at(tip))).toEqual([own.id]);
    expect(rig.requests.slice(before).filter((one) => one.endsWith('/zip'))).toHaveLength(1);
    expect(idsOf(await at(tip, [], 'ofAllJobs')).sort()).toEqual([other.id, own.id].sort());
  });

  it('asks once per commit: two requests and those of each artifact', async () => {
    record();
    const at = lookup();
    await at(tip);
    const before = rig.requests.length;
    await at(tip);
    expect(rig.requests.length).toBe(before);
  });

  it('looks at the workflow runs that the index names first, and at a dozen at most', async () => {
    for (let i = 0; i < 15; i++) {
      const { runId } = rig.startWorkflowRun({
        repository,
        event: 'push',
        headSha: tip,
        path: `.github/workflows/${i}.yml`,
      });
      started.push(runId);
    }
    const run = record();
    expect(idsOf(await lookup()(tip))).toEqual([]);
    expect(idsOf(await lookup()(tip, [run.workflow!.runId]))).toEqual([run.id]);
  });

  describe('tells why there may be more', () => {
    it('when the artifact has expired, or is gone', async () => {
      const run = record();
      const { runId } = run.workflow!;
      rig.artifacts(runId)[0]!.expired = true;
      expect(await lookup()(tip)).toMatchObject({
        records: [],
        unseen: {
          reason: 'artifact_gone',
          sha: tip,
          detail: expect.stringContaining(`workflow run ${runId} has expired`),
        },
        gone: new Set([runId]),
      });
      (rig.artifacts(runId)[0] as { name: string }).name = 'other';
      expect(await lookup()(tip, [runId])).toMatchObject({
        unseen: { reason: 'artifact_gone' },
        gone: new Set([runId]),
      });
      // Nobody says that it recorded anything.
      expect(await lookup()(tip)).toMatchObject({ unseen: null });
    });

    it('when the artifact is damaged', async () => {
      const { runId, job } = rig.startWorkflowRun({ repository, event: 'push', headSha: tip });
      rig.finishJob(job, 'success');
      started.push(runId);
      rig.addArtifact({ runId, name: artifactName(KEY, 1), bytes: aZip([]), digest: `sha256:${'0'.repeat(64)}` });
      expect(await lookup()(tip)).toMatchObject({ unseen: { reason: 'artifact_damaged' }, gone: new Set() });
    });

    it('when the workflow run was deleted, and not when it is one of another commit', async () => {
      const elsewhere = record({ headSha: first });
      expect(await lookup()(tip, [1])).toMatchObject({ unseen: { reason: 'run_deleted' }, gone: new Set([1]) });
      expect(await lookup()(tip, [elsewhere.workflow!.runId])).toMatchObject({ unseen: null, gone: new Set() });
    });

    it('when a workflow run of the branch has not ended, whatever is missing besides', async () => {
      const path = '.github/workflows/train.yml';
      record({ path }, { lists: false, running: true });
      expect(await lookup()(tip, [1])).toMatchObject({
        records: [],
        branch: 'main',
        unseen: { reason: 'still_running', sha: tip, workflow: path },
      });
    });

    it('when the job may not read', async () => {
      record();
      expect(await lookup({ contents: 'read' })(tip)).toMatchObject({
        records: [],
        unseen: { reason: 'no_permission', sha: tip, detail: expect.stringContaining('403') },
      });
    });
  });

  it('finds what a workflow run recorded that the list does not name yet, when the index does', async () => {
    rig.faults.lag(/actions\/runs$/, 2);
    const run = record();
    const other = record({ headSha: first });
    expect(idsOf(await lookup()(tip))).toEqual([]);
    const { runId } = run.workflow!;
    expect(await lookup()(tip, [runId, other.workflow!.runId])).toMatchObject({ records: [{ run }], gone: new Set() });
    rig.faults.clear();
  });

  it('tells which runs that the index names are gone, also where others are left', async () => {
    const run = record();
    expect(await lookup()(tip, [1])).toMatchObject({ records: [{ run }], gone: new Set([1]) });
  });

  it('throws when GitHub cannot be reached, and asks again the next time', async () => {
    const run = record();
    const at = lookup();
    rig.interrupt({ path: /actions\/runs/, times: 4, with: 503 });
    await expect(at(tip)).rejects.toMatchObject({ status: 503 });
    expect(idsOf(await at(tip))).toEqual([run.id]);
  });
});

describe('createRecentCommits', () => {
  it('names commits of the branch’s workflow runs, asks once, and knows none where it may not read', async () => {
    const { runId } = rig.startWorkflowRun({ repository, event: 'push', headSha: first });
    rig.startWorkflowRun({ repository, event: 'push', headSha: aside, headBranch: 'aside' });
    const recent = createRecentCommits(clientWith({ actions: 'read' }), names, ['main']);
    expect([...(await recent())]).toEqual([first]);
    const before = rig.requests.length;
    await recent();
    expect(rig.requests.length).toBe(before);
    expect(await createRecentCommits(clientWith({}), names, ['main'])()).toEqual(new Set());
    rig.deleteRun(runId);
  });
});
