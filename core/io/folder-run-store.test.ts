import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError, StoreError } from '../errors/app-error.ts';
import { aRun } from '../tracking/run.fixture.ts';
import { formatRun } from '../tracking/run-codec.ts';
import { createRunId, runPath } from '../tracking/run-id.ts';
import { describeRunStore } from '../tracking/run-store.contract.ts';
import { createFolderRunStore } from './folder-run-store.ts';

const home = await mkdtemp(join(tmpdir(), 'folder-run-store-'));
afterAll(() => rm(home, { recursive: true, force: true }));
const newRoot = () => mkdtemp(join(home, 'root-'));

async function plant(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

describeRunStore('folder run store', async () => {
  const root = await newRoot();
  return { store: createFolderRunStore(root), plant: (path, text) => plant(root, path, text) };
});

describe('createFolderRunStore', () => {
  const run = aRun();

  it('lays runs out by day and leaves nothing else', async () => {
    const root = await newRoot();
    await createFolderRunStore(root).put([run]);
    expect(await readFile(join(root, runPath(run.id)), 'utf8')).toBe(formatRun(run));
    expect(await readdir(join(root, 'runs/2026/11/24'))).toEqual([`${run.id}.json`]);
  });

  it('keeps one of many writers of one id, whole, and refuses the others', async () => {
    const root = await newRoot();
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => createFolderRunStore(root).put([{ ...run, model_bytes: i }])),
    );
    const won = results.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []));
    expect(won).toHaveLength(1);
    expect((await createFolderRunStore(root).get(run.id))?.model_bytes).toBe(won[0]);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreError);
  });

  it('loses nothing when many processes write at once', async () => {
    const root = await newRoot();
    const ids = Array.from({ length: 8 }, (_, i) =>
      createRunId({ createdAt: run.created_at, dataset: 'a', model: 'b', nonce: `${i}` }),
    );
    await Promise.all(ids.map((id) => createFolderRunStore(root).put([{ ...run, id }])));
    const { runs } = await createFolderRunStore(root).list();
    expect(runs.map((one) => one.id).sort()).toEqual(ids.sort());
  });

  it('does not show the temporary file of a writer at work', async () => {
    const root = await newRoot();
    await plant(root, `runs/2026/11/24/.${run.id}.json.1234.tmp`, '{"sch');
    expect(await createFolderRunStore(root).list()).toEqual({ runs: [], skipped: [] });
  });

  it('reports links that lead nowhere and files too large, and reads on', async () => {
    const root = await newRoot();
    await createFolderRunStore(root).put([run]);
    await symlink('nowhere', join(root, 'runs/broken.json'));
    await plant(root, 'runs/large.json', ' '.repeat(1_000_001));
    const listing = await createFolderRunStore(root).list();
    expect(listing.runs).toHaveLength(1);
    expect(listing.skipped).toEqual([
      { path: 'runs/broken.json', reason: 'cannot be read (ENOENT)' },
      { path: 'runs/large.json', reason: 'run record is too large' },
    ]);
  });

  it('tells the user when a file stands where the folder should be, and takes back what it wrote', async () => {
    const root = await newRoot();
    await plant(root, 'runs/2026/12', 'a file');
    const later = { ...run, id: '20261224-000000-a-b-00000000' };
    await expect(createFolderRunStore(root).put([run, later])).rejects.toThrow(AppError);
    expect(await createFolderRunStore(root).get(run.id)).toBeUndefined();
  });
});
