import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError, StoreError } from '../../errors/app-error.ts';
import { aRun } from '../../tracking/run.fixture.ts';
import { formatRun } from '../../tracking/run-codec.ts';
import { createRunId, runPath } from '../../tracking/run-id.ts';
import { describeRunStore } from '../../tracking/run-store.contract.ts';
import { summaryOf } from '../../tracking/run-summary.ts';
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
      Array.from({ length: 8 }, (_, i) => createFolderRunStore(root).put([{ ...run, modelBytes: i }])),
    );
    const won = results.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []));
    expect(won).toHaveLength(1);
    expect((await createFolderRunStore(root).get(run.id))?.modelBytes).toBe(won[0]);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreError);
  });

  it('loses nothing when many processes write at once', async () => {
    const root = await newRoot();
    const ids = Array.from({ length: 8 }, (_, i) =>
      createRunId({ createdAt: run.createdAt, dataset: 'a', model: 'b', nonce: `${i}` }),
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

  it('keeps an index that is right whatever happened to it and to the files', async () => {
    const root = await newRoot();
    const index = join(root, 'runs.index');
    const store = createFolderRunStore(root);
    const others = ['1', '2'].map((nonce) => ({
      ...run,
      id: createRunId({ createdAt: run.createdAt, dataset: 'a', model: 'b', nonce }),
    }));
    const expectRight = async () => {
      const { runs, skipped } = await store.list();
      expect(await store.summaries()).toEqual({ summaries: runs.map(summaryOf), skipped });
      return runs.length;
    };
    expect(await expectRight()).toBe(0);
    await expect(readFile(index)).rejects.toThrow('ENOENT');
    await store.put([run, others[0]!]);
    expect(await expectRight()).toBe(2);
    const good = await readFile(index, 'utf8');

    await store.put([others[1]!]);
    expect(await expectRight()).toBe(3);
    await rm(join(root, runPath(run.id)));
    expect(await expectRight()).toBe(2);
    await plant(root, runPath(run.id), formatRun(run).replace('1234', '9999').replace('"Churn",', '"Chorn",'));
    expect(await expectRight()).toBe(3);
    await plant(root, runPath(run.id), '{');
    expect(await expectRight()).toBe(2);
    await plant(root, runPath(run.id), formatRun(run));

    const harm: [string, string][] = [
      ['an older state', good],
      ['cut', good.slice(0, good.length / 2)],
      ['nothing', ''],
      ['a value changed', good.replace('"churn"', '"chorn"')],
      ['another version', good.replace(/"version":"[^"]*"/, '"version":"0.0.0"')],
      ['not ours', 'hello\n[]\n'],
    ];
    for (const [, text] of harm) {
      await writeFile(index, text);
      expect(await expectRight()).toBe(3);
    }
  });

  it('reads a file again only when it changed', async () => {
    const root = await newRoot();
    const store = createFolderRunStore(root);
    await store.put([run]);
    await store.summaries();
    const index = join(root, 'runs.index');
    const [header, body] = (await readFile(index, 'utf8')).split('\n');
    const lie = body!.replace('"target":"Churn"', '"target":"from the index"');
    const sha256 = createHash('sha256').update(lie).digest('hex');
    await writeFile(index, `${header!.replace(/"sha256":"[^"]*"/, `"sha256":"${sha256}"`)}\n${lie}\n`);
    expect((await store.summaries()).summaries[0]!.target).toBe('from the index');
    await plant(root, runPath(run.id), formatRun(run));
    expect((await store.summaries()).summaries[0]!.target).toBe('Churn');
  });

  it('lists in short where the index cannot be written, and while others write it', async () => {
    const root = await newRoot();
    await createFolderRunStore(root).put([run]);
    await mkdir(join(root, 'runs.index'));
    expect((await createFolderRunStore(root).summaries()).summaries).toHaveLength(1);
    await rm(join(root, 'runs.index'), { recursive: true });
    const all = await Promise.all(Array.from({ length: 8 }, () => createFolderRunStore(root).summaries()));
    for (const { summaries } of all) expect(summaries).toEqual([summaryOf(run)]);
    expect(await readdir(root)).toEqual(['runs', 'runs.index']);
  });
});
