import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import { describeRecordFiles } from '../../records/record-files.contract.ts';
import { createFolderRecordFiles } from './folder-record-files.ts';

const home = await mkdtemp(join(tmpdir(), 'folder-record-files-'));
afterAll(() => rm(home, { recursive: true, force: true }));
const newRoot = () => mkdtemp(join(home, 'root-'));
const text = (content: string) => new TextEncoder().encode(content);
const message = 'Record something\n';
const path = 'runs/2026/11/24/a.json';

describeRecordFiles('records in a folder', async () => {
  const root = join(await newRoot(), '.mlops');
  return {
    open: () => createFolderRecordFiles(root),
    plant: async (files) => {
      for (const [path, bytes] of files) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), bytes);
      }
    },
  };
});

describe('createFolderRecordFiles', () => {
  it('leaves the files alone behind', async () => {
    const root = await newRoot();
    await createFolderRecordFiles(root).add(new Map([[path, text('1')]]), { message });
    expect(await readFile(join(root, path), 'utf8')).toBe('1');
    expect(await readdir(join(root, dirname(path)))).toEqual(['a.json']);
  });

  it('does not list the temporary file of a writer at work', async () => {
    const root = await newRoot();
    await mkdir(join(root, 'runs'));
    await writeFile(join(root, 'runs/.a.json.1234.tmp'), '{"sch');
    expect(await createFolderRecordFiles(root).list('runs')).toEqual([]);
  });

  it('lists links and folders without following them, and says that they are no files', async () => {
    const root = await newRoot();
    const files = createFolderRecordFiles(root);
    await files.add(new Map([[path, text('1')]]), { message });
    await symlink('nowhere', join(root, 'runs/broken.json'));
    await symlink(join(root, path), join(root, 'runs/link.json'));
    await symlink(home, join(root, 'runs/elsewhere'));
    const listed = (await files.list('runs')).map((file) => file.path);
    expect(listed.sort()).toEqual([path, 'runs/broken.json', 'runs/elsewhere', 'runs/link.json']);
    const reason = 'not a file';
    expect(await files.read(['runs/broken.json', 'runs/link.json', 'runs/elsewhere', 'runs/2026'], 100)).toEqual(
      new Map(['runs/broken.json', 'runs/link.json', 'runs/elsewhere', 'runs/2026'].map((each) => [each, { reason }])),
    );
  });

  it('writes through no link', async () => {
    const [root, outside] = [await newRoot(), await newRoot()];
    await symlink(outside, join(root, 'runs'));
    const files = createFolderRecordFiles(root);
    await expect(files.add(new Map([[path, text('1')]]), { message })).rejects.toThrow(/runs: is a link/);
    await symlink(join(outside, 'target'), join(root, 'a.json'));
    await expect(files.add(new Map([['a.json', text('1')]]), { message })).rejects.toThrow(/not a file/);
    expect(await readdir(outside)).toEqual([]);
  });

  it('tells the user when a file stands where a folder should be, and takes back what it wrote', async () => {
    const root = await newRoot();
    await mkdir(join(root, 'runs/2026'), { recursive: true });
    await writeFile(join(root, 'runs/2026/12'), 'a file');
    const files = createFolderRecordFiles(root);
    const added = new Map([
      [path, text('1')],
      ['runs/2026/12/24/b.json', text('2')],
    ]);
    await expect(files.add(added, { message })).rejects.toThrow(AppError);
    expect(await files.read([path], 100)).toEqual(new Map());
  });
});
