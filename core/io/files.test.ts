import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError, DataError } from '../errors/app-error.ts';
import { appendToFile, fileExists, readBytes, readText, writeFileAtomic } from './files.ts';

const home = await mkdtemp(join(tmpdir(), 'files-'));
afterAll(() => rm(home, { recursive: true, force: true }));
const newFolder = () => mkdtemp(join(home, 'folder-'));

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error;
}

describe('readBytes and readText', () => {
  it('read a file, text without its byte order mark', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'a.txt'), '\ufeffgrüße\r\n');
    expect(await readText(join(folder, 'a.txt'))).toBe('grüße\r\n');
    expect([...(await readBytes(join(folder, 'a.txt')))].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 0x67]);
  });

  it('name a file that is missing, and one nearly so called', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'housing.csv'), '');
    const error = await failure(readText(join(folder, 'housin.csv')));
    expect(error).toBeInstanceOf(DataError);
    expect(error.problems).toEqual([
      {
        file: join(folder, 'housin.csv'),
        message: 'file not found',
        next: `did you mean "${join(folder, 'housing.csv')}"?`,
      },
    ]);
    expect(error.cause).toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['a missing folder', 'no/such/file', /file not found/],
    ['a file used as a folder', 'file/x', /file not found/],
    ['a folder', '.', /is a folder/],
    ['a name too long', 'x'.repeat(300), /too long/],
    ['bytes that are not UTF-8', 'latin1', /not UTF-8/],
  ])('tell the user about %s', async (_title, path, message) => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    await writeFile(join(folder, 'latin1'), Buffer.from([0x67, 0xfc]));
    const error = await failure(readText(join(folder, path)));
    expect(error.message).toMatch(message);
    expect(error.problems[0]!.next).toBeDefined();
  });
});

describe('writeFileAtomic', () => {
  it('makes folders, replaces content and leaves nothing beside', async () => {
    const folder = await newFolder();
    const path = join(folder, 'a/b/c.txt');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, new Uint8Array([116, 119, 111]));
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(join(folder, 'a/b'))).toEqual(['c.txt']);
  });

  it('keeps the mode of the file it replaces', async () => {
    const path = join(await newFolder(), 'run.sh');
    await writeFile(path, '');
    await chmod(path, 0o755);
    await writeFileAtomic(path, 'new');
    expect((await stat(path)).mode & 0o777).toBe(0o755);
  });

  it('shows readers a whole file while many write', async () => {
    const path = join(await newFolder(), 'shared');
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(200_000));
    await writeFileAtomic(path, texts[0]!);
    const writing = Promise.all(texts.map((text) => writeFileAtomic(path, text)));
    for (let i = 0; i < 20; i++) expect(texts).toContain(await readFile(path, 'utf8'));
    await writing;
    expect(texts).toContain(await readFile(path, 'utf8'));
  });

  it('leaves the folder as it was when it fails', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'taken'));
    const error = await failure(writeFileAtomic(join(folder, 'taken'), 'x'));
    expect(error.problems[0]).toMatchObject({ file: join(folder, 'taken'), message: expect.stringMatching(/folder/) });
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('clears away what writers left that were killed a day ago, and nothing else', async () => {
    const folder = await newFolder();
    const id = '0d4f1b0c-4c57-4b2e-9d0c-111111111111';
    const names = [
      `.run.json.${id}.tmp`,
      `.run.json.${id.replace('0d', '1d')}.tmp`,
      '.cache.tmp',
      `run.json.${id}.tmp`,
    ];
    for (const name of names) await writeFile(join(folder, name), '{"sch');
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const name of [names[0]!, names[2]!, names[3]!]) await utimes(join(folder, name), yesterday, yesterday);
    await writeFileAtomic(join(folder, 'a.txt'), 'x');
    expect((await readdir(folder)).sort()).toEqual([...names.slice(1), 'a.txt'].sort());
  });

  it('tells the user that a file stands in the way', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    const error = await failure(writeFileAtomic(join(folder, 'file/x/y'), 'x'));
    expect(error.message).toMatch(/part of its path is a file, not a folder/);
  });
});

describe('appendToFile', () => {
  it('makes folders and the file, and adds to its end', async () => {
    const path = join(await newFolder(), 'deep', 'a.txt');
    await appendToFile(path, 'one\n');
    await appendToFile(path, 'two\n');
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('does not follow a link', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'target'), 'as it was');
    await symlink(join(folder, 'target'), join(folder, 'link'));
    const { problems } = await failure(appendToFile(join(folder, 'link'), 'more'));
    expect(problems[0]!.message).toContain('cannot be written');
    expect(await readFile(join(folder, 'target'), 'utf8')).toBe('as it was');
  });
});

describe('fileExists', () => {
  it('is true for files and folders only', async () => {
    const folder = await newFolder();
    expect(await fileExists(folder)).toBe(true);
    expect(await fileExists(join(folder, 'x'))).toBe(false);
  });
});
