import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aRun } from '../../tracking/run.fixture.ts';
import { createRunStore } from '../../tracking/run-store.ts';
import { readCheckedOutCommit } from './clone.ts';
import { aRepository, newTestFolder, type TestRepository } from './git.fixture.ts';
import { createGitHistory, isWorkingTreeDirty, readGitState } from './git-history.ts';
import { createGitRecordFiles } from './git-record-files.ts';
import { plantRepository } from './planted-repository.fixture.ts';
import { openRunsOfClone } from './runs-of-clone.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
let clone: TestRepository;
let sha: string;
let app: string;
let marker: string;
beforeEach(() => {
  const folder = join(home, String(++count));
  marker = join(home, `marker-${count}`);
  clone = aRepository(folder);
  clone.commit({ 'app/mlops.yml': 'version: 1\n' });
  app = join(folder, 'app');
  plantRepository(app, marker);
  sha = clone.commit({});
});
afterEach(() => vi.unstubAllEnvs());

describe('a repository that a change brings among its files', () => {
  it('runs a program of the change for a git that looks for its repository', () => {
    execFileSync('git', ['-c', 'safe.bareRepository=all', 'status'], { cwd: app, stdio: 'ignore' });
    expect(existsSync(marker)).toBe(true);
  });

  it('is not the one whose commit a job has checked out', async () => {
    expect(await readCheckedOutCommit(clone.folder, app)).toBe(sha);
    expect(existsSync(marker)).toBe(false);
  });

  it('is not the clone that a person works in', async () => {
    expect(await readGitState(app)).toEqual({
      sha,
      noCommit: null,
      branch: 'main',
      defaultBranch: 'main',
      root: clone.folder,
    });
    const history = createGitHistory(app);
    expect(await history.fileAt('HEAD', 'app/mlops.yml')).toBe('version: 1\n');
    expect(await history.mergeBase('HEAD', 'main')).toBe(sha);
    expect(await history.firstParents('HEAD', 1)).toEqual([sha]);
    expect(await history.changedFiles('HEAD', 'main')).toEqual([]);
    expect(await history.isShallow()).toBe(false);
    expect(existsSync(marker)).toBe(false);
  });

  it('is none where there is no other, whether it looks like one with a .git or without', async () => {
    rmSync(join(clone.folder, '.git'), { recursive: true });
    const noCommit = expect.objectContaining({ kind: 'bare' });
    const nothing = { sha: null, noCommit, branch: null, defaultBranch: null, root: null };
    expect(await readGitState(app)).toEqual(nothing);
    mkdirSync(join(app, '.git'));
    expect(await readGitState(app)).toEqual(nothing);
    expect(await readCheckedOutCommit(clone.folder, app)).toBeNull();
    expect(await readCheckedOutCommit(app, app)).toBeNull();
    expect(existsSync(marker)).toBe(false);
  });

  it('does not stand in for what was fetched of origin', async () => {
    const remote = aRepository(join(home, `remote-${count}`), '--bare');
    clone.git('remote', 'add', 'origin', remote.folder);
    for (const name of ['branch/origin.git', 'branch/clone.git', 'accepted.git']) {
      plantRepository(join(clone.folder, '.mlops', name), marker);
    }
    const store = await openRunsOfClone({ root: app, branch: 'runs', warn: () => {} });
    expect((await store.list()).runs).toEqual([]);
    expect(existsSync(marker)).toBe(false);
  });
});

describe('the configuration of the repository that is used', () => {
  it.each(['core.fsmonitor', 'core.pager', 'core.sshCommand', 'alias.rev-parse'])('runs no %s', async (name) => {
    clone.git('config', name, `touch ${marker};`);
    expect(await readCheckedOutCommit(clone.folder, app)).toBe(sha);
    expect(await isWorkingTreeDirty(app)).toBe(false);
    expect(existsSync(marker)).toBe(false);
  });

  it('of our own runs no hook and no ssh', async () => {
    const workDir = join(home, `work-${count}`);
    plantRepository(workDir, marker);
    const remote = aRepository(join(home, `remote-${count}`), '--bare');
    const store = (address: string) =>
      createRunStore(createGitRecordFiles({ remote: address, branch: 'runs', workDir }));
    execFileSync('git', ['config', '--file', join(workDir, 'config'), '--remove-section', 'remote.origin']);
    await store(remote.folder).put([aRun()]);
    expect((await store(remote.folder).list()).runs).toEqual([aRun()]);
    await expect(store('ssh://git@127.0.0.1:1/x').list()).rejects.toThrow(/transport 'ssh' not allowed/);
    await expect(store(`ext::touch ${marker}`).list()).rejects.toThrow(/not allowed/);
    expect(existsSync(marker)).toBe(false);
  });
});

describe('a git that a change brings', () => {
  it.each([
    ['in a folder of the clone', (folder: string) => join(folder, 'bin')],
    ['in the folder where we are', () => '.'],
    ['behind a link', (folder: string) => join(folder, '..', `link-${count}`)],
  ])('%s is not run', async (_title, place) => {
    const bin = join(clone.folder, 'bin');
    const link = join(home, `link-${count}`);
    mkdirSync(bin);
    mkdirSync(link);
    writeFileSync(join(bin, 'git'), `#!/bin/sh\ntouch ${marker}\n`);
    chmodSync(join(bin, 'git'), 0o755);
    execFileSync('ln', ['-s', join(bin, 'git'), join(link, 'git')]);
    vi.stubEnv('PATH', `${place(clone.folder)}${delimiter}${process.env.PATH}`);
    expect(await readCheckedOutCommit(clone.folder, app)).toBe(sha);
    expect((await readGitState(app)).sha).toBe(sha);
    expect(existsSync(marker)).toBe(false);
  });
});

describe('what is read', () => {
  it('is not what a replacement says', async () => {
    const first = clone.git('rev-parse', 'HEAD~1');
    const other = clone.git('commit-tree', '-m', 'other', clone.git('mktree', '--missing'));
    const blob = clone.git('rev-parse', 'HEAD:app/mlops.yml');
    clone.git('replace', sha, other);
    clone.git('replace', blob, clone.git('hash-object', '-w', 'app/config'));
    expect(clone.git('cat-file', 'blob', blob)).toContain('fsmonitor');
    const history = createGitHistory(clone.folder);
    expect(await history.firstParents('HEAD', 5)).toEqual([sha, first]);
    expect(await history.fileAt('HEAD', 'app/mlops.yml')).toBe('version: 1\n');
    expect(await readCheckedOutCommit(clone.folder, app)).toBe(sha);
  });

  it('belongs to the worktree or submodule that a person works in', async () => {
    const worktree = join(home, `worktree-${count}`);
    clone.git('worktree', 'add', '--quiet', '-b', 'beside', worktree);
    expect(await readGitState(join(worktree, 'app'))).toMatchObject({ sha, branch: 'beside', root: worktree });
    const outer = aRepository(join(home, `outer-${count}`));
    outer.git('submodule', '--quiet', 'add', clone.folder, 'inner');
    outer.commit({});
    const inner = join(outer.folder, 'inner');
    expect(await readGitState(join(inner, 'app'))).toMatchObject({ sha, root: inner });
  });

  it('is the checkout that holds the working directory, where there are several', async () => {
    const workspace = join(clone.folder, '..');
    expect(await readCheckedOutCommit(workspace, app)).toBe(sha);
    expect(await readCheckedOutCommit(workspace, home)).toBeNull();
    expect(await readCheckedOutCommit(app, clone.folder)).toBeNull();
  });
});
