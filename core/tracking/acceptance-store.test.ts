import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import { anAcceptance } from './acceptance.fixture.ts';
import { createAcceptanceStore } from './acceptance-store.ts';

const later = anAcceptance({ id: '20261126-000000-00000001', value: null });

function open() {
  const files = new Map<string, Uint8Array>();
  const plant = (path: string, text: string) => files.set(path, new TextEncoder().encode(text));
  return { store: createAcceptanceStore(createMemoryRecordFiles(files)), files, plant };
}

describe('createAcceptanceStore', () => {
  it('is empty at first, and then holds what was put, oldest first', async () => {
    const { store, files } = open();
    expect(await store.list()).toEqual({ acceptances: [], skipped: [] });
    await store.put([later]);
    await store.put([anAcceptance()]);
    expect((await store.list()).acceptances).toEqual([anAcceptance(), later]);
    expect([...files.keys()]).toEqual([
      `accepted/2026/11/${later.id}.json`,
      `accepted/2026/11/${anAcceptance().id}.json`,
    ]);
  });

  it('refuses what breaks the schema, and writes nothing of it', async () => {
    const { store } = open();
    await expect(store.put([later, anAcceptance({ because: '' })])).rejects.toThrow(StoreError);
    expect((await store.list()).acceptances).toEqual([]);
  });

  it('keeps the first of two acceptances with one id', async () => {
    const { store } = open();
    await store.put([anAcceptance()]);
    await expect(store.put([anAcceptance({ value: 0.5 })])).rejects.toThrow(/already exists with other content/);
    expect((await store.list()).acceptances).toEqual([anAcceptance()]);
  });

  it('skips what is damaged, newer or in the wrong place, and says so', async () => {
    const { store, files, plant } = open();
    await store.put([anAcceptance()]);
    const [[, bytes]] = [...files] as [[string, Uint8Array]];
    plant('accepted/2026/11/20261125-000000-00000002.json', '{ "schema": 1, "id');
    plant('accepted/2026/11/20261125-000000-00000003.json', '{ "schema": 2 }');
    plant('accepted/2026/11/20261125-000000-00000004.json', Buffer.from(bytes).toString());
    const { acceptances, skipped } = await store.list();
    expect(acceptances).toEqual([anAcceptance()]);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'acceptance record is corrupt: not JSON',
      'acceptance record has a newer schema: schema 2',
      `this acceptance belongs elsewhere: accepted/2026/11/${anAcceptance().id}.json`,
    ]);
  });
});
