import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileState } from '../../ports/commit-tree.ts';
import { openCommitsOfClone } from './commits-of-clone.ts';
import { aRepository, newTestFolder, type TestRepository } from './git.fixture.ts';
import { isWorkingTreeDirty } from './git-history.ts';

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
let repository: TestRepository;
beforeEach(() => {
  repository = aRepository(join(home, String(++count)));
});

const at = (path: string) => join(repository.folder, path);
const write = (path: string, bytes: string | Uint8Array) => writeFileSync(at(path), bytes);
async function stateOf(path: string): Promise<FileState> {
  const found = await openCommitsOfClone(repository.folder).checkedOut();
  if (found.kind !== 'commit') throw new Error(found.why);
  return found.stateOf(path);
}
const isDirty = async () => await isWorkingTreeDirty(repository.folder);
const TABLE = 'x,y\n1,2\n3,4\n';

describe('a file of the commit', () => {
  beforeEach(() => repository.commit({ 'data/a.csv': TABLE, 'other.txt': 'o\n' }));

  it('is the same', async () => {
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'same' });
    expect(await isDirty()).toBe(false);
  });

  it.each([
    ['in its first line', 'y,x\n1,2\n3,4\n', 1],
    ['in a line between', 'x,y\n1,9\n3,4\n', 2],
    ['by a line more', `${TABLE}5,6\n`, 4],
    ['by a line less', 'x,y\n1,2\n', 3],
    ['by a line break less', 'x,y\n1,2\n3,4', 3],
    ['to nothing', '', 1],
    ['in one of its lines, that end with CRLF now', 'x,y\r\n1,2\r\n3,5\r\n', 3],
    ['to what is no text', `x,y\n1,\0\n3,4\n`, null],
  ])('is changed %s', async (_title, text, line) => {
    write('data/a.csv', text);
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'changed', line });
    expect(await isDirty()).toBe(true);
  });

  it.each(['assume-unchanged', 'skip-worktree'])('is changed though the index says %s', async (flag) => {
    repository.git('update-index', `--${flag}`, 'data/a.csv');
    write('data/a.csv', 'x,y\n1,2\n3,5\n');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'changed', line: 3 });
    expect(await isDirty()).toBe(true);
  });

  it('is changed though a filter or an attribute would say otherwise', async () => {
    repository.git('config', 'filter.hide.clean', `git cat-file blob HEAD:data/a.csv`);
    mkdirSync(at('.git/info'), { recursive: true });
    write('.git/info/attributes', '*.csv filter=hide\n');
    write('data/a.csv', 'x,y\n9,9\n');
    repository.git('add', 'data/a.csv');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'changed', line: 2 });
  });

  it('is changed though it was staged', async () => {
    repository.change('data/a.csv', 'x,y\n1,2\n3,5\n');
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'changed', line: 3 });
  });

  it('is the same though its mode and time are others', async () => {
    chmodSync(at('data/a.csv'), 0o755);
    write('data/a.csv', TABLE);
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'same' });
  });

  it('is missing when it is removed, or a sparse checkout leaves it out', async () => {
    rmSync(at('other.txt'));
    expect(await stateOf('other.txt')).toEqual({ kind: 'missing' });
    expect(await isDirty()).toBe(true);
    repository.git('checkout', '--', 'other.txt');
    repository.git('sparse-checkout', 'set', '--no-cone', '/other.txt');
    expect(existsSync(at('data/a.csv'))).toBe(false);
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'missing' });
    expect(await isDirty()).toBe(false);
    write('other.txt', 'changed\n');
    expect(await isDirty()).toBe(true);
  });

  it('ends its lines with CRLF where git is told to write it so', async () => {
    repository.git('config', 'core.autocrlf', 'true');
    rmSync(at('data/a.csv'));
    repository.git('checkout', '--', 'data/a.csv');
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'crlf' });
    expect(await isDirty()).toBe(false);
  });

  it('is changed when a folder, a link or a device stands in its place', async () => {
    rmSync(at('other.txt'));
    mkdirSync(at('other.txt'));
    expect(await stateOf('other.txt')).toEqual({ kind: 'not_a_file', what: 'a folder' });
    rmSync(at('other.txt'), { recursive: true });
    symlinkSync('data/a.csv', at('other.txt'));
    expect(await stateOf('other.txt')).toEqual({ kind: 'changed', line: null });
    rmSync(at('other.txt'));
    repository.git('-c', `alias.pipe=!mkfifo ${at('other.txt')}`, 'pipe');
    expect(await stateOf('other.txt')).toEqual({ kind: 'not_a_file', what: 'neither a file nor a folder' });
    expect(await isDirty()).toBe(true);
  });

  it('is changed when its folder is a link to another, of the same content', async () => {
    mkdirSync(at('elsewhere'));
    write('elsewhere/a.csv', TABLE);
    rmSync(at('data'), { recursive: true });
    symlinkSync('elsewhere', at('data'));
    expect(await stateOf('data/a.csv')).toEqual({ kind: 'changed', line: null });
  });
});

describe('a file that the commit does not have', () => {
  beforeEach(() => repository.commit({ 'data/a.csv': TABLE }));

  it.each(['new.csv', 'data/new.csv', 'folder/new.csv'])('is untracked when it is on disk: %s', async (path) => {
    mkdirSync(at('folder'));
    write(path, TABLE);
    expect(await stateOf(path)).toEqual({ kind: 'untracked' });
    repository.git('add', '--all');
    expect(await stateOf(path)).toEqual({ kind: 'untracked' });
  });

  it('is nowhere when it is not', async () => {
    expect(await stateOf('none.csv')).toEqual({ kind: 'nowhere' });
    expect(await stateOf('data/a.csv/none.csv')).toEqual({ kind: 'nowhere' });
  });

  it.each([
    ['../outside.csv', 'a path that leads out of the repository'],
    ['data/../../outside.csv', 'a path that leads out of the repository'],
    ['.git/HEAD', 'a part of .git'],
    ['data', 'a folder'],
  ])('is not read: %s', async (path, what) => {
    writeFileSync(join(home, 'outside.csv'), TABLE);
    expect(await stateOf(path)).toEqual({ kind: 'not_a_file', what });
  });
});

describe('a link', () => {
  it('of the commit is followed within the repository', async () => {
    mkdirSync(at('links'));
    symlinkSync('../data/a.csv', at('links/now.csv'));
    symlinkSync('data', at('folder'));
    repository.commit({ 'data/a.csv': TABLE });
    for (const path of ['links/now.csv', 'folder/a.csv', './links/../folder/a.csv'])
      expect(await stateOf(path), path).toEqual({ kind: 'same' });
    expect(await isDirty()).toBe(false);
    write('data/a.csv', 'x,y\n1,3\n3,4\n');
    for (const path of ['links/now.csv', 'folder/a.csv'])
      expect(await stateOf(path)).toEqual({ kind: 'changed', line: 2 });
    rmSync(at('data/a.csv'));
    for (const path of ['links/now.csv', 'folder/a.csv']) expect(await stateOf(path)).toEqual({ kind: 'missing' });
  });

  it('to another link leads up from where that one leads', async () => {
    mkdirSync(at('deep/inner'), { recursive: true });
    symlinkSync('deep/inner', at('short'));
    symlinkSync('short/../a.csv', at('now.csv'));
    repository.commit({ 'deep/a.csv': TABLE, 'a.csv': TABLE, 'deep/inner/b.csv': TABLE });
    write('deep/a.csv', 'x,y\n1,9\n3,4\n');
    expect(await stateOf('now.csv')).toEqual({ kind: 'changed', line: 2 });
    write('deep/a.csv', TABLE);
    write('a.csv', 'x,y\n1,9\n3,4\n');
    expect(await stateOf('now.csv')).toEqual({ kind: 'same' });
  });

  it('that leads elsewhere than in the commit is changed', async () => {
    symlinkSync('a.csv', at('now.csv'));
    repository.commit({ 'a.csv': TABLE, 'b.csv': TABLE });
    rmSync(at('now.csv'));
    symlinkSync('b.csv', at('now.csv'));
    expect(await stateOf('now.csv')).toEqual({ kind: 'changed', line: null });
    expect(await isDirty()).toBe(true);
    rmSync(at('now.csv'));
    write('now.csv', TABLE);
    expect(await stateOf('now.csv')).toEqual({ kind: 'changed', line: null });
    expect(await isDirty()).toBe(true);
  });

  it.each([
    ['out of the repository', '../outside.csv', 'a path that leads out of the repository'],
    ['to an absolute path', join(home, 'outside.csv'), 'a link that leads out of the repository'],
    ['into .git', '.git/HEAD', 'a part of .git'],
    ['to itself', 'link.csv', 'a link that leads to itself'],
  ])('%s is not followed', async (_title, target, what) => {
    writeFileSync(join(home, 'outside.csv'), TABLE);
    symlinkSync(target, at('link.csv'));
    repository.commit({});
    expect(await stateOf('link.csv')).toEqual({ kind: 'not_a_file', what });
  });

  it('that the commit does not have is untracked, wherever it leads', async () => {
    repository.commit({ 'a.csv': TABLE });
    symlinkSync('a.csv', at('link.csv'));
    symlinkSync(home, at('folder'));
    expect(await stateOf('link.csv')).toEqual({ kind: 'untracked' });
    expect(await stateOf('folder/outside.csv')).toEqual({ kind: 'untracked' });
  });
});

describe('a file in Git LFS', () => {
  const sha256 = createHash('sha256').update(TABLE).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${TABLE.length}\n`;
  const object = { sha256, bytes: TABLE.length };
  beforeEach(() => repository.commit({ 'a.csv': pointer }));

  it('has the content that its pointer names', async () => {
    write('a.csv', TABLE);
    expect(await stateOf('a.csv')).toEqual({ kind: 'lfs', object });
    expect(await isDirty()).toBe(false);
  });

  it.each([
    ['other content', `${TABLE}5,6\n`],
    ['other content of the same size', TABLE.replace('4', '5')],
    ['its content with CRLF', TABLE.replaceAll('\n', '\r\n')],
    ['another pointer', pointer.replace(sha256, sha256.replace(/./, 'f'))],
  ])('is changed with %s', async (_title, text) => {
    write('a.csv', text);
    expect(await stateOf('a.csv')).toEqual({ kind: 'changed', line: null });
    expect(await isDirty()).toBe(true);
  });

  it.each([
    ['', pointer],
    [', its lines ending with CRLF', pointer.replaceAll('\n', '\r\n')],
  ])('is a pointer when it was checked out without%s', async (_title, text) => {
    write('a.csv', text);
    expect(await stateOf('a.csv')).toEqual({ kind: 'lfs_pointer', object });
  });

  it.each([
    ['another version', pointer.replace('v1', 'v2')],
    ['a short hash', pointer.replace(sha256, 'abc')],
    ['no size', pointer.replace(/size.*\n/, '')],
    ['more after it', `${pointer}${'more\n'.repeat(300)}`],
  ])('is not what says %s', async (_title, text) => {
    repository.commit({ 'a.csv': text });
    expect(await stateOf('a.csv')).toEqual({ kind: 'same' });
  });
});

describe('ends of lines', () => {
  it('make a text no other, and are looked at in no binary file', async () => {
    const binary = Buffer.from([0, 1, 10, 2, 10]);
    repository.commit({ 'mixed.csv': 'a\r\nb\nc\r\n', 'crlf.csv': 'a\r\nb\r\n', 'cr.csv': 'a\rb\r' });
    write('binary.dat', binary);
    repository.commit({});
    write('mixed.csv', 'a\r\nb\r\nc\r\n');
    expect(await stateOf('mixed.csv')).toEqual({ kind: 'crlf' });
    write('crlf.csv', 'a\nb\n');
    expect(await stateOf('crlf.csv')).toEqual({ kind: 'crlf' });
    write('cr.csv', 'a\nb\n');
    expect(await stateOf('cr.csv')).toEqual({ kind: 'changed', line: 1 });
    write('binary.dat', Buffer.from([0, 1, 13, 10, 2, 13, 10]));
    expect(await stateOf('binary.dat')).toEqual({ kind: 'changed', line: null });
  });

  it('are found where a large file is read in pieces', async () => {
    const line = `${'7'.repeat(1023)}\n`;
    const lf = line.repeat(3000);
    repository.commit({ 'large.csv': lf });
    // Each CR shifts what follows by a byte, so that some CRLF lies across two pieces.
    write('large.csv', lf.replaceAll('\n', '\r\n'));
    expect(await stateOf('large.csv')).toEqual({ kind: 'crlf' });
    write('large.csv', `${'7'.repeat((1 << 20) - 1)}\r\n`);
    repository.git('config', 'core.autocrlf', 'input');
    repository.git('add', 'large.csv');
    repository.git('commit', '--quiet', '--message=lf');
    expect(repository.git('cat-file', '-s', 'HEAD:large.csv')).toBe(String(1 << 20));
    expect(await stateOf('large.csv')).toEqual({ kind: 'crlf' });
    write('large.csv', `${lf}x`);
    expect(await stateOf('large.csv')).toMatchObject({ kind: 'changed' });
  });
});

it('says of any bytes whether git would name them so', async () => {
  const content = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', '\r', '\0', 'ü'), { maxLength: 12 });
  const cases = fc.sample(fc.tuple(content, content), { numRuns: 60, seed: 7 });
  const text = (parts: readonly string[]) => parts.join('');
  repository.commit(Object.fromEntries(cases.map(([before], i) => [`${i}`, text(before)])));
  cases.forEach(([, now], i) => {
    write(`${i}`, text(now));
  });
  for (const [i, [before, now]] of cases.entries()) {
    const [a, b] = [text(before), text(now)];
    const isText = !`${a}${b}`.includes('\0');
    const sameLines = isText && a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
    const kind = a === b ? 'same' : sameLines ? 'crlf' : 'changed';
    expect((await stateOf(`${i}`)).kind, JSON.stringify([a, b])).toBe(kind);
  }
});
