import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { aRun } from '../../tracking/run.fixture.ts';
import { formatRun } from '../../tracking/run-codec.ts';
import { createRunId, runPath } from '../../tracking/run-id.ts';
import { describeRunStore } from '../../tracking/run-store.contract.ts';
import { aRepository, newTestFolder, type TestRepository } from './git.fixture.ts';
import { createGitRunStore } from './git-run-store.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }), 60_000);
let count = 0;
const newFolder = () => join(home, String(++count));
const newRemote = () => aRepository(newFolder(), '--bare');

const run = aRun();
const manyRuns = (n: number) =>
  Array.from({ length: n }, (_, i) =>
    aRun({ id: createRunId({ createdAt: run.createdAt, dataset: 'a', model: 'b', nonce: `${i}` }) }),
  );
const briefly = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds / 5));
const storeOf = (remote: string, workDir = newFolder()) =>
  createGitRunStore({ remote, branch: 'runs', workDir, sleep: briefly });

describeRunStore('git run store', async () => {
  const remote = newRemote();
  const clone = newFolder();
  return {
    store: storeOf(remote.folder),
    async plant(path, text) {
      rmSync(clone, { recursive: true, force: true });
      remote.git('clone', '--quiet', '--branch=runs', remote.folder, clone);
      const { commit, git } = aRepository(clone);
      commit({ [path]: text });
      git('push', '--quiet');
    },
  };
});

/** Locks the branch as a push in progress does; the function returned ends that. */
function holdBranch(remote: TestRepository): () => void {
  remote.git('config', 'core.filesRefLockTimeout', '0');
  const lock = join(remote.folder, 'refs/heads/runs.lock');
  writeFileSync(lock, '');
  return () => rmSync(lock);
}

describe('createGitRunStore', () => {
  it('begins the branch with a commit that has no parent, by nobody with an e-mail address', async () => {
    const remote = newRemote();
    await storeOf(remote.folder).put([run]);
    expect(remote.git('ls-tree', '-r', '--name-only', 'runs').split('\n')).toEqual(['README.md', runPath(run.id)]);
    expect(remote.git('log', '--format=%P|%an <%ae>|%cn <%ce>|%s', 'runs')).toBe(
      `|mlops-action <mlops-action@users.noreply.github.com>|mlops-action <mlops-action@users.noreply.github.com>|Record run ${run.id}`,
    );
    expect(remote.git('cat-file', 'blob', `runs:${runPath(run.id)}`)).toBe(formatRun(run).trim());
  });

  it('puts many runs in one commit on top of the head', async () => {
    const remote = newRemote();
    await storeOf(remote.folder).put([run]);
    const first = remote.git('rev-parse', 'runs');
    await storeOf(remote.folder).put(manyRuns(50));
    expect(remote.git('rev-parse', 'runs^')).toBe(first);
    expect((await storeOf(remote.folder).list()).runs).toHaveLength(51);
  });

  it('makes no commit when there is nothing new', async () => {
    const remote = newRemote();
    const store = storeOf(remote.folder);
    await store.put([run]);
    const head = remote.git('rev-parse', 'runs');
    await store.put([run]);
    await storeOf(remote.folder).put([run]);
    expect(remote.git('rev-parse', 'runs')).toBe(head);
  });

  it('sees what others wrote since, through the same folder', async () => {
    const remote = newRemote();
    const [mine, theirs] = [storeOf(remote.folder), storeOf(remote.folder)];
    for (const [i, one] of manyRuns(4).entries()) {
      await (i % 2 === 0 ? mine : theirs).put([one]);
      expect((await mine.list()).runs).toHaveLength(i + 1);
      expect((await theirs.list()).runs).toHaveLength(i + 1);
    }
    expect(remote.git('rev-list', '--count', 'runs')).toBe('4');
  });

  it('fetches the newest commit only', async () => {
    const remote = newRemote();
    for (const one of manyRuns(3)) await storeOf(remote.folder).put([one]);
    const workDir = newFolder();
    expect((await storeOf(remote.folder, workDir).list()).runs).toHaveLength(3);
    expect(remote.git('--git-dir', workDir, 'rev-list', '--count', 'refs/mlops/head')).toBe('1');
  });

  it('indexes by commit: nothing is read again while the head stays, and only what is new when it moved', async () => {
    const remote = newRemote();
    const [first, second] = manyRuns(2);
    const workDir = newFolder();
    await storeOf(remote.folder).put([first!]);
    await storeOf(remote.folder, workDir).summaries();
    const index = join(workDir, 'runs.index');
    const [header, body] = readFileSync(index, 'utf8').split('\n');
    expect(header).toContain(remote.git('rev-parse', 'runs'));
    const lie = body!.replace('"target":"Churn"', '"target":"from the index"');
    const sha256 = createHash('sha256').update(lie).digest('hex');
    writeFileSync(index, `${header!.replace(/"sha256":"[^"]*"/, `"sha256":"${sha256}"`)}\n${lie}\n`);
    const targets = async () =>
      (await storeOf(remote.folder, workDir).summaries()).summaries.map(({ target }) => target).sort();
    expect(await targets()).toEqual(['from the index']);
    await storeOf(remote.folder).put([second!]);
    expect(await targets()).toEqual(['Churn', 'from the index']);
    expect(readFileSync(index, 'utf8')).toContain(remote.git('rev-parse', 'runs'));
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
    await storeOf(remote.folder, join(clone.folder, '.mlops/git')).put([run]);
    expect(look()).toEqual(before);
  });

  it.each([2, 4])('loses nothing when %i writers race', async (writers) => {
    const remote = newRemote();
    const runs = manyRuns(writers);
    await Promise.all(runs.map((one) => storeOf(remote.folder).put([one])));
    const listing = await storeOf(remote.folder).list();
    expect(listing.skipped).toEqual([]);
    expect(listing.runs.map((one) => one.id).sort()).toEqual(runs.map((one) => one.id).sort());
    expect(remote.git('rev-list', '--count', 'runs')).toBe(String(writers));
    expect(remote.git('rev-list', '--max-parents=0', '--count', 'runs')).toBe('1');
  });

  it('loses nothing when the writers of one store do not wait for each other', async () => {
    const remote = newRemote();
    const store = storeOf(remote.folder);
    await Promise.all(manyRuns(4).map((one) => store.put([one])));
    expect((await store.list()).runs).toHaveLength(4);
  });

  it('lets one of two writers of one id win and refuses the other', async () => {
    const remote = newRemote();
    const results = await Promise.allSettled(
      [1, 2].map((bytes) => storeOf(remote.folder).put([{ ...run, modelBytes: bytes }])),
    );
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const { reason } = results.find((result) => result.status === 'rejected')!;
    expect(reason).toBeInstanceOf(StoreError);
    expect(reason.message).toMatch(/taken by another content/);
  });

  it('loses nothing when separate processes race', async () => {
    const remote = newRemote();
    const script = `
      import { createGitRunStore } from ${JSON.stringify(new URL('./git-run-store.ts', import.meta.url).href)};
      const [remote, workDir, run] = process.argv.slice(1);
      await createGitRunStore({ remote, branch: 'runs', workDir }).put([JSON.parse(run)]);`;
    const start = promisify(execFile);
    await Promise.all(
      manyRuns(3).map((one) =>
        start(process.execPath, [
          '--input-type=module',
          '--eval',
          script,
          remote.folder,
          newFolder(),
          JSON.stringify(one),
        ]),
      ),
    );
    expect((await storeOf(remote.folder).list()).runs).toHaveLength(3);
  });

  it('builds anew on the head another writer left in between, and backs off with jitter', async () => {
    const remote = newRemote();
    const [first, second, third] = manyRuns(3) as [typeof run, typeof run, typeof run];
    await storeOf(remote.folder).put([first]);
    const slept: number[] = [];
    const release = holdBranch(remote);
    const store = createGitRunStore({
      remote: remote.folder,
      branch: 'runs',
      workDir: newFolder(),
      random: () => 0.5,
      async sleep(milliseconds) {
        slept.push(milliseconds);
        if (slept.length < 2) return;
        release();
        await storeOf(remote.folder).put([second]);
      },
    });
    await store.put([third]);
    expect(slept).toEqual([100, 200]);
    expect((await store.list()).runs).toHaveLength(3);
    expect(remote.git('rev-list', '--count', 'runs')).toBe('3');
  });

  it('gives up when the branch stays busy, and says so', async () => {
    const remote = newRemote();
    await storeOf(remote.folder).put([aRun({ id: '20261123-000000-a-b-00000000' })]);
    holdBranch(remote);
    const slept: number[] = [];
    const store = createGitRunStore({
      remote: remote.folder,
      branch: 'runs',
      workDir: newFolder(),
      random: () => 1,
      sleep: async (milliseconds) => void slept.push(milliseconds),
    });
    await expect(store.put([run])).rejects.toThrow(/branch runs is too busy/);
    expect(slept).toHaveLength(19);
    expect(Math.max(...slept)).toBe(10_000);
  });

  it('tells the user at once when the repository refuses', async () => {
    const remote = newRemote();
    mkdirSync(join(remote.folder, 'hooks'), { recursive: true });
    writeFileSync(join(remote.folder, 'hooks/pre-receive'), '#!/bin/sh\necho "no entry" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const error: StoreError = await storeOf(remote.folder)
      .put([run])
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(error.problems[0]).toMatchObject({
      message: 'the repository refuses access to branch runs',
      found: expect.stringContaining('no entry'),
      next: expect.stringContaining('contents: write'),
    });
  });

  it.each([
    ['a remote that is not there', 'no/such/place', 'runs', /refuses access/],
    ['an impossible branch', 'no/such/place', 'a..b', /not a branch name/],
  ])('tells the user about %s', async (_title, remote, branch, message) => {
    const store = createGitRunStore({ remote: join(home, remote), branch, workDir: newFolder(), sleep: briefly });
    await expect(store.list()).rejects.toThrow(StoreError);
    await expect(store.list()).rejects.toThrow(message);
  });

  it('does not read a link or a giant', async () => {
    const remote = newRemote();
    await storeOf(remote.folder).put([run]);
    const clone = newFolder();
    remote.git('clone', '--quiet', '--branch=runs', remote.folder, clone);
    const { git, commit } = aRepository(clone);
    git('update-index', '--add', '--cacheinfo', `120000,${git('hash-object', 'README.md')},runs/link.json`);
    commit({ 'runs/giant.json': ' '.repeat(1_000_001) });
    git('push', '--quiet');
    const listing = await storeOf(remote.folder).list();
    expect(listing.runs).toHaveLength(1);
    expect(listing.skipped.map((one) => one.path)).toContain('runs/giant.json');
  });

  describe('whose cache a process that was killed left', () => {
    async function abandoned() {
      const remote = newRemote();
      const workDir = newFolder();
      await storeOf(remote.folder).put([run]);
      await storeOf(remote.folder, workDir).list();
      const warnings: string[] = [];
      const warn = (message: string) => void warnings.push(message);
      const store = createGitRunStore({ remote: remote.folder, branch: 'runs', workDir, sleep: briefly, warn });
      return { remote, store, workDir, warnings };
    }
    const another = aRun({ id: '20261123-000000-a-b-00000000', createdAt: '2026-11-23T00:00:00Z' });

    it.each(['config.lock', 'shallow.lock', 'refs/mlops/head.lock'])(
      'locked (%s), reads and writes all the same',
      async (lock) => {
        const { remote, store, workDir, warnings } = await abandoned();
        writeFileSync(join(workDir, lock), '');
        await storeOf(remote.folder).put([another]);
        expect((await store.list()).runs.map(({ id }) => id)).toEqual([run.id, another.id]);
        for (const warning of warnings) expect(warning).toContain(`${workDir} is made anew, since git cannot use it`);
      },
    );

    it('cut in the middle of any of its files, reads and writes all the same', async () => {
      const { store, workDir, warnings } = await abandoned();
      const files = readdirSync(workDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(files.length).toBeGreaterThan(4);
      for (const { parentPath, name } of files) {
        const file = join(parentPath, name);
        if (!existsSync(file)) continue;
        chmodSync(file, 0o644);
        truncateSync(file, Math.floor(statSync(file).size / 2));
        expect(await store.list()).toEqual({ runs: [run], skipped: [] });
      }
      await store.put([another]);
      expect((await store.list()).runs).toHaveLength(2);
      expect(warnings.length).toBeGreaterThan(0);
    });
  });

  it('shows no password of the remote in its description', () => {
    expect(storeOf('https://me:secret@example.com/a/b').description).toBe('branch runs of https://example.com/a/b');
  });
});
