import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../core/errors/app-error.ts';
import { aRepository, newTestFolder, plantOnBranch } from '../core/io/git/git.fixture.ts';
import { createGitRecordFiles } from '../core/io/git/git-record-files.ts';
import { describeRecordFiles } from '../core/records/record-files.contract.ts';
import { type Rig, startRig } from '../test/rig/rig.ts';
import type { Permissions, Repository } from '../test/rig/state.ts';
import { createClient } from './client.ts';
import { createGithubRecordFiles } from './github-record-files.ts';

const home = newTestFolder();
const source = aRepository(join(home, 'source'));
source.commit({ 'README.md': 'code\n' });
let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.assertExpected());
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

let count = 0;
/** A private repository with code, and no branch of records yet. */
function newRepository({ isEmpty = false } = {}): Repository {
  const repository = rig.createRepository({ owner: 'org', name: `models-${count++}`, private: true });
  if (!isEmpty) source.git('push', '--quiet', repository.gitDir, 'main');
  return repository;
}
function filesOf(repository: Repository, permissions: Permissions = { contents: 'write' }) {
  const token = rig.createToken(repository, permissions);
  const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 0 });
  return createGithubRecordFiles(octokit, { owner: 'org', repo: repository.name }, { branch: 'runs' });
}
const gitIn = ({ gitDir }: Repository, ...args: string[]) => source.git('--git-dir', gitDir, ...args);

const text = (content: string) => new TextEncoder().encode(content);
const someFiles = (...names: readonly number[]) => new Map(names.map((name) => [`runs/${name}.json`, text(`${name}`)]));
const message = 'Record something\n';
const pathsIn = async (files: ReturnType<typeof filesOf>) => (await files.list('runs')).map(({ path }) => path).sort();
/** What is asked of GitHub meanwhile. */
async function requestsOf(act: () => Promise<unknown>): Promise<string[]> {
  const before = rig.requests.length;
  await act();
  return rig.requests.slice(before).map((request) => request.replace(/\/api\/v3\/repos\/org\/[^/]+\//, ''));
}

describeRecordFiles("records on a branch, by GitHub's API", async () => {
  const repository = newRepository();
  return {
    open: () => filesOf(repository),
    plant: async (files) => plantOnBranch(repository.gitDir, 'runs', files),
  };
});

describe('createGithubRecordFiles', () => {
  it('begins the branch with a commit that has no parent, as git does', async () => {
    const [byApi, byGit] = [newRepository(), newRepository()];
    await filesOf(byApi).add(someFiles(1), { message });
    const options = { remote: byGit.gitDir, branch: 'runs', workDir: join(home, 'work') };
    await createGitRecordFiles(options).add(someFiles(1), { message });
    const look = (repository: Repository) => [
      gitIn(repository, 'log', '--format=%P|%an <%ae>|%cn <%ce>|%B', 'runs'),
      gitIn(repository, 'ls-tree', '-r', 'runs'),
    ];
    expect(look(byApi)).toEqual(look(byGit));
    expect(gitIn(byApi, 'rev-list', '--count', 'main')).toBe('1');
  });

  it('adds to what other writers left, in one line of commits', async () => {
    const repository = newRepository();
    await Promise.all([1, 2, 3, 4].map((name) => filesOf(repository).add(someFiles(name), { message })));
    expect(await pathsIn(filesOf(repository))).toHaveLength(4);
    expect(gitIn(repository, 'rev-list', '--count', 'runs')).toBe('4');
    expect(gitIn(repository, 'rev-list', '--max-parents=0', '--count', 'runs')).toBe('1');
  });

  it('needs few requests: three to list, one for many files, seven to add', async () => {
    const repository = newRepository();
    plantOnBranch(repository.gitDir, 'runs', someFiles(...Array.from({ length: 300 }, (_, i) => i)));
    const files = filesOf(repository);
    const listing = await requestsOf(() => files.list('runs'));
    expect(listing.map((request) => request.replace(/[0-9a-f]{40}/, 'SHA'))).toEqual([
      'GET git/matching-refs/heads%2Fruns',
      'GET git/commits/SHA',
      'GET git/trees/SHA?recursive=true',
    ]);
    const all = await pathsIn(files);
    const reading = await requestsOf(() => files.read(all, 100));
    expect(reading.map((request) => request.split('/')[0])).toEqual(['GET tarball', 'GET ']);
    expect(await requestsOf(() => files.read(all.slice(0, 3), 100))).toHaveLength(3);
    expect(await requestsOf(() => files.list('accepted'))).toEqual(['GET git/matching-refs/heads%2Fruns']);
    expect((await requestsOf(() => files.add(someFiles(1000), { message }))).length).toBeLessThanOrEqual(7);
  });

  it('asks for each folder where GitHub cuts the list', async () => {
    const repository = newRepository();
    const paths = Array.from({ length: 60 }, (_, i) => `runs/${i % 3}/${i % 4}/${i}.json`);
    plantOnBranch(repository.gitDir, 'runs', new Map(paths.map((path) => [path, text(path)])));
    rig.limits.treeEntries = 10;
    try {
      expect(await pathsIn(filesOf(repository))).toEqual([...paths].sort());
    } finally {
      rig.limits.treeEntries = 100_000;
    }
  });

  it('believes an archive only where it holds what the branch holds', async () => {
    const repository = newRepository();
    const names = Array.from({ length: 20 }, (_, i) => i);
    const files = new Map([
      ...someFiles(...names),
      ['.gitattributes', text('runs/3.json export-ignore\nruns/4.json export-subst\n')],
      ['runs/4.json', text('$Format:%H$')],
    ]);
    plantOnBranch(repository.gitDir, 'runs', files);
    const reader = filesOf(repository);
    const paths = [...someFiles(...names).keys()];
    const requests = await requestsOf(async () => {
      const found = await reader.read(paths, 100);
      const texts = paths.map((path) => {
        const content = found.get(path)!;
        return 'bytes' in content && Buffer.from(content.bytes).toString();
      });
      expect(texts).toEqual(paths.map((path) => Buffer.from(files.get(path)!).toString()));
    });
    expect(requests.filter((request) => request.startsWith('GET git/blobs'))).toHaveLength(2);
  });

  it('does not follow a link', async () => {
    const repository = newRepository();
    await filesOf(repository).add(someFiles(1), { message });
    const clone = aRepository(join(home, `clone-${count}`));
    clone.git('fetch', '--quiet', repository.gitDir, 'runs:runs');
    clone.git('checkout', '--quiet', 'runs');
    clone.git('update-index', '--add', '--cacheinfo', `120000,${clone.git('hash-object', 'README.md')},runs/2.json`);
    clone.git('commit', '--quiet', '--message=A link');
    clone.git('push', '--quiet', repository.gitDir, 'runs');
    const found = await filesOf(repository).read(['runs/1.json', 'runs/2.json'], 100);
    expect(found.get('runs/2.json')).toEqual({ reason: 'not a file' });
  });

  it('tries again when another writer moved the branch, and gives up when that goes on', async () => {
    const repository = newRepository();
    await filesOf(repository).add(someFiles(1), { message });
    const lost = { with: 422, message: 'Update is not a fast forward' } as const;
    rig.interrupt({ ...lost, path: /git\/refs\/heads/, times: 2 });
    await filesOf(repository).add(someFiles(2), { message });
    rig.interrupt({ ...lost, path: /git\/trees$/, times: 20 });
    await expect(filesOf(repository).add(someFiles(3), { message })).rejects.toThrow(/branch runs is too busy/);
    expect(await pathsIn(filesOf(repository))).toEqual(['runs/1.json', 'runs/2.json']);
  });

  it('takes for written what was written before the answer was lost', async () => {
    const repository = newRepository();
    const files = filesOf(repository);
    await files.add(someFiles(1), { message });
    rig.interrupt({ path: /git\/refs\/heads/, times: 1, with: 'reset' });
    await files.add(someFiles(2), { message });
    expect(gitIn(repository, 'rev-list', '--count', 'runs')).toBe('2');
  });

  it.each<[string, () => ReturnType<typeof filesOf>, RegExp]>([
    [
      'a token that may only read',
      () => filesOf(newRepository(), { contents: 'read' }),
      /permissions: contents: write/,
    ],
    ['a token of another repository', () => otherFiles(), /GitHub refuses access to branch runs of org\/models-\d+/],
    ['a repository without a commit', () => filesOf(newRepository({ isEmpty: true })), /push a first commit/],
  ])('tells the user about %s', async (_title, open, expected) => {
    const files = open();
    const failure: unknown = await files.add(someFiles(1), { message }).catch((error) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect(String(failure)).toMatch(expected);
  });

  const otherFiles = () => {
    const token = rig.createToken(newRepository(), { contents: 'write' });
    const octokit = createClient({ token, apiUrl: rig.apiUrl, userAgent: 'test', secondMs: 0 });
    return createGithubRecordFiles(octokit, { owner: 'org', repo: newRepository().name }, { branch: 'runs' });
  };

  it('does not take what it may not read for a branch that is not there', async () => {
    await expect(otherFiles().list('runs')).rejects.toThrow(/GitHub refuses access/);
    await expect(filesOf(newRepository(), {}).list('runs')).rejects.toThrow(/GitHub refuses access/);
  });

  it('tells the user at once when rules of the repository refuse', async () => {
    const repository = newRepository();
    rig.interrupt({ path: /git\/refs$/, times: 1, with: 422, message: 'Repository rule violations found' });
    const adding = filesOf(repository).add(someFiles(1), { message });
    await expect(adding).rejects.toThrow(/refuses access(.|\n)*rule violations(.|\n)*repository's rules/);
  });

  it('says that GitHub cannot be reached, and can be asked again', async () => {
    const repository = newRepository();
    const files = filesOf(repository);
    await files.add(someFiles(1), { message });
    rig.interrupt({ path: /git\/trees/, times: 4, with: 502 });
    await expect(filesOf(repository).list('runs')).rejects.toThrow('GitHub cannot be reached');
    rig.interrupt({ path: /git\/commits/, times: 4, with: 'reset' });
    const later = filesOf(repository);
    await expect(later.list('runs')).rejects.toThrow('GitHub cannot be reached');
    expect(await pathsIn(later)).toEqual(['runs/1.json']);
  });
});
