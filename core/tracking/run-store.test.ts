import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import { aRun } from './run.fixture.ts';
import type { Run } from './run.ts';
import { runCodec } from './run-codec.ts';
import { runPath } from './run-id.ts';
import { createRunStore } from './run-store.ts';
import { summaryOf } from './run-summary.ts';

/** An empty store, and the way to put a file into it behind its back. */
function open() {
  const files = new Map<string, Uint8Array>();
  const plant = (path: string, text: string) => files.set(path, new TextEncoder().encode(text));
  return { store: createRunStore(createMemoryRecordFiles(files)), plant };
}

const older = aRun({ id: '20261123-100000-churn-dummy-00000001', createdAt: '2026-11-23T10:00:00Z', model: 'dummy' });
const newer = aRun({
  id: '20261124-100000-churn-dummy-00000002',
  createdAt: '2026-11-24T10:00:00.5Z',
  model: 'dummy',
  git: { sha: 'f'.repeat(40), branch: 'main', base: null, dirty: false },
});
const twin = aRun({ ...newer, id: '20261124-100000-housing-ridge-00000003', dataset: 'housing', model: 'ridge' });
const ids = (runs: readonly Run[]) => runs.map((run) => run.id);

describe('createRunStore', () => {
  it('is empty at first', async () => {
    const { store } = open();
    expect(await store.list()).toEqual({ runs: [], skipped: [] });
    expect(await store.get(newer.id)).toBeUndefined();
  });

  it('has a description for messages', async () => {
    expect(open().store.description).toMatch(/\w/);
  });

  it('adds runs with a message that holds no name: GitHub would link what looks like a reference', async () => {
    const files = createMemoryRecordFiles();
    const messages: string[] = [];
    const add: typeof files.add = async (added, options) => {
      messages.push(options.message);
      await files.add(added, options);
    };
    const store = createRunStore({ ...files, add });
    const run = aRun({ id: '20261124-100000-GH-1-deadbeef-00000003', dataset: 'GH-1', model: 'deadbeef' });
    await store.put([run]);
    await store.put([older, newer]);
    expect(messages).toEqual(['Record 1 run\n', 'Record 2 runs\n']);
  });

  it('gives a run back as it was put', async () => {
    const { store } = open();
    await store.put([newer]);
    expect(await store.get(newer.id)).toEqual(newer);
  });

  it('lists the newest first, equal times by id', async () => {
    const { store } = open();
    await store.put([older]);
    await store.put([twin, newer]);
    expect(ids((await store.list()).runs)).toEqual([twin.id, newer.id, older.id]);
  });

  it.each([
    ['dataset', { dataset: 'churn' }, [newer.id, older.id]],
    ['model', { model: 'ridge' }, [twin.id]],
    ['commit', { shas: new Set([older.git.sha!]) }, [older.id]],
    ['id', { ids: new Set([older.id, twin.id, '../../secret', '20261124-100000-a-b-00000009']) }, [twin.id, older.id]],
    ['id and model', { ids: new Set([older.id, twin.id]), model: 'ridge' }, [twin.id]],
    ['no commit at all', { shas: new Set<string>() }, []],
    ['dataset and commit', { dataset: 'churn', shas: new Set([newer.git.sha!]) }, [newer.id]],
  ])('lists by %s', async (_title, filter, expected) => {
    const { store } = open();
    await store.put([older, newer, twin]);
    expect(ids((await store.list(filter)).runs)).toEqual(expected);
  });

  it('takes the same run again without a change', async () => {
    const { store } = open();
    await store.put([newer]);
    await store.put([newer, newer]);
    expect(ids((await store.list()).runs)).toEqual([newer.id]);
  });

  it('refuses another content under a taken id and keeps the first', async () => {
    const { store } = open();
    await store.put([newer]);
    await expect(store.put([{ ...newer, target: 'Other' }])).rejects.toThrow(StoreError);
    expect(await store.get(newer.id)).toEqual(newer);
  });

  it('puts all runs or none', async () => {
    const { store } = open();
    await store.put([newer]);
    await expect(store.put([older, { ...newer, target: 'Other' }, twin])).rejects.toThrow(StoreError);
    await expect(store.put([twin, { ...twin, target: 'Other' }])).rejects.toThrow(StoreError);
    await expect(store.put([older, aRun({ modelBytes: -1 })])).rejects.toThrow(StoreError);
    expect(ids((await store.list()).runs)).toEqual([newer.id]);
  });

  it("gives the bytes of runs' files as they lie there", async () => {
    const { store, plant } = open();
    await store.put([newer]);
    const odd = runCodec.format(older).replaceAll('  ', '').replace('{', '{"later": 1,');
    plant(runPath(older.id), odd);
    const files = await store.files([newer.id, older.id, twin.id, '../../secret']);
    expect(Array.from(files, ([id, bytes]) => [id, Buffer.from(bytes).toString()])).toEqual([
      [newer.id, runCodec.format(newer)],
      [older.id, odd],
    ]);
    expect((await store.get(older.id)) as object).toEqual({ ...older, later: 1 });
  });

  it('puts nothing when there is nothing to put', async () => {
    const { store } = open();
    await store.put([]);
    expect(await store.list()).toEqual({ runs: [], skipped: [] });
  });

  it('has the same runs in short', async () => {
    const { store, plant } = open();
    expect(await store.summaries()).toEqual({ summaries: [], skipped: [] });
    await store.put([older]);
    expect((await store.summaries()).summaries).toEqual([summaryOf(older)]);
    await store.put([newer, twin]);
    plant('runs/notes.txt', 'hello');
    const asListed = async () => {
      const { runs, skipped } = await store.list();
      return { summaries: runs.map(summaryOf), skipped };
    };
    expect((await asListed()).summaries).toHaveLength(3);
    expect(await store.summaries()).toEqual(await asListed());
    expect(await store.summaries()).toEqual(await asListed());
  });

  it('does not hand out its own objects', async () => {
    const { store } = open();
    const run = structuredClone(newer);
    await store.put([run]);
    run.params.n_estimators = 7;
    (await store.get(newer.id))!.warnings.push('changed');
    expect(await store.get(newer.id)).toEqual(newer);
  });

  it('skips and reports files that are corrupt, of a newer schema or in the wrong place', async () => {
    const { store, plant } = open();
    await store.put([newer]);
    const files: [path: string, text: string, reason: RegExp][] = [
      ['runs/2026/11/01/notes.txt', 'hello', /corrupt/],
      [runPath('20261102-000000-a-b-00000000'), '{"schema":1', /corrupt: not JSON/],
      [runPath('20261103-000000-a-b-00000000'), '{"schema":2,"anything":true}', /newer schema/],
      [runPath('20261104-000000-a-b-00000000'), runCodec.format(older), /belongs elsewhere/],
    ];
    for (const [path, text] of files) plant(path, text);
    const listing = await store.list({ dataset: 'churn' });
    expect(ids(listing.runs)).toEqual([newer.id]);
    expect(listing.skipped).toEqual(files.map(([path, , reason]) => ({ path, reason: expect.stringMatching(reason) })));
    await expect(store.get('20261102-000000-a-b-00000000')).rejects.toThrow(StoreError);
    await expect(store.get('20261103-000000-a-b-00000000')).rejects.toThrow(/newer schema/);
  });

  it('skips a run whose file was cut by a crash, says so, and makes it whole when it is put again', async () => {
    const { store, plant } = open();
    await store.put([newer]);
    const text = runCodec.format(older);
    for (const length of [0, Math.floor(text.length / 2)]) {
      plant(runPath(older.id), text.slice(0, length));
      const listing = await store.list();
      expect(ids(listing.runs)).toEqual([newer.id]);
      expect(listing.skipped).toEqual([
        { path: runPath(older.id), reason: expect.stringMatching(/corrupt: not JSON/) },
      ]);
    }
    await store.put([older]);
    expect(await store.list()).toEqual({ runs: [newer, older], skipped: [] });
  });

  it.each([
    '',
    '../../secret',
    '/etc/passwd',
    '--help',
    'HEAD:x',
    `${newer.id}\n`,
    `${newer.id}/../x`,
    `${newer.id}\0`,
    '20261124-100000-../../../x-00000002',
  ])('has no run called %j and takes none', async (id) => {
    const { store } = open();
    await store.put([newer]);
    expect(await store.get(id)).toBeUndefined();
    await expect(store.put([{ ...older, id }])).rejects.toThrow(StoreError);
    expect(ids((await store.list()).runs)).toEqual([newer.id]);
  });
});
