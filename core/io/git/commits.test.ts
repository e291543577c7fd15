import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Rig, startRig } from '../../../test/rig/rig.ts';
import type { Repository } from '../../../test/rig/state.ts';
import type { CheckedOut, Commits } from '../../ports/commit-tree.ts';
import { openCommitsOfCheckout } from './commits-of-checkout.ts';
import { openCommitsOfClone } from './commits-of-clone.ts';
import { aRepository, newTestFolder, type TestRepository } from './git.fixture.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
const newFolder = (name: string) => join(home, `${name}-${++count}`);
const MAX = 1_000_000;

async function checkedOut(commits: Commits): Promise<CheckedOut> {
  const found = await commits.checkedOut();
  if (found.kind !== 'commit') throw new Error(`no commit: ${found.why}`);
  return found;
}

describe('the commit that is checked out', () => {
  it('has an id, parents, entries and bytes', async () => {
    const repository = aRepository(newFolder('plain'));
    const first = repository.commit({ 'app/a.csv': 'x\n1\n', 'run.sh': 'true\n' });
    symlinkSync('app/a.csv', join(repository.folder, 'link.csv'));
    chmodSync(join(repository.folder, 'run.sh'), 0o755);
    const second = repository.commit({});
    const { commit, folder } = await checkedOut(openCommitsOfClone(join(repository.folder, 'app')));
    expect([commit.id, commit.parents, folder]).toEqual([second, [first], 'app']);
    const entries = await commit.entries();
    const id = repository.git('rev-parse', 'HEAD:app/a.csv');
    expect([...entries.keys()]).toEqual(['app/a.csv', 'link.csv', 'run.sh']);
    expect(entries.get('app/a.csv')).toEqual({ path: 'app/a.csv', mode: '100644', kind: 'file', id, size: 4 });
    expect(entries.get('link.csv')).toMatchObject({ mode: '120000', kind: 'symlink', size: 9 });
    expect(entries.get('run.sh')).toMatchObject({ mode: '100755', kind: 'file' });
    expect(await commit.read(['app/a.csv', 'app', 'none', 'link.csv'], 9)).toEqual(
      new Map<string, unknown>([
        ['app/a.csv', { kind: 'file', bytes: Buffer.from('x\n1\n') }],
        ['app', { kind: 'absent' }],
        ['none', { kind: 'absent' }],
        ['link.csv', { kind: 'symlink', target: 'app/a.csv' }],
      ]),
    );
    expect((await commit.read(['app/a.csv'], 3)).get('app/a.csv')).toEqual({ kind: 'too_large', bytes: 4 });
  });

  it('has names with line breaks, quotes, tabs and letters beyond ASCII, and leaves out what is not UTF-8', async () => {
    const repository = aRepository(newFolder('names'));
    const names = ['a\nb.csv', 'tab\there "q".csv', 'über/données.csv', '\ufffd.csv'];
    repository.commit(Object.fromEntries(names.map((name, i) => [name, `${i}\n`])));
    const latin = Buffer.from([...Buffer.from(repository.folder), 0x2f, 0xfc, 0x2e, 0x63, 0x73, 0x76]);
    writeFileSync(latin, 'x');
    repository.commit({});
    const { commit, stateOf } = await checkedOut(openCommitsOfClone(repository.folder));
    expect([...(await commit.entries()).keys()].sort()).toEqual([...names].sort());
    for (const name of names) expect(await stateOf(name)).toEqual({ kind: 'same' });
    const contents = await commit.read(names, MAX);
    expect(names.map((name) => contents.get(name))).toEqual(
      names.map((_, i) => ({ kind: 'file', bytes: Buffer.from(`${i}\n`) })),
    );
  });

  it('is read in a repository that names objects by SHA-256', async () => {
    const repository = aRepository(newFolder('sha256'), '--object-format=sha256');
    const sha = repository.commit({ 'a.csv': 'x\n1\n', 'b.csv': 'x\n1\n' });
    writeFileSync(join(repository.folder, 'b.csv'), 'x\n2\n');
    const { commit, stateOf } = await checkedOut(openCommitsOfClone(repository.folder));
    expect(sha).toMatch(/^[0-9a-f]{64}$/);
    expect(commit.id).toBe(sha);
    expect(await stateOf('a.csv')).toEqual({ kind: 'same' });
    expect(await stateOf('b.csv')).toEqual({ kind: 'changed', line: 2 });
  });

  it('is not what a replacement or a graft says', async () => {
    const repository = aRepository(newFolder('replaced'));
    const first = repository.commit({ 'a.csv': 'x\n1\n' });
    const second = repository.commit({ 'a.csv': 'x\n2\n' });
    const other = repository.git('commit-tree', '-m', 'other', `${first}^{tree}`);
    repository.git('replace', second, other);
    repository.git(
      'replace',
      repository.git('rev-parse', `${other}:a.csv`),
      repository.git('hash-object', '-w', '.git/HEAD'),
    );
    mkdirSync(join(repository.folder, '.git/info'), { recursive: true });
    writeFileSync(join(repository.folder, '.git/info/grafts'), `${second}\n`);
    const commits = openCommitsOfClone(repository.folder);
    const { commit, stateOf } = await checkedOut(commits);
    expect([commit.id, commit.parents]).toEqual([second, [first]]);
    expect(await stateOf('a.csv')).toEqual({ kind: 'same' });
    const before = await (await commits.open(first))!.read(['a.csv'], MAX);
    expect(before.get('a.csv')).toEqual({ kind: 'file', bytes: Buffer.from('x\n1\n') });
  });

  it('belongs to a worktree or a submodule where that is what holds the project', async () => {
    const repository = aRepository(newFolder('main'));
    const sha = repository.commit({ 'a.csv': 'x\n' });
    const worktree = newFolder('worktree');
    repository.git('worktree', 'add', '--quiet', '-b', 'beside', worktree);
    const outer = aRepository(newFolder('outer'));
    outer.git('submodule', '--quiet', 'add', repository.folder, 'inner');
    const outside = outer.commit({});
    for (const folder of [worktree, join(outer.folder, 'inner')]) {
      const { commit, stateOf } = await checkedOut(openCommitsOfClone(folder));
      expect(commit.id).toBe(sha);
      expect(await stateOf('a.csv')).toEqual({ kind: 'same' });
    }
    const { commit, stateOf } = await checkedOut(openCommitsOfClone(outer.folder));
    expect((await commit.entries()).get('inner')).toMatchObject({ kind: 'submodule', id: sha, size: null });
    expect(await stateOf('inner/a.csv')).toEqual({ kind: 'in_submodule', path: 'inner' });
    expect((await commit.read(['inner'], MAX)).get('inner')).toEqual({ kind: 'submodule' });
    expect(commit.id).toBe(outside);
  });
});

describe('no commit', () => {
  const reasonOf = async (folder: string) => {
    const found = await openCommitsOfClone(folder).checkedOut();
    if (found.kind === 'commit') throw new Error('there is a commit');
    expect(found.why.length * found.next.length).toBeGreaterThan(0);
    return found;
  };

  it('where there is no repository', async () => {
    const folder = newFolder('none');
    mkdirSync(folder);
    expect(await reasonOf(folder)).toMatchObject({ kind: 'no_repository', why: 'no git repository' });
    expect(await reasonOf(join(folder, 'absent'))).toMatchObject({ kind: 'no_repository' });
  });

  it('where a .git holds nothing', async () => {
    const folder = newFolder('hollow');
    mkdirSync(join(folder, '.git'), { recursive: true });
    expect(await reasonOf(folder)).toMatchObject({ kind: 'no_repository' });
  });

  it('where there is no git', async () => {
    const repository = aRepository(newFolder('without-git'));
    repository.commit({});
    vi.stubEnv('PATH', home);
    const found = await reasonOf(repository.folder);
    expect(found).toMatchObject({ kind: 'no_git', next: 'install git, outside the project' });
    const commits = openCommitsOfClone(repository.folder);
    expect(await commits.open('1'.repeat(40))).toBeNull();
    expect(await commits.firstParents('HEAD', 5)).toEqual({ ids: [], isComplete: false });
  });

  it('before the first one', async () => {
    expect(await reasonOf(aRepository(newFolder('fresh')).folder)).toMatchObject({ kind: 'no_commit' });
  });

  it('in a bare repository', async () => {
    const { folder } = aRepository(newFolder('bare'), '--bare');
    expect(await reasonOf(folder)).toMatchObject({ kind: 'bare' });
    expect(await reasonOf(join(folder, 'objects'))).toMatchObject({ kind: 'bare' });
  });

  it.each([
    ['HEAD names what is lost', (sha: string) => ['objects', sha.slice(0, 2), sha.slice(2)].join('/'), null],
    ['HEAD says nothing', () => 'HEAD', 'nonsense\n'],
    ['its configuration cannot be read', () => 'config', '[core\n'],
  ])('where %s', async (_title, path, text) => {
    const repository = aRepository(newFolder('broken'));
    const file = join(repository.folder, '.git', path(repository.commit({ a: '1' })));
    rmSync(file, { force: true });
    if (text !== null) writeFileSync(file, text);
    expect(await reasonOf(repository.folder)).toMatchObject({ kind: 'unreadable' });
  });

  it('where the repository belongs to another user, until the person trusts it', async () => {
    const repository = aRepository(newFolder('foreign'));
    const sha = repository.commit({});
    const global = join(home, 'trusting-config');
    vi.stubEnv('GIT_CONFIG_GLOBAL', global);
    vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
    vi.stubEnv('SUDO_UID', '');
    vi.spyOn(process as { getuid: () => number }, 'getuid').mockReturnValue(process.getuid!() + 1);
    writeFileSync(global, '');
    const found = await reasonOf(repository.folder);
    expect(found).toMatchObject({ kind: 'foreign', next: expect.stringContaining(repository.folder) });
    for (const [trusted, isRead] of [
      ['/elsewhere', false],
      [repository.folder, true],
      [`${home}/*`, true],
      ['*', true],
    ] as const) {
      execFileSync('git', ['config', '--file', global, 'safe.directory', trusted]);
      const { kind } = await openCommitsOfClone(repository.folder).checkedOut();
      expect(kind, trusted).toBe(isRead ? 'commit' : 'foreign');
    }
    execFileSync('git', ['config', '--file', global, '--add', 'safe.directory', '']);
    expect(await reasonOf(repository.folder)).toMatchObject({ kind: 'foreign' });
    expect(sha).toHaveLength(40);
  });

  it.each([
    ['among the files', '../planted'],
    ['that is not there', '../gone'],
    ['that is nothing', ''],
  ])('behind a file .git that names a folder %s', async (_title, target) => {
    const folder = newFolder('pointed');
    const planted = aRepository(join(folder, 'planted'));
    planted.commit({});
    for (const name of ['HEAD', 'config', 'objects', 'refs'])
      renameSync(join(planted.folder, '.git', name), join(planted.folder, name));
    rmSync(join(planted.folder, '.git'), { recursive: true });
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/.git'), `gitdir: ${target}\n`);
    const commits = openCommitsOfCheckout({
      workspace: folder,
      folder: join(folder, 'app'),
      workDir: newFolder('work'),
      remote: home,
    });
    expect(await commits.checkedOut()).toMatchObject({ kind: 'no_repository' });
  });

  it('behind a link .git to a folder among the files', async () => {
    const folder = newFolder('linked');
    const planted = aRepository(join(folder, 'planted'), '--bare');
    symlinkSync(planted.folder, join(folder, '.git'));
    expect(await reasonOf(folder)).toMatchObject({ kind: 'no_repository' });
  });
});

describe('first parents', () => {
  it('end with the first commit, or where the clone does', async () => {
    const repository = aRepository(newFolder('chain'));
    const one = repository.commit({ a: '1' });
    repository.git('checkout', '--quiet', '-b', 'side');
    const side = repository.commit({ b: '1' });
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-ff', '--message=merge', 'side');
    const merge = repository.git('rev-parse', 'HEAD');
    const commits = openCommitsOfClone(repository.folder);
    expect(await commits.firstParents('main', 9)).toEqual({ ids: [merge, one], isComplete: true });
    expect(await commits.firstParents('side', 9)).toEqual({ ids: [side, one], isComplete: true });
    expect(await commits.firstParents('main', 1)).toEqual({ ids: [merge], isComplete: false });
    expect(await commits.firstParents('main', 0)).toEqual({ ids: [], isComplete: false });
    expect(await commits.firstParents('--all', 9)).toEqual({ ids: [], isComplete: false });
    const shallow = newFolder('shallow');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository.folder}`, shallow]);
    expect(await openCommitsOfClone(shallow).firstParents('HEAD', 9)).toEqual({ ids: [merge], isComplete: false });
    expect((await checkedOut(openCommitsOfClone(shallow))).commit.parents).toEqual([one, side]);
  });
});

describe('a commit that the clone lacks', () => {
  let rig: Rig;
  let remote: Repository;
  let source: TestRepository;
  let base: string;
  let head: string;
  const token = () => rig.createToken(remote, { contents: 'read' });
  beforeAll(async () => {
    rig = await startRig();
    remote = rig.createRepository({ owner: 'org', name: 'models', private: true });
    source = aRepository(newFolder('source'));
    source.commit({ 'old.csv': 'old\n' });
    base = source.commit({ 'mlops.yml': 'base\n', 'data/a.csv': 'x\n1\n', 'data/same.csv': 'same\n' });
    head = source.commit({ 'mlops.yml': 'head\n', 'data/a.csv': 'x\n2\n' });
    source.git('push', '--quiet', remote.gitDir, 'main');
  });
  afterEach(() => rig.assertExpected());
  afterAll(() => rig.close());

  /** What actions/checkout makes. */
  const checkout = () => {
    const clone = aRepository(newFolder('workspace'));
    clone.git('fetch', '--quiet', '--depth=1', `file://${remote.gitDir}`, 'main');
    clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    return clone;
  };
  const openJob = (of: { readonly token?: string; readonly folder?: string; readonly workDir?: string } = {}) => {
    const workspace = of.folder ?? checkout().folder;
    return openCommitsOfCheckout({
      workspace,
      folder: workspace,
      workDir: of.workDir ?? newFolder('work'),
      remote: remote.url,
      serverUrl: rig.serverUrl,
      token: of.token ?? token(),
    });
  };

  it('is fetched with its trees, and its files in one request when they are wanted', async () => {
    const commits = openJob();
    expect((await checkedOut(commits)).commit.id).toBe(head);
    const before = rig.requests.length;
    const tree = (await commits.open(base))!;
    expect([...(await tree.entries()).keys()]).toEqual(['data/a.csv', 'data/same.csv', 'mlops.yml', 'old.csv']);
    expect((await tree.entries()).get('data/a.csv')).toMatchObject({ size: null });
    const trees = rig.requests.length;
    const contents = await tree.read(['data/a.csv', 'mlops.yml', 'none'], MAX);
    expect(contents).toEqual(
      new Map<string, unknown>([
        ['data/a.csv', { kind: 'file', bytes: Buffer.from('x\n1\n') }],
        ['mlops.yml', { kind: 'file', bytes: Buffer.from('base\n') }],
        ['none', { kind: 'absent' }],
      ]),
    );
    const posts = (requests: readonly string[]) => requests.filter((one) => one.startsWith('POST')).length;
    expect(posts(rig.requests.slice(before, trees))).toBeGreaterThan(0);
    expect(posts(rig.requests.slice(trees))).toBe(1);
    expect(tree.parents).toHaveLength(1);
  });

  it('is fetched without the history before it, also when others were fetched before', async () => {
    const workDir = newFolder('work');
    for (const id of [head, base]) await openJob({ folder: home, workDir }).open(id);
    const history = execFileSync('git', ['--git-dir', workDir, 'rev-list', head, base], { encoding: 'utf8' });
    expect(history.trim().split('\n').sort()).toEqual([base, head].sort());
  });

  it('is not fetched where the clone has it, nor are files that it has', async () => {
    const commits = openJob();
    const tree = (await commits.open(base))!;
    const before = rig.requests.length;
    expect((await tree.read(['data/same.csv'], MAX)).get('data/same.csv')).toMatchObject({ kind: 'file' });
    const own = (await commits.open(head))!;
    expect((await own.read(['data/a.csv'], MAX)).get('data/a.csv')).toEqual({
      kind: 'file',
      bytes: Buffer.from('x\n2\n'),
    });
    expect(rig.requests.slice(before)).toEqual([]);
  });

  it('caps what is read, also of what was fetched', async () => {
    const tree = (await openJob().open(base))!;
    expect((await tree.read(['data/a.csv'], 3)).get('data/a.csv')).toEqual({ kind: 'too_large', bytes: 4 });
  });

  it('is fetched where the workspace is no repository', async () => {
    const folder = newFolder('no-checkout');
    mkdirSync(folder);
    const tree = (await openJob({ folder }).open(base))!;
    expect((await tree.read(['mlops.yml'], MAX)).get('mlops.yml')).toMatchObject({ bytes: Buffer.from('base\n') });
  });

  it('is null where the remote has none', async () => {
    expect(await openJob().open('1'.repeat(40))).toBeNull();
    for (const name of ['main', 'HEAD', base.slice(0, 7), '--all', ''])
      expect(await openJob().open(name), name).toBeNull();
  });

  it('shows the token to nobody', async () => {
    const secret = token();
    const workDir = newFolder('work');
    const seen: string[] = [];
    const log = join(home, `argv-${++count}`);
    const bin = newFolder('bin');
    mkdirSync(bin);
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    writeFileSync(join(bin, 'git'), `#!/bin/sh\nprintf '%s\\n' "$@" >>${log}\nexec ${real} "$@"\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
    const tree = (await openJob({ token: secret, workDir }).open(base))!;
    await tree.read(['mlops.yml'], MAX);
    seen.push(execFileSync('cat', [log], { encoding: 'utf8' }));
    seen.push(execFileSync('grep', ['-ra', '', workDir], { encoding: 'latin1', maxBuffer: 1e8 }));
    expect(seen[0]).toContain('fetch');
    const basic = Buffer.from(`x-access-token:${secret}`).toString('base64');
    for (const text of seen) expect(text.includes(secret) || text.includes(basic)).toBe(false);
  });

  it('says what refuses, and what cannot be reached', async () => {
    const stranger = rig.createToken(rig.createRepository({ owner: 'org', name: 'other' }), { contents: 'read' });
    const error = await openJob({ token: stranger })
      .open(base)
      .catch((reason) => reason);
    expect(error.problems[0]).toMatchObject({
      message: `the repository refuses access to commit ${base}`,
      next: expect.stringContaining('`permissions: contents: read`'),
    });
    const tree = (await openJob().open(base))!;
    const interrupt = () => rig.interrupt({ path: /git-upload-pack|info\/refs/, times: 4, with: 500 });
    interrupt();
    const read = (await tree.read(['mlops.yml'], MAX)).get('mlops.yml');
    expect(read).toMatchObject({ kind: 'unavailable', why: expect.stringContaining('500') });
    interrupt();
    const down = await openJob()
      .open(base)
      .catch((reason) => reason);
    expect(down.problems[0].message).toBe('the repository cannot be reached');
  });

  it('is fetched again where a process that died has left a lock or half a file', async () => {
    const workDir = newFolder('work');
    mkdirSync(workDir, { recursive: true });
    await openJob({ workDir }).open(base);
    for (const name of ['shallow.lock', 'config.lock']) writeFileSync(join(workDir, name), '');
    writeFileSync(join(workDir, 'shallow'), 'nonsense\n');
    expect(await openJob({ workDir }).open(head)).not.toBeNull();
    const first = source.git('rev-parse', `${base}~1`);
    expect((await openJob({ workDir }).open(first))!.id).toBe(first);
  });

  it('comes from origin on a laptop', async () => {
    const folder = newFolder('laptop');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${remote.gitDir}`, folder]);
    const tree = (await openCommitsOfClone(folder).open(base))!;
    expect((await tree.read(['mlops.yml'], MAX)).get('mlops.yml')).toMatchObject({ bytes: Buffer.from('base\n') });
    execFileSync('git', ['-C', folder, 'remote', 'remove', 'origin']);
    expect(await openCommitsOfClone(folder).open(base)).toBeNull();
  });

  it('need not be missing as a whole: a clone may lack some of the files of its own commit', async () => {
    const partial = newFolder('partial');
    execFileSync('git', ['clone', '--quiet', '--sparse', '--filter=blob:none', `file://${remote.gitDir}`, partial]);
    const { commit, stateOf } = await checkedOut(openJob({ folder: partial }));
    expect((await commit.entries()).get('data/a.csv')).toMatchObject({ kind: 'file', size: null });
    expect(await stateOf('mlops.yml')).toEqual({ kind: 'same' });
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'missing' });
    mkdirSync(join(partial, 'data'));
    writeFileSync(join(partial, 'data/a.csv'), 'x\n3\n');
    // A file is looked at once.
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'missing' });
    const again = await checkedOut(openJob({ folder: partial }));
    expect(await again.stateOf('data/a.csv')).toEqual({ kind: 'changed', line: 2 });
    const contents = await commit.read(['mlops.yml', 'data/a.csv'], MAX);
    expect(contents.get('mlops.yml')).toMatchObject({ bytes: Buffer.from('head\n') });
    expect(contents.get('data/a.csv')).toMatchObject({ bytes: Buffer.from('x\n2\n') });
    const alone = await checkedOut(
      openCommitsOfCheckout({
        workspace: partial,
        folder: partial,
        workDir: newFolder('work'),
        remote: join(home, 'gone'),
      }),
    );
    expect((await alone.commit.read(['mlops.yml', 'data/same.csv'], MAX)).get('data/same.csv')).toMatchObject({
      kind: 'unavailable',
      why: expect.stringContaining('does not appear to be a git repository'),
    });
  });

  it('is fetched by what a clone without blobs or folders lacks, never by the settings of that clone', async () => {
    const marker = join(home, `marker-${++count}`);
    for (const filter of ['blob:none', 'tree:0']) {
      const folder = newFolder('partial');
      execFileSync('git', [
        'clone',
        '--quiet',
        '--no-checkout',
        `--filter=${filter}`,
        `file://${remote.gitDir}`,
        folder,
      ]);
      execFileSync('git', ['-C', folder, 'config', 'remote.origin.uploadpack', `touch ${marker}; git-upload-pack`]);
      const commits = openJob({ folder });
      const tree = (await commits.open(base))!;
      expect((await tree.read(['data/a.csv'], MAX)).get('data/a.csv')).toMatchObject({ bytes: Buffer.from('x\n1\n') });
      expect(execFileSync('ls', [dirname(marker)], { encoding: 'utf8' })).not.toContain(`marker-${count}`);
    }
  });
});
