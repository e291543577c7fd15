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
import { digestRecordOf } from './digest-record.ts';
import { createVerifier } from './provenance.ts';
import { aZip } from './zip.fixture.ts';

const home = newTestFolder();
const source = aRepository(join(home, 'source'));
const headSha = source.commit({ a: '1' });
const workflowPath = '.github/workflows/mlops.yml';
let rig: Rig;
let repository: Repository;
let fork: Repository;
beforeAll(async () => {
  rig = await startRig();
  repository = rig.createRepository({ owner: 'org', name: 'models', private: true });
  source.git('push', '--quiet', repository.gitDir, 'main');
  fork = rig.createRepository({ owner: 'someone', name: 'models', forkOf: repository });
});
afterEach(() => rig.assertExpected());
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

const verifier = (permissions: Permissions = { actions: 'read' }) => {
  const token = rig.createToken(repository, permissions);
  const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 1 });
  const name = { owner: 'org', repo: 'models' };
  const expected = { defaultBranch: 'main', repositoryId: repository.id, workflowPath };
  const verify = createVerifier(octokit, name, expected);
  return (run: Run, text: string, recorded: readonly Run[] = [run]) => {
    const files = filesOf(recorded).set(run.id, Buffer.from(text));
    return verify(run, {
      runs: recorded,
      files: async (ids) => new Map(Array.from(ids, (id) => [id, files.get(id)!])),
    });
  };
};

/** What lies in the store, by the runs' ids. */
const filesOf = (runs: readonly Run[]) => new Map(runs.map((run) => [run.id, runCodec.encode(run)]));
/** The run's text as a later version may have written it. */
const laterText = (run: Run) => runCodec.format(run).replace('{', '{ "later_field": {"a": [1]},');

/** A run as the default branch's job records it, its file in the artifact. */
function recorded(
  start: Partial<StartOptions> = {},
  change: Partial<Run> = {},
): { run: Run; text: string; id: number } {
  const { runId } = rig.startWorkflowRun({ repository, event: 'push', headSha, ...start });
  const git = { sha: headSha, branch: 'main', base: null, dirty: false };
  const run = aRun({ git, workflow: { runId, attempt: start.attempt ?? 1 }, ...change });
  const text = runCodec.format(run);
  const bytes = aZip([
    { name: runPath(run.id), content: text },
    { name: 'evidence/x.oof', content: 'proof' },
  ]);
  rig.addArtifact({ runId, name: `mlops-${start.attempt ?? 1}`, bytes });
  return { run, text, id: runId };
}

describe('createVerifier', () => {
  it.each([
    ['a push', { event: 'push' }],
    ['a schedule', { event: 'schedule' }],
    ['a later attempt', { attempt: 2 }],
    ['a workflow named with its ref', { path: `${workflowPath}@refs/heads/main` }],
  ])('trusts what %s on the default branch recorded', async (_title, start) => {
    const { run, text } = recorded(start);
    const found = await verifier()(run, text);
    expect(found.kind).toBe('trusted');
    expect(found.kind === 'trusted' && [...found.files!.keys()]).toEqual([runPath(run.id), 'evidence/x.oof']);
  });

  it.each<[string, () => Partial<StartOptions>, RegExp]>([
    ['of a pull request', () => ({ event: 'pull_request' }), /was started by pull_request/],
    ['that was dispatched', () => ({ event: 'workflow_dispatch' }), /was started by workflow_dispatch/],
    ['of another branch', () => ({ headBranch: 'feature' }), /ran on branch feature, not on main/],
    ['of a fork', () => ({ headRepository: fork }), /belongs to another repository/],
    ['of another workflow', () => ({ path: '.github/workflows/evil.yml' }), /ran .github\/workflows\/evil.yml, not/],
  ])('refuses a workflow run %s', async (_title, start, why) => {
    const { run, text } = recorded(start());
    expect(await verifier()(run, text)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  it.each<[string, Partial<Run>, RegExp]>([
    ['of another commit', { git: { sha: '1'.repeat(40), branch: 'main', base: null, dirty: false } }, /ran on commit/],
    ['that names no workflow run', { workflow: null }, /was not recorded by a workflow run/],
  ])('refuses a run %s', async (_title, change, why) => {
    const { run, text } = recorded({}, change);
    expect(await verifier()(run, text)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  it('trusts what was recorded before the default branch was renamed, as long as no other branch has the old name', async () => {
    rig.renameBranch(repository, 'master', 'main');
    const { run, text } = recorded({ headBranch: 'master' });
    const verify = () => verifier({ actions: 'read', contents: 'read' })(run, text);
    expect(await verify()).toMatchObject({ kind: 'trusted' });
    const why = expect.stringMatching(/ran on branch master, not on main/);
    expect(await verifier({ actions: 'read' })(run, text)).toEqual({ kind: 'refused', why });
    source.git('push', '--quiet', repository.gitDir, 'main:master');
    expect(await verify()).toEqual({ kind: 'refused', why });
  });

  it('does not take a branch for the default one that was renamed to something else', async () => {
    rig.renameBranch(repository, 'work', 'feature');
    source.git('push', '--quiet', repository.gitDir, 'main:feature');
    const { run, text } = recorded({ headBranch: 'work' });
    expect(await verifier({ actions: 'read', contents: 'read' })(run, text)).toMatchObject({ kind: 'refused' });
  });

  it('refuses an attempt that never was', async () => {
    const { run, text, id } = recorded();
    const later = { ...run, workflow: { runId: id, attempt: 2 } };
    expect(await verifier()(later, text)).toEqual({ kind: 'refused', why: expect.stringMatching(/has no attempt 2/) });
  });

  it('names a run file that was altered, by a single byte', async () => {
    const { run, text, id } = recorded();
    const why = `run file ${runPath(run.id)} was altered: it differs from the one in the artifact of workflow run ${id}`;
    expect(await verifier()(run, text.replace('0.85', '0.86'))).toEqual({ kind: 'refused', why });
    expect(await verifier()(run, `${text}\n`)).toEqual({ kind: 'refused', why });
  });

  it('compares files as they lie, so that fields of later versions do no harm', async () => {
    const { run } = recorded();
    const later = { ...run, id: run.id.replace('0badc0de', '0badc0df') };
    const { runId } = rig.startWorkflowRun({ repository, event: 'push', headSha });
    const ofRun = { ...later, workflow: { runId, attempt: 1 } };
    const text = laterText(ofRun);
    rig.addArtifact({ runId, name: 'mlops-1', bytes: aZip([{ name: runPath(later.id), content: text }]) });
    const digestRecord = Buffer.from(digestRecordOf(new Map([[later.id, Buffer.from(text)]])));
    rig.addArtifact({ runId, name: 'mlops-1-runs.txt', bytes: digestRecord });
    const read = runCodec.parse(text);
    expect(runCodec.format(read)).not.toBe(text);
    expect(await verifier()(read, text)).toMatchObject({ kind: 'trusted' });
    for (const artifact of rig.artifacts(runId)) artifact.expired = true;
    expect(await verifier()(read, text)).toEqual({ kind: 'trusted', files: null });
    expect(await verifier()(read, runCodec.format(read))).toMatchObject({ kind: 'refused' });
  });

  it('refuses a run that the workflow run did not record', async () => {
    const { run } = recorded();
    const other = { ...run, id: run.id.replace('0badc0de', '0badc0df') };
    const found = await verifier()(other, runCodec.format(other));
    expect(found).toEqual({ kind: 'refused', why: expect.stringMatching(/is not in the artifact/) });
  });

  it('refuses an artifact that was tampered with', async () => {
    const { runId } = rig.startWorkflowRun({ repository, event: 'push', headSha });
    rig.addArtifact({ runId, name: 'mlops-1', bytes: aZip([]), digest: `sha256:${'0'.repeat(64)}` });
    const run = aRun({
      git: { sha: headSha, branch: 'main', base: null, dirty: false },
      workflow: { runId, attempt: 1 },
    });
    expect(await verifier()(run, runCodec.format(run))).toEqual({
      kind: 'refused',
      why: expect.stringMatching(/damaged/),
    });
  });

  it('leaves open what GitHub no longer tells', async () => {
    const { run, text, id } = recorded();
    rig.artifacts(id)[0]!.expired = true;
    const expired = {
      kind: 'unverified',
      expired: true,
      why: `the artifact of workflow run ${id}, attempt 1, has expired`,
    };
    expect(await verifier()(run, text)).toEqual(expired);
    const { runId } = rig.startWorkflowRun({ repository, event: 'push', headSha });
    const lost = { ...run, workflow: { runId, attempt: 1 } };
    expect(await verifier()(lost, runCodec.format(lost))).toMatchObject({
      why: expect.stringMatching(/does not exist/),
    });
    const forgotten = { ...run, workflow: { runId: 1, attempt: 1 } };
    const why = 'workflow run 1 does not exist on GitHub';
    expect(await verifier()(forgotten, runCodec.format(forgotten))).toEqual({
      kind: 'unverified',
      expired: false,
      why,
    });
  });

  describe('of a run whose artifact has expired', () => {
    /** Two runs of one workflow run, and the digest of their digest record as GitHub keeps it. */
    const expired = (digestRecord?: (runs: readonly Run[]) => string) => {
      const { runId } = rig.startWorkflowRun({ repository, event: 'push', headSha });
      const git = { sha: headSha, branch: 'main', base: null, dirty: false };
      const runs = ['forest', 'dummy'].map((model, i) =>
        aRun({ id: `20261124-073812-churn-${model}-0000000${i}`, model, git, workflow: { runId, attempt: 1 } }),
      );
      rig.addArtifact({ runId, name: 'mlops-1', bytes: aZip([]) });
      if (digestRecord) rig.addArtifact({ runId, name: 'mlops-1-runs.txt', bytes: Buffer.from(digestRecord(runs)) });
      for (const artifact of rig.artifacts(runId)) artifact.expired = true;
      return { runs: runs as [Run, Run], id: runId };
    };
    const digestRecord = (runs: readonly Run[]) => digestRecordOf(filesOf(runs));
    const other = aRun({ id: '20261124-073812-churn-other-00000009', workflow: { runId: 1, attempt: 1 } });

    it('trusts what has the digest that GitHub still tells, without files', async () => {
      const { runs } = expired(digestRecord);
      const found = await verifier()(runs[0], runCodec.format(runs[0]), [other, ...runs.toReversed()]);
      expect(found).toEqual({ kind: 'trusted', files: null });
    });

    it.each<[string, (runs: readonly [Run, Run]) => readonly Run[]]>([
      ['was altered', ([one, two]) => [{ ...one, modelBytes: 1 }, two]],
      ['was altered beside it', ([one, two]) => [one, { ...two, modelBytes: 1 }]],
      ['is missing', ([one]) => [one]],
      ['was added', ([one, two]) => [one, two, { ...other, workflow: one.workflow }]],
    ])('refuses runs of which one %s', async (_title, change) => {
      const { runs, id } = expired(digestRecord);
      const recorded = change(runs);
      expect(await verifier()(recorded[0]!, runCodec.format(recorded[0]!), recorded)).toEqual({
        kind: 'refused',
        why: expect.stringContaining(`the runs of workflow run ${id} differ from those it recorded`),
      });
    });

    it('leaves open what has no digest record', async () => {
      const { runs } = expired();
      expect((await verifier()(runs[0], runCodec.format(runs[0]), runs)).kind).toBe('unverified');
    });

    it('still refuses a workflow run that is not the default branch’s', async () => {
      const { runs } = expired(digestRecord);
      const elsewhere = runs.map((run) => ({ ...run, git: { ...run.git, sha: '1'.repeat(40) } }));
      expect(await verifier()(elsewhere[0]!, '', elsewhere)).toMatchObject({ kind: 'refused' });
    });
  });

  it('leaves open what the job may not read, and says which permission it needs', async () => {
    const { run, text } = recorded();
    const found = await verifier({ contents: 'read' })(run, text);
    expect(found).toEqual({
      kind: 'unverified',
      expired: false,
      why: expect.stringMatching(/`permissions: actions: read`/),
    });
  });

  it('throws when GitHub cannot be reached, and asks again the next time', async () => {
    const { run, text } = recorded();
    const verify = verifier();
    rig.interrupt({ path: /actions\/runs/, times: 4, with: 'reset' });
    await expect(verify(run, text)).rejects.toMatchObject({ status: 500 });
    rig.interrupt({ path: /actions\/runs/, times: 4, with: 503 });
    await expect(verify(run, text)).rejects.toMatchObject({ status: 503 });
    expect(await verify(run, text)).toMatchObject({ kind: 'trusted' });
  });
});
