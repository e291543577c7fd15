import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { aRepository, newTestFolder } from '../../core/io/git/git.fixture.ts';
import { createGit } from '../../core/io/git/git.ts';
import { tokenConfig } from '../../core/io/git/git-remote.ts';
import { createClient } from '../../github/client.ts';
import { readZip } from '../../github/zip-reader.ts';
import { readDescription } from './description.ts';
import { OPERATIONS } from './rest.ts';
import { type Rig, startRig } from './rig.ts';
import type { Repository } from './state.ts';

const home = newTestFolder();
const source = aRepository(join(home, 'source'));
const first = source.commit({ 'a.txt': 'one\n' });
source.git('checkout', '--quiet', '-b', 'feature');
const second = source.commit({ 'b.txt': 'two\n' });

let rig: Rig;
let repository: Repository;
let secret: Repository;
beforeAll(async () => {
  rig = await startRig();
  repository = rig.createRepository({ owner: 'org', name: 'models' });
  secret = rig.createRepository({ owner: 'org', name: 'secret', private: true });
  for (const { gitDir } of [repository, secret]) source.git('push', '--quiet', gitDir, 'main', 'feature');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rig.assertExpected();
});
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

const clientOf = (token: string) => createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 0 });
const gitAs = (token: string) => createGit(join(source.folder, '.git'), { config: tokenConfig(rig.serverUrl, token) });
const names = { owner: 'org', repo: 'models' };

describe('git', () => {
  it('clones what is public, and what is private with a token only', async () => {
    const clone = join(home, 'public');
    const git = createGit(join(clone, '.git'));
    await git.run(['clone', '--quiet', '--depth=1', '--filter=blob:none', repository.url, clone]);
    expect(await git.run(['rev-parse', 'HEAD'])).toBe(`${first}\n`);
    await expect(git.run(['ls-remote', secret.url])).rejects.toThrow(/could not read Username/);
    const token = rig.createToken(secret, { contents: 'read' });
    expect(await gitAs(token).run(['ls-remote', `${secret.url}.git`, 'main'])).toBe(`${first}\trefs/heads/main\n`);
    await expect(gitAs(rig.createToken(repository, {})).run(['ls-remote', secret.url])).rejects.toThrow(/not found/);
  });

  it('takes a push with contents: write and refuses one without', async () => {
    const push = ['push', '--quiet', repository.url, 'feature:refs/heads/new'];
    const reader = rig.createToken(repository, { contents: 'read' });
    await expect(gitAs(reader).run(push)).rejects.toThrow(/403/);
    expect(rig.refused).toEqual(['push to org/models: contents: read']);
    await gitAs(rig.createToken(repository, { contents: 'write' })).run(push);
    expect(await createGit(repository.gitDir).run(['rev-parse', 'refs/heads/new'])).toBe(`${second}\n`);
  });
});

describe('pull requests', () => {
  it('has head and merge as refs, from a fork too', async () => {
    const fork = rig.createRepository({ owner: 'someone', name: 'models', forkOf: repository });
    const pull = rig.openPullRequest({ repository, headRepository: fork, headRef: 'feature' });
    const git = createGit(repository.gitDir);
    expect(pull).toMatchObject({ base: { sha: first }, head: { sha: second } });
    expect(await git.run(['rev-parse', `refs/pull/${pull.number}/head`])).toBe(`${second}\n`);
    expect(await git.run(['log', '-1', '--format=%P', `refs/pull/${pull.number}/merge`])).toBe(`${first} ${second}\n`);
  });
});

describe('the REST API', () => {
  it('answers every operation of the description, and no other', () => {
    expect([...OPERATIONS].sort()).toEqual([...readDescription().operations].sort());
  });

  it('tells commits from git itself', async () => {
    const octokit = clientOf(rig.createToken(repository, {}));
    const { data } = await octokit.rest.repos.listCommits({ ...names, sha: 'feature' });
    expect(data.map(({ sha, parents }) => [sha, parents.map((one) => one.sha)])).toEqual([
      [second, [first]],
      [first, []],
    ]);
  });

  it('refuses an unknown token, a missing permission and what is private', async () => {
    await expect(clientOf('no-token').rest.repos.listCommits(names)).rejects.toMatchObject({ status: 401 });
    const octokit = clientOf(rig.createToken(repository, { pull_requests: 'read' }));
    await expect(octokit.rest.issues.createComment({ ...names, issue_number: 1, body: 'x' })).rejects.toMatchObject({
      status: 403,
      message: expect.stringMatching(/^Resource not accessible by integration/),
    });
    await expect(octokit.rest.repos.listCommits({ owner: 'org', repo: 'secret' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('names a call it does not expect', async () => {
    const octokit = clientOf(rig.createToken(repository, {}));
    const request = { retries: 0 };
    await expect(octokit.rest.issues.listLabelsForRepo({ ...names, request })).rejects.toMatchObject({ status: 501 });
    expect(() => rig.assertExpected()).toThrow('the rig does not expect:\nGET /repos/org/models/labels');
  });

  it.each([
    ['a body that is not as described', { body: 7 }, 'body.body must be string'],
    ['a body without what is required', {}, "body must have required property 'body'"],
  ])('refuses %s', async (_title, body, fault) => {
    const operation = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const octokit = clientOf(rig.createToken(repository, { pull_requests: 'write' }));
    const call = octokit.request(operation as string, { ...names, issue_number: 1, ...body, request: { retries: 0 } });
    await expect(call).rejects.toMatchObject({ status: 501 });
    expect(() => rig.assertExpected()).toThrow(`${operation}: ${fault}`);
  });

  it('refuses a query that is not as described', async () => {
    const octokit = clientOf(rig.createToken(repository, {}));
    const query = { per_page: 'many', branch: 'main', request: { retries: 0 } };
    await expect(octokit.request('GET /repos/org/models/commits', query)).rejects.toMatchObject({ status: 501 });
    expect(() => rig.assertExpected()).toThrow(/query must NOT have additional properties \(branch\)/);
  });

  it('can be interrupted, and the client tries again', async () => {
    const octokit = createClient({
      token: rig.createToken(repository, {}),
      apiUrl: rig.apiUrl,
      userAgent: 'test',
      secondMs: 1,
    });
    rig.interrupt({ path: /commits$/, times: 1, with: 502 });
    rig.interrupt({ path: /commits$/, times: 1, with: 'reset' });
    rig.interrupt({
      path: /commits$/,
      times: 1,
      with: 403,
      headers: { 'retry-after': '1' },
      message: 'You have exceeded a secondary rate limit',
    });
    expect((await octokit.rest.repos.listCommits(names)).data).toHaveLength(1);
    rig.interrupt({ path: /commits$/, times: 4, with: 'reset' });
    await expect(octokit.rest.repos.listCommits(names)).rejects.toMatchObject({ status: 500, response: undefined });
  });
});

describe('artifacts', () => {
  it("take what GitHub's own client uploads and give the same bytes back", async () => {
    const run = rig.startWorkflowRun({ repository, event: 'push', headSha: first, permissions: { actions: 'read' } });
    for (const [name, value] of Object.entries(run.env)) vi.stubEnv(name, value);
    const folder = join(home, 'upload');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'deep/a.txt'), 'a'.repeat(100_000));
    // 9 MB of noise: more than one block.
    const noise = Buffer.from(
      Uint32Array.from({ length: 9 << 18 }, (_, i) => Math.imul(i + 1, 2654435761) ^ (i * i)).buffer,
    );
    writeFileSync(join(folder, 'b.bin'), noise);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const client = new DefaultArtifactClient();
    const files = [join(folder, 'deep/a.txt'), join(folder, 'b.bin')];
    const uploaded = await client.uploadArtifact('mlops-1', files, folder, { compressionLevel: 0 });
    await expect(client.uploadArtifact('mlops-1', files, folder)).rejects.toThrow(/409/);
    await client.uploadArtifact('mlops-2', files.slice(0, 1), folder);
    const listed = await client.listArtifacts();
    vi.restoreAllMocks();
    expect(listed.artifacts).toMatchObject([{ name: 'mlops-1', id: uploaded.id }, { name: 'mlops-2' }]);

    const octokit = clientOf(run.token);
    const { data } = await octokit.rest.actions.listWorkflowRunArtifacts({
      ...names,
      run_id: run.runId,
      name: 'mlops-1',
    });
    expect(data.artifacts).toMatchObject([
      { id: uploaded.id, name: 'mlops-1', digest: `sha256:${uploaded.digest}`, workflow_run: { id: run.runId } },
    ]);
    const zip = await octokit.rest.actions.downloadArtifact({
      ...names,
      artifact_id: uploaded.id!,
      archive_format: 'zip',
    });
    const unpacked = readZip(new Uint8Array(zip.data as ArrayBuffer), { files: 2, bytes: 2 ** 24 });
    expect([...unpacked.keys()].sort()).toEqual(['b.bin', 'deep/a.txt']);
    expect(noise.equals(unpacked.get('b.bin')!)).toBe(true);

    const deflated = readZip(rig.artifacts(run.runId)[1]!.bytes, { files: 1, bytes: 100_000 });
    expect([...deflated]).toEqual([['deep/a.txt', Buffer.from('a'.repeat(100_000))]]);

    rig.artifacts(run.runId)[0]!.expired = true;
    const download = octokit.rest.actions.downloadArtifact({
      ...names,
      artifact_id: uploaded.id!,
      archive_format: 'zip',
    });
    await expect(download).rejects.toMatchObject({ status: 410 });
  });
});
