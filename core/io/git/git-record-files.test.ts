import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { describeRecordFiles } from '../../records/record-files.contract.ts';
import { aRepository, newTestFolder, plantOnBranch, type TestRepository } from './git.fixture.ts';
import type { GitBranchOptions } from './git-branch.ts';
import { createGitRecordFiles } from './git-record-files.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }), 60_000);
let count = 0;
const newFolder = () => join(home, String(++count));
const newRemote = () => aRepository(newFolder(), '--bare');

/** Some files, named by numbers. */
const someFiles = (...names: readonly number[]) =>
  new Map(names.map((name) => [`runs/${name}.json`, new TextEncoder().encode(`record ${name}`)]));
const message = 'Record something\n';
const briefly = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds / 5));
const filesOf = (remote: string, workDir = newFolder(), options: Partial<GitBranchOptions> = {}) =>
  createGitRecordFiles({ remote, branch: 'runs', workDir, sleep: briefly, ...options });
const put = (remote: string, ...names: readonly number[]) => filesOf(remote).add(someFiles(...names), { message });
const namesIn = async (files: ReturnType<typeof filesOf>) =>
  (await files.list('runs')).map(({ path }) => Number(path.replace(/^runs\/|\.json$/g, ''))).sort((a, b) => a - b);

describeRecordFiles('records on a branch, by git', async () => {
  const remote = newRemote();
  return {
    open: () => filesOf(remote.folder),
    plant: async (files) => plantOnBranch(remote.folder, 'runs', files),
  };
});

/** Locks the branch as a push in progress does; the function returned ends that. */
function holdBranch(remote: TestRepository): () => void {
  remote.git('config', 'core.filesRefLockTimeout', '0');
  const lock = join(remote.folder, 'refs/heads/runs.lock');
  writeFileSync(lock, '');
  return () => rmSync(lock);
}

describe('createGitRecordFiles', () => {
  it('begins the branch with a commit that has no parent, by nobody with an e-mail address', async () => {
    const remote = newRemote();
    await put(remote.folder, 1);
    expect(remote.git('ls-tree', '-r', '--name-only', 'runs').split('\n')).toEqual(['README.md', 'runs/1.json']);
    expect(remote.git('log', '--format=%P|%an <%ae>|%cn <%ce>|%s', 'runs')).toBe(
      '|mlops-action <mlops-action@users.noreply.github.com>|mlops-action <mlops-action@users.noreply.github.com>|Record something',
    );
    expect(remote.git('cat-file', 'blob', 'runs:runs/1.json')).toBe('record 1');
  });

  it('adds many files in one commit on top of the head', async () => {
    const remote = newRemote();
    await put(remote.folder, 0);
    const first = remote.git('rev-parse', 'runs');
    await put(remote.folder, ...Array.from({ length: 50 }, (_, i) => i + 1));
    expect(remote.git('rev-parse', 'runs^')).toBe(first);
    expect(await namesIn(filesOf(remote.folder))).toHaveLength(51);
  });

  it('makes no commit when there is nothing new', async () => {
    const remote = newRemote();
    const files = filesOf(remote.folder);
    await files.add(someFiles(1), { message });
    const head = remote.git('rev-parse', 'runs');
    await files.add(someFiles(1), { message });
    await put(remote.folder, 1);
    await put(remote.folder);
    expect(remote.git('rev-parse', 'runs')).toBe(head);
  });

  it('fetches the newest commit alone, and asks for nothing that it has seen', async () => {
    const remote = newRemote();
    for (const name of [1, 2, 3]) await put(remote.folder, name);
    const workDir = newFolder();
    const files = filesOf(remote.folder, workDir);
    expect(await namesIn(files)).toEqual([1, 2, 3]);
    expect(remote.git('--git-dir', workDir, 'rev-list', '--count', 'refs/mlops/head')).toBe('1');
    rmSync(remote.folder, { recursive: true });
    expect((await files.read(['runs/1.json', 'runs/3.json'], 100)).size).toBe(2);
    await expect(files.read(['runs/4.json'], 100)).rejects.toThrow(/refuses access/);
  });

  it('leaves the clone it works beside as it was', async () => {
    const remote = newRemote();
    const clone = aRepository(newFolder());
    clone.git('remote', 'add', 'origin', remote.folder);
    clone.commit({ 'train.py': 'print(1)', '.gitignore': '.mlops/\n' });
    writeFileSync(join(clone.folder, 'train.py'), 'print(2)');
    const look = () => [
      clone.git('status', '--porcelain=v2', '--branch'),
      clone.git('for-each-ref'),
      readdirSync(join(clone.folder, '.git')).sort().join(),
    ];
    const before = look();
    await filesOf(remote.folder, join(clone.folder, '.mlops/git')).add(someFiles(1), { message });
    expect(look()).toEqual(before);
  });

  it('keeps one line of commits when writers race', async () => {
    const remote = newRemote();
    const names = [1, 2, 3, 4];
    await Promise.all(names.map((name) => put(remote.folder, name)));
    expect(await namesIn(filesOf(remote.folder))).toEqual(names);
    expect(remote.git('rev-list', '--count', 'runs')).toBe('4');
    expect(remote.git('rev-list', '--max-parents=0', '--count', 'runs')).toBe('1');
  });

  it('loses nothing when separate processes race', async () => {
    const remote = newRemote();
    const script = `
      import { createGitRecordFiles } from ${JSON.stringify(new URL('./git-record-files.ts', import.meta.url).href)};
      const [remote, workDir, path] = process.argv.slice(1);
      const files = new Map([[path, new TextEncoder().encode(path)]]);
      await createGitRecordFiles({ remote, branch: 'runs', workDir }).add(files, { message: path });`;
    const start = promisify(execFile);
    await Promise.all(
      [1, 2, 3].map((name) =>
        start(process.execPath, [
          '--input-type=module',
          '--eval',
          script,
          remote.folder,
          newFolder(),
          `runs/${name}.json`,
        ]),
      ),
    );
    expect(await namesIn(filesOf(remote.folder))).toEqual([1, 2, 3]);
  });

  it('builds anew on the head another writer left in between, and backs off with jitter', async () => {
    const remote = newRemote();
    await put(remote.folder, 1);
    const slept: number[] = [];
    const release = holdBranch(remote);
    const files = filesOf(remote.folder, newFolder(), {
      random: () => 0.5,
      async sleep(milliseconds) {
        slept.push(milliseconds);
        if (slept.length < 2) return;
        release();
        await put(remote.folder, 2);
      },
    });
    await files.add(someFiles(3), { message });
    expect(slept).toEqual([100, 200]);
    expect(await namesIn(files)).toEqual([1, 2, 3]);
    expect(remote.git('rev-list', '--count', 'runs')).toBe('3');
  });

  it('gives up when the branch stays busy, and says so', async () => {
    const remote = newRemote();
    await put(remote.folder, 1);
    holdBranch(remote);
    const slept: number[] = [];
    const files = filesOf(remote.folder, newFolder(), {
      random: () => 1,
      sleep: async (milliseconds) => void slept.push(milliseconds),
    });
    await expect(files.add(someFiles(2), { message })).rejects.toThrow(/branch runs is too busy/);
    expect(slept).toHaveLength(19);
    expect(Math.max(...slept)).toBe(10_000);
  });

  it('tells the user at once when the repository refuses', async () => {
    const remote = newRemote();
    mkdirSync(join(remote.folder, 'hooks'), { recursive: true });
    writeFileSync(join(remote.folder, 'hooks/pre-receive'), '#!/bin/sh\necho "no entry" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const error: StoreError = await put(remote.folder, 1).catch((reason) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(error.problems[0]).toMatchObject({
      message: 'the repository refuses access to branch runs',
      found: expect.stringContaining('no entry'),
      next: expect.stringContaining('contents: write'),
    });
  });

  it.each([
    ['a remote that is not there', 'runs', /refuses access/],
    ['an impossible branch', 'a..b', /not a branch name/],
  ])('tells the user about %s', async (_title, branch, message) => {
    const files = filesOf(join(home, 'no/such/place'), newFolder(), { branch });
    await expect(files.list('runs')).rejects.toThrow(StoreError);
    await expect(files.list('runs')).rejects.toThrow(message);
  });

  it('does not follow a link', async () => {
    const remote = newRemote();
    await put(remote.folder, 1);
    const clone = newFolder();
    remote.git('clone', '--quiet', '--branch=runs', remote.folder, clone);
    const { git } = aRepository(clone);
    git('update-index', '--add', '--cacheinfo', `120000,${git('hash-object', 'README.md')},runs/2.json`);
    git('commit', '--quiet', '--message=A link');
    git('push', '--quiet');
    const files = filesOf(remote.folder);
    expect(await namesIn(files)).toEqual([1, 2]);
    expect((await files.read(['runs/2.json'], 1000)).get('runs/2.json')).toEqual({ reason: 'not a file' });
    await expect(files.add(someFiles(2), { message })).rejects.toThrow(/not a file/);
  });

  describe('whose cache a process that was killed left', () => {
    async function abandoned() {
      const remote = newRemote();
      const workDir = newFolder();
      await put(remote.folder, 1);
      await filesOf(remote.folder, workDir).list('runs');
      const warnings: string[] = [];
      const files = filesOf(remote.folder, workDir, { warn: (warning) => void warnings.push(warning) });
      return { remote, files, workDir, warnings };
    }

    it.each(['config.lock', 'shallow.lock', 'refs/mlops/head.lock'])(
      'locked (%s), reads and writes all the same',
      async (lock) => {
        const { remote, files, workDir, warnings } = await abandoned();
        writeFileSync(join(workDir, lock), '');
        await put(remote.folder, 2);
        expect(await namesIn(files)).toEqual([1, 2]);
        for (const warning of warnings) expect(warning).toContain(`${workDir} is made anew, since git cannot use it`);
      },
    );

    it('cut in the middle of any of its files, reads and writes all the same', async () => {
      const { files, workDir, warnings } = await abandoned();
      const cached = readdirSync(workDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(cached.length).toBeGreaterThan(4);
      const cut = (file: string) => {
        chmodSync(file, 0o644);
        truncateSync(file, Math.floor(statSync(file).size / 2));
      };
      const readsRight = async () =>
        expect((await files.read(['runs/1.json'], 100)).get('runs/1.json')).toEqual({
          bytes: Buffer.from('record 1'),
        });
      for (const { parentPath, name } of cached) {
        const file = join(parentPath, name);
        if (existsSync(file)) cut(file);
        expect(await namesIn(files)).toEqual([1]);
        await readsRight();
        // What was listed is read without a new look at the branch: that must mend as well.
        if (existsSync(file)) cut(file);
        await readsRight();
      }
      await files.add(someFiles(2), { message });
      expect(await namesIn(files)).toEqual([1, 2]);
      expect(warnings.length).toBeGreaterThan(0);
    });
  });

  it('shows no password of the remote in its description', () => {
    expect(filesOf('https://me:secret@example.com/a/b').description).toBe('branch runs of https://example.com/a/b');
  });
});
