import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import type { Acceptance, AcceptanceStore } from './acceptance.ts';

/** An acceptance of a gate; `changes` replace its fields. */
export function anAcceptance(changes: Partial<Acceptance> = {}): Acceptance {
  return {
    schema: 1,
    id: '20261125-061500-0badc0de',
    gate: 'churn.roc_auc',
    kind: 'limit',
    sha: 'a'.repeat(40),
    value: 0.8212,
    by: 'Ada',
    at: '2026-11-25T06:15:00.000Z',
    because: 'older customers are left out on purpose',
    ...changes,
  };
}

/** What every store of acceptances does. */
export function describeAcceptanceStore(
  name: string,
  open: () => Promise<{ store: AcceptanceStore; plant: (path: string, text: string) => Promise<void> }>,
): void {
  describe(name, () => {
    const later = anAcceptance({ id: '20261126-000000-00000001', value: null, kind: 'floor' });

    it('is empty at first, and then holds what was put, oldest first', async () => {
      const { store } = await open();
      expect(await store.list()).toEqual({ acceptances: [], skipped: [] });
      await store.put([later]);
      await store.put([anAcceptance()]);
      expect((await store.list()).acceptances).toEqual([anAcceptance(), later]);
    });

    it('refuses what breaks the schema, and writes nothing of it', async () => {
      const { store } = await open();
      await expect(store.put([anAcceptance({ because: '' })])).rejects.toThrow(StoreError);
      expect((await store.list()).acceptances).toEqual([]);
    });

    it('skips what is damaged or newer, and says so', async () => {
      const { store, plant } = await open();
      await store.put([anAcceptance()]);
      await plant('accepted/2026/11/20261125-000000-00000002.json', '{ "schema": 1, "id');
      await plant('accepted/2026/11/20261125-000000-00000003.json', '{ "schema": 2 }');
      const { acceptances, skipped } = await store.list();
      expect(acceptances).toEqual([anAcceptance()]);
      expect(skipped.map(({ reason }) => reason).sort()).toEqual([
        'acceptance is corrupt: not JSON',
        'acceptance is of a newer schema',
      ]);
    });
  });
}
