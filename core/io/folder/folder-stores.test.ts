import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aRowSet, someEvidence } from '../../evidence/evidence.fixture.ts';
import { anAcceptance } from '../../tracking/acceptance.fixture.ts';
import { aRun } from '../../tracking/run.fixture.ts';
import { runCodec } from '../../tracking/run-codec.ts';
import { createRunId, runPath } from '../../tracking/run-id.ts';
import { summaryOf } from '../../tracking/run-summary.ts';
import { openFolderStores } from './folder-stores.ts';

const home = await mkdtemp(join(tmpdir(), 'folder-stores-'));
afterAll(() => rm(home, { recursive: true, force: true }));
const newRoot = () => mkdtemp(join(home, 'root-'));
const run = aRun();

async function plant(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

describe('openFolderStores', () => {
  it('keeps everything in one folder', async () => {
    const root = await newRoot();
    const { runs, evidence, acceptances } = openFolderStores(root);
    const rowSet = aRowSet();
    await evidence.put(rowSet, [someEvidence(rowSet)]);
    await runs.put([run]);
    await acceptances.put([anAcceptance()]);
    expect((await readdir(root)).sort()).toEqual(['accepted', 'evidence', 'runs']);
    expect(await readFile(join(root, runPath(run.id)), 'utf8')).toBe(runCodec.format(run));
    const again = openFolderStores(root);
    expect(await again.runs.get(run.id)).toEqual(run);
    expect(await again.evidence.get(run.id)).toEqual({ rowSet, evidence: someEvidence(rowSet) });
    expect((await again.acceptances.list()).acceptances).toEqual([anAcceptance()]);
  });

  it('keeps an index that is right whatever happened to it and to the files', async () => {
    const root = await newRoot();
    const index = join(root, 'runs.index');
    const store = openFolderStores(root).runs;
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
    const altered = runCodec.format(run).replace('1234', '9999').replace('"Churn",', '"Chorn",');
    await plant(root, runPath(run.id), altered);
    expect(await expectRight()).toBe(3);
    await plant(root, runPath(run.id), '{');
    expect(await expectRight()).toBe(2);
    await plant(root, runPath(run.id), runCodec.format(run));

    const harm: [string, string][] = [
      ['an older state', good],
      ['cut', good.slice(0, good.length / 2)],
      ['nothing', ''],
      ['a value changed', good.replace('"churn"', '"chorn"')],
      ['another version', indexWith(good, (body) => body.replace(/"version":"[^"]*"/, '"version":"0.0.0"'))],
      ['another form', indexWith(good, () => '{"entries": 7}')],
      ['not ours', 'hello\n[]\n'],
    ];
    for (const [, text] of harm) {
      await writeFile(index, text);
      expect(await expectRight()).toBe(3);
    }
  });

  it('reads a file again only when it changed', async () => {
    const root = await newRoot();
    const store = openFolderStores(root).runs;
    await store.put([run]);
    await store.summaries();
    const index = join(root, 'runs.index');
    const lie = (body: string) => body.replace('"target":"Churn"', '"target":"from the index"');
    await writeFile(index, indexWith(await readFile(index, 'utf8'), lie));
    expect((await store.summaries()).summaries[0]!.target).toBe('from the index');
    await plant(root, runPath(run.id), runCodec.format(run));
    expect((await store.summaries()).summaries[0]!.target).toBe('Churn');
  });

  it('lists in short where the index cannot be written, and while others write it', async () => {
    const root = await newRoot();
    await openFolderStores(root).runs.put([run]);
    await mkdir(join(root, 'runs.index'));
    expect((await openFolderStores(root).runs.summaries()).summaries).toHaveLength(1);
    await rm(join(root, 'runs.index'), { recursive: true });
    const all = await Promise.all(Array.from({ length: 8 }, () => openFolderStores(root).runs.summaries()));
    for (const { summaries } of all) expect(summaries).toEqual([summaryOf(run)]);
    expect(await readdir(root)).toEqual(['runs', 'runs.index']);
  });
});

/** An index with another body, whose digest is right. */
function indexWith(text: string, change: (body: string) => string): string {
  const body = change(text.slice(text.indexOf('\n') + 1));
  return `${createHash('sha256').update(body).digest('hex')}\n${body}`;
}
