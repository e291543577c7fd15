import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../core/io/git/git.fixture.ts';
import { type Rig, startRig } from '../test/rig/rig.ts';
import type { Permissions, Repository } from '../test/rig/state.ts';
import { createClient } from './client.ts';
import { createRunArtifacts } from './run-artifact.ts';
import { aZip } from './zip.fixture.ts';

const home = newTestFolder();
const source = aRepository(join(home, 'source'));
const headSha = source.commit({ a: '1' });
let rig: Rig;
let repository: Repository;
beforeAll(async () => {
  rig = await startRig();
  repository = rig.createRepository({ owner: 'org', name: 'models', private: true });
  source.git('push', '--quiet', repository.gitDir, 'main');
});
afterEach(() => rig.assertExpected());
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

const reader = (permissions: Permissions = { actions: 'read' }, limits?: { bytes: number }) => {
  const token = rig.createToken(repository, permissions);
  const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 1 });
  return createRunArtifacts(octokit, { owner: 'org', repo: 'models' }, limits);
};
const aRunId = () => rig.startWorkflowRun({ repository, event: 'push', headSha }).runId;
const zip = aZip([{ name: 'runs/a.json', content: 'hello' }]);

describe('createRunArtifacts', () => {
  it('gives the files of an attempt, asking once', async () => {
    const runId = aRunId();
    rig.addArtifact({ runId, name: 'mlops-1', bytes: zip });
    rig.addArtifact({ runId, name: 'mlops-2', bytes: aZip([{ name: 'b', content: 'second' }]) });
    rig.addArtifact({ runId, name: 'other', bytes: zip });
    const artifacts = reader();
    const before = rig.requests.length;
    expect(await artifacts.open(runId, 1)).toEqual({
      kind: 'found',
      files: new Map([['runs/a.json', Buffer.from('hello')]]),
    });
    await artifacts.open(runId, 1);
    expect(rig.requests.length - before).toBe(3);
    expect(await artifacts.open(runId, 2)).toEqual({ kind: 'found', files: new Map([['b', Buffer.from('second')]]) });
  });

  it('tells an artifact that has expired from one that never was', async () => {
    const runId = aRunId();
    rig.addArtifact({ runId, name: 'mlops-1', bytes: zip }).expired = true;
    expect(await reader().open(runId, 1)).toEqual({ kind: 'expired' });
    expect(await reader().open(runId, 2)).toEqual({ kind: 'absent' });
    expect(await reader().open(1, 1)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['with another digest', { digest: `sha256:${'0'.repeat(64)}` }, /damaged/],
    ['without a digest', { digest: null }, /has no digest/],
    ['that is no zip', { bytes: Buffer.from('hello') }, /cannot be read: invalid zip archive/],
    ['that leads out', { bytes: aZip([{ name: '../a' }]) }, /is not a plain path inside the archive/],
  ])('refuses an artifact %s', async (_title, change, why) => {
    const runId = aRunId();
    rig.addArtifact({ runId, name: 'mlops-1', bytes: zip, ...change });
    expect(await reader().open(runId, 1)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  it('refuses an artifact that is there twice, or too large', async () => {
    const runId = aRunId();
    rig.addArtifact({ runId, name: 'mlops-1', bytes: zip });
    const why = `artifact mlops-1 of workflow run ${runId} is larger than 20 bytes`;
    expect(await reader({ actions: 'read' }, { bytes: 20 }).open(runId, 1)).toEqual({ kind: 'refused', why });
    rig.addArtifact({ runId, name: 'mlops-1', bytes: zip });
    expect(await reader().open(runId, 1)).toMatchObject({ why: expect.stringMatching(/more than once/) });
  });

  it('survives a download that breaks off, and forgets a failure', async () => {
    const runId = aRunId();
    rig.addArtifact({ runId, name: 'mlops-1', bytes: zip });
    const artifacts = reader();
    rig.interrupt({ path: /^\/blobs\//, times: 3, with: 'reset' });
    expect(await artifacts.open(runId, 1)).toMatchObject({ kind: 'found' });
    rig.interrupt({ path: /^\/blobs\//, times: 4, with: 503 });
    const others = reader();
    await expect(others.open(runId, 1)).rejects.toThrow(/status 503/);
    expect(await others.open(runId, 1)).toMatchObject({ kind: 'found' });
  });

  it('never sends its token to the store', async () => {
    const runId = aRunId();
    rig.addArtifact({ runId, name: 'mlops-1', bytes: zip });
    const sent: (string | null)[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      if (String(url).includes('/blobs/')) sent.push(new Headers(init?.headers).get('authorization'));
      return globalThis.fetch(url, init);
    };
    const token = rig.createToken(repository, { actions: 'read' });
    const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', request: { fetch }, secondMs: 0 });
    await createRunArtifacts(octokit, { owner: 'org', repo: 'models' }).open(runId, 1);
    expect(sent).toEqual([null]);
  });

  it('throws when it may not read', async () => {
    await expect(reader({ contents: 'read' }).open(aRunId(), 1)).rejects.toMatchObject({ status: 403 });
  });
});
