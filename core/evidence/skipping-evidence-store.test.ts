import { describe, expect, it } from 'vitest';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import type { SkippedFile } from '../records/skipped-files.ts';
import { aRowSet, someEvidence } from './evidence.fixture.ts';
import { evidencePath, rowSetPath } from './evidence-codec.ts';
import { createEvidenceStore } from './evidence-store.ts';
import { skippingEvidenceStore } from './skipping-evidence-store.ts';

const rowSet = aRowSet();
const evidence = someEvidence(rowSet);

async function open() {
  const files = new Map<string, Uint8Array>();
  const skipped: SkippedFile[] = [];
  const store = skippingEvidenceStore(createEvidenceStore(createMemoryRecordFiles(files)), skipped);
  await store.put(rowSet, [evidence]);
  return { files, skipped, store };
}

/** The file with a later version in its head. */
function newer(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(4, 2, true);
  return copy;
}

describe('skippingEvidenceStore', () => {
  it('gives what can be read', async () => {
    const { store, skipped } = await open();
    expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
    expect(skipped).toEqual([]);
  });

  it.each<[string, string, (bytes: Uint8Array) => Uint8Array, RegExp]>([
    ['damaged evidence', evidencePath(evidence.run), (bytes) => bytes.subarray(1), /corrupt/],
    ['newer evidence', evidencePath(evidence.run), newer, /newer version: version 2/],
    ['damaged rows', rowSetPath(rowSet.id), (bytes) => bytes.subarray(0, -1), /corrupt/],
    ['newer rows', rowSetPath(rowSet.id), newer, /newer version/],
  ])('has none where there is %s, and reports it once', async (_title, path, change, reason) => {
    const { files, store, skipped } = await open();
    files.set(path, change(files.get(path)!));
    expect(await store.get(evidence.run)).toBe(undefined);
    expect(await store.get(evidence.run)).toBe(undefined);
    expect(skipped).toEqual([{ path, reason: expect.stringMatching(reason) }]);
  });

  it('does not hide what is wrong with the place', async () => {
    const bug = (_: string) => Promise.reject(new Error('a bug'));
    const store = skippingEvidenceStore({ get: bug, rows: bug }, []);
    await expect(store.get(evidence.run)).rejects.toThrow('a bug');
    await expect(store.rows(rowSet.id)).rejects.toThrow('a bug');
  });
});
