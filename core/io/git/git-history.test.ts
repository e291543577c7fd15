import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder } from './git.fixture.ts';
import { createGitHistory, isWorkingTreeDirty, readGitState } from './git-history.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));

// main: one ─ two ─ merge ─ five; feature: two ─ three ─ four
const repository = aRepository(join(home, 'repository'));
const one = repository.commit({ 'mlops.yml': 'version: 1\n', 'data/a b.csv': 'x\n1\n', 'gone.txt': 'x' });
const two = repository.commit({ 'mlops.yml': 'version: 1\ndatasets: {}\n' });
repository.git('checkout', '--quiet', '-b', 'feature');
const three = repository.commit({ 'train.py': 'print("ü")' });
repository.git('checkout', '--quiet', 'main');
repository.git('merge', '--quiet', '--no-ff', '--message=A merge', 'feature');
const merge = repository.git('rev-parse', 'HEAD');
repository.git('checkout', '--quiet', 'feature');
repository.git('rm', '--quiet', 'gone.txt');
const four = repository.commit({ 'data/a b.csv': 'x\n2\n' });
repository.git('checkout', '--quiet', 'main');
const five = repository.commit({});
repository.git('checkout', '--quiet', '--orphan', 'lonely');
const lonely = repository.commit({});
repository.git('checkout', '--quiet', 'main');
const unknown = '1'.repeat(40);

const shallow = aRepository(join(home, 'shallow'));
shallow.git('fetch', '--quiet', '--depth=1', `file://${repository.folder}`, 'main');
shallow.git('checkout', '--quiet', '-B', 'main', 'FETCH_HEAD');

describe('createGitHistory', () => {
  const history = createGitHistory(repository.folder);

  it.each([
    ['two branches', five, four, three],
    ['a commit and its ancestor', five, one, one],
    ['a commit and itself', five, five, five],
    ['names of branches', 'main', 'feature', three],
    ['histories that never met', five, lonely, undefined],
    ['an unknown commit', five, unknown, undefined],
    ['an option', five, '--all', undefined],
    ['nothing', '', five, undefined],
  ])('finds the merge base of %s', async (_title, a, b, base) => {
    expect(await history.mergeBase(a, b)).toBe(base);
  });

  it('walks first parents, the commit itself first', async () => {
    expect(await history.firstParents(five, 10)).toEqual([five, merge, two, one]);
    expect(await history.firstParents(five, 2)).toEqual([five, merge]);
    expect(await history.firstParents(five, 0)).toEqual([]);
    expect(await history.firstParents(unknown, 2)).toEqual([]);
  });

  it.each([
    ['as it was', one, 'mlops.yml', 'version: 1\n'],
    ['as it is', five, 'mlops.yml', 'version: 1\ndatasets: {}\n'],
    ['with a space and letters beyond ASCII', three, 'train.py', 'print("ü")'],
    ['that is not there', one, 'train.py', undefined],
    ['that is a folder', one, 'data', undefined],
    ['of an unknown commit', unknown, 'mlops.yml', undefined],
    ['outside', one, '../repository/mlops.yml', undefined],
  ])('reads a file %s', async (_title, sha, path, text) => {
    expect(await history.fileAt(sha, path)).toBe(text);
  });

  it('reads from the root of the repository, also from a folder of it', async () => {
    expect(await createGitHistory(join(repository.folder, 'data')).fileAt(one, 'mlops.yml')).toBe('version: 1\n');
  });

  it('lists what changed between two commits', async () => {
    expect(await history.changedFiles(two, four)).toEqual(['data/a b.csv', 'gone.txt', 'train.py']);
    expect(await history.changedFiles(two, two)).toEqual([]);
    expect(await history.changedFiles(unknown, two)).toBeUndefined();
  });

  it('knows no more than a shallow clone, and never throws', async () => {
    const cut = createGitHistory(shallow.folder);
    expect(await cut.mergeBase(five, four)).toBeUndefined();
    expect(await cut.mergeBase(five, five)).toBe(five);
    expect(await cut.firstParents(five, 10)).toEqual([five]);
    expect(await cut.fileAt(five, 'mlops.yml')).toBe('version: 1\ndatasets: {}\n');
    expect(await cut.fileAt(two, 'mlops.yml')).toBeUndefined();
    expect(await cut.changedFiles(two, five)).toBeUndefined();
    expect([await cut.isShallow(), await history.isShallow()]).toEqual([true, false]);
  });
});

describe('readGitState', () => {
  it('tells commit, branch, root and default branch, from any folder of the repository', async () => {
    expect(await readGitState(join(repository.folder, 'data'))).toEqual({
      sha: five,
      noCommit: null,
      branch: 'main',
      defaultBranch: 'main',
      root: repository.folder,
    });
  });

  it('is dirty when a tracked file differs, not for a new file', async () => {
    const clone = aRepository(join(home, 'dirty'));
    clone.commit({ a: '1' });
    writeFileSync(join(clone.folder, 'new'), '');
    expect(await isWorkingTreeDirty(clone.folder)).toBe(false);
    writeFileSync(join(clone.folder, 'a'), '2');
    expect(await isWorkingTreeDirty(clone.folder)).toBe(true);
    clone.git('add', '--all');
    expect(await isWorkingTreeDirty(clone.folder)).toBe(true);
  });

  it('has no branch when none is checked out, as on a pull request', async () => {
    const clone = aRepository(join(home, 'detached'));
    const sha = clone.commit({});
    clone.git('checkout', '--quiet', '--detach');
    expect(await readGitState(clone.folder)).toMatchObject({ sha, branch: null, defaultBranch: 'main' });
  });

  it('has no commit before the first one', async () => {
    const fresh = aRepository(join(home, 'fresh'));
    expect(await readGitState(fresh.folder)).toEqual({
      sha: null,
      noCommit: expect.objectContaining({ kind: 'no_commit' }),
      branch: 'main',
      defaultBranch: null,
      root: fresh.folder,
    });
  });

  it('believes the remote about its default branch', async () => {
    const upstream = aRepository(join(home, 'upstream'));
    upstream.commit({});
    upstream.git('branch', '--move', 'main', 'release/next');
    execFileSync('git', ['clone', '--quiet', upstream.folder, join(home, 'downstream')]);
    expect((await readGitState(join(home, 'downstream'))).defaultBranch).toBe('release/next');
  });

  it('takes the only branch for the default branch', async () => {
    const clone = aRepository(join(home, 'trunk'));
    clone.commit({});
    clone.git('branch', '--move', 'main', 'trunk');
    expect((await readGitState(clone.folder)).defaultBranch).toBe('trunk');
    clone.git('branch', 'work');
    expect((await readGitState(clone.folder)).defaultBranch).toBe(null);
  });

  it('does not believe that the default branch is one that is gone', async () => {
    const clone = aRepository(join(home, 'told-nothing'));
    clone.commit({});
    clone.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/old');
    expect((await readGitState(clone.folder)).defaultBranch).toBe('main');
  });

  it('says why where there is no repository', async () => {
    mkdirSync(join(home, 'plain'));
    expect(await readGitState(join(home, 'plain'))).toEqual({
      sha: null,
      noCommit: expect.objectContaining({ kind: 'no_repository', why: 'no git repository' }),
      branch: null,
      defaultBranch: null,
      root: null,
    });
  });
});
