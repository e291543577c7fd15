import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from '../core/io/git/git.fixture.ts';
import { type Rig, startRig } from '../test/rig/rig.ts';
import type { Permissions, Repository } from '../test/rig/state.ts';
import { createClient } from './client.ts';
import { artifactName, pageName } from './job-key.ts';
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

const KEY = '0badc0de0bad';
const name = artifactName(KEY, 1);
/** A run with one artifact of ours, as it is listed. */
async function listed(artifacts: ReturnType<typeof reader>, change: object = {}) {
  const runId = aRunId();
  const added = rig.addArtifact({ runId, name, bytes: zip, ...change });
  const [found] = await artifacts.list(runId);
  return { added, found: found! };
}

describe('createRunArtifacts', () => {
  it('lists our artifacts of all jobs and attempts, and no others', async () => {
    const runId = aRunId();
    const wanted = [name, artifactName(KEY, 2), artifactName('000000000000', 1)];
    for (const each of [...wanted, 'other', 'mlops-1', `mlops-${KEY}-0`, `mlops-${KEY}-1.txt`])
      rig.addArtifact({ runId, name: each, bytes: zip });
    const found = await reader().list(runId);
    expect(found.map((one) => [one.name, one.attempt])).toEqual([
      [wanted[0], 1],
      [wanted[1], 2],
      [wanted[2], 1],
    ]);
  });

  it('names the HTML report of the same job and attempt', async () => {
    const runId = aRunId();
    for (const attempt of [1, 2]) rig.addArtifact({ runId, name: artifactName(KEY, attempt), bytes: zip });
    const page = rig.addArtifact({ runId, name: pageName(KEY, 2), bytes: Buffer.from('<html>') });
    const found = await reader().list(runId);
    expect(found.map(({ attempt, pageId }) => [attempt, pageId])).toEqual([
      [1, null],
      [2, page.id],
    ]);
  });

  it('gives the files of an artifact', async () => {
    const artifacts = reader();
    const { found } = await listed(artifacts);
    expect(await artifacts.open(found)).toEqual({
      kind: 'found',
      files: new Map([['runs/a.json', Buffer.from('hello')]]),
    });
  });

  it('tells when it is gone: expired, or deleted since it was listed', async () => {
    const artifacts = reader();
    const { added, found } = await listed(artifacts);
    expect(await artifacts.open({ ...found, expired: true })).toEqual({ kind: 'gone' });
    added.expired = true;
    expect(await artifacts.open(found)).toEqual({ kind: 'gone' });
    rig.deleteRun(added.runId);
    expect(await artifacts.open(found)).toEqual({ kind: 'gone' });
  });

  it.each([
    ['with another digest', { digest: `sha256:${'0'.repeat(64)}` }, /damaged/],
    ['without a digest', { digest: null }, /has no digest/],
    ['that is no zip', { bytes: Buffer.from('hello') }, /cannot be read: invalid zip archive/],
    ['that leads out', { bytes: aZip([{ name: '../a' }]) }, /is not a plain path inside the archive/],
  ])('names an artifact %s as damaged', async (_title, change, why) => {
    const artifacts = reader();
    const { found } = await listed(artifacts, change);
    expect(await artifacts.open(found)).toEqual({ kind: 'damaged', why: expect.stringMatching(why) });
  });

  it('takes none that is too large', async () => {
    const artifacts = reader({ actions: 'read' }, { bytes: 20 });
    const { found } = await listed(artifacts);
    const why = `artifact ${name} is larger than 20 bytes`;
    expect(await artifacts.open(found)).toEqual({ kind: 'damaged', why });
  });

  it('survives a download that breaks off', async () => {
    const artifacts = reader();
    const { found } = await listed(artifacts);
    rig.interrupt({ path: /^\/blobs\//, times: 3, with: 'reset' });
    expect(await artifacts.open(found)).toMatchObject({ kind: 'found' });
    rig.interrupt({ path: /^\/blobs\//, times: 4, with: 503 });
    await expect(artifacts.open(found)).rejects.toThrow(/status 503/);
  });

  it('never sends its token to the store', async () => {
    const sent: (string | null)[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      if (String(url).includes('/blobs/')) sent.push(new Headers(init?.headers).get('authorization'));
      return globalThis.fetch(url, init);
    };
    const token = rig.createToken(repository, { actions: 'read' });
    const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', request: { fetch }, secondMs: 0 });
    const artifacts = createRunArtifacts(octokit, { owner: 'org', repo: 'models' });
    await artifacts.open((await listed(artifacts)).found);
    expect(sent).toEqual([null]);
  });

  it('throws when it may not read', async () => {
    await expect(reader({ contents: 'read' }).list(aRunId())).rejects.toMatchObject({ status: 403 });
  });
});
