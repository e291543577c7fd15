import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import { aRegressionRowSet, aRowSet, someEvidence } from './evidence.fixture.ts';
import { encodeEvidence } from './evidence-codec.ts';
import { createEvidenceStore } from './evidence-store.ts';

function open() {
  const files = new Map<string, Uint8Array>();
  return { store: createEvidenceStore(createMemoryRecordFiles(files)), files };
}

const rowSet = aRowSet();
const evidence = someEvidence(rowSet);
const another = someEvidence(rowSet, { run: '20261124-073813-churn-dummy-00000001' });
const rowPath = `evidence/${rowSet.id}.rows`;
const path = `evidence/${evidence.run}.oof`;

describe('createEvidenceStore', () => {
  it('has nothing at first', async () => {
    expect(await open().store.get(evidence.run)).toBeUndefined();
  });

  it('gives evidence and its rows back as they were put', async () => {
    const { store } = open();
    await store.put(rowSet, [evidence, another]);
    expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
    expect(await store.get(another.run)).toEqual({ rowSet, evidence: another });
  });

  it('keeps one file of rows for many runs', async () => {
    const { store, files } = open();
    await store.put(rowSet, [evidence, another]);
    expect([...files.keys()]).toEqual([rowPath, path, `evidence/${another.run}.oof`]);
  });

  it('keeps row sets apart', async () => {
    const { store } = open();
    const regression = aRegressionRowSet();
    const other = someEvidence(regression, { run: another.run });
    await store.put(rowSet, [evidence]);
    await store.put(regression, [other]);
    expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
    expect(await store.get(another.run)).toEqual({ rowSet: regression, evidence: other });
  });

  it('takes the same evidence again, and shares the rows', async () => {
    const { store } = open();
    await store.put(rowSet, [evidence]);
    await store.put(rowSet, [evidence, another, another]);
    expect(await store.get(another.run)).toEqual({ rowSet, evidence: another });
  });

  it('refuses other evidence for a run and puts none of the batch', async () => {
    const { store } = open();
    await store.put(rowSet, [evidence]);
    const changed = { ...evidence, repeats: evidence.repeats.slice(1) };
    await expect(store.put(rowSet, [another, changed])).rejects.toThrow(StoreError);
    expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
    expect(await store.get(another.run)).toBeUndefined();
  });

  it('refuses evidence about other rows', async () => {
    const { store } = open();
    await expect(store.put(rowSet, [someEvidence(aRegressionRowSet())])).rejects.toThrow(/another row set/);
    expect(await store.get(evidence.run)).toBeUndefined();
  });

  it('has nothing when the rows are gone', async () => {
    const { store, files } = open();
    files.set(path, encodeEvidence(evidence));
    expect(await store.get(evidence.run)).toBeUndefined();
  });

  it('reports a damaged file, and mends damaged rows when they are put again', async () => {
    const { store, files } = open();
    await store.put(rowSet, [evidence]);
    const damaged = files.get(rowPath)!.slice();
    damaged[damaged.length - 40]! ^= 1;
    files.set(rowPath, damaged);
    await expect(store.get(evidence.run)).rejects.toThrow(/corrupt/);
    await store.put(rowSet, [evidence]);
    expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
  });

  it('has nothing of a run whose file was cut at any byte, says so, and mends it when it is put again', async () => {
    const { store, files } = open();
    await store.put(rowSet, [evidence, another]);
    for (const cut of [path, rowPath]) {
      const whole = files.get(cut)!;
      for (let length = 0; length < whole.length; length++) {
        files.set(cut, whole.subarray(0, length));
        await expect(store.get(evidence.run)).rejects.toThrow(/corrupt/);
        if (cut === path) expect(await store.get(another.run)).toEqual({ rowSet, evidence: another });
      }
      await store.put(rowSet, [evidence]);
      expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
    }
  });

  it('neither reads nor replaces a file of a newer version', async () => {
    const { store, files } = open();
    await store.put(rowSet, [evidence]);
    const newer = files.get(path)!.slice();
    newer[4] = 2;
    files.set(path, newer);
    await expect(store.get(evidence.run)).rejects.toThrow(/newer version/);
    await expect(store.put(rowSet, [evidence])).rejects.toThrow(/already exists with other content/);
    expect(files.get(path)).toEqual(newer);
  });

  it('believes no file that lies under another name', async () => {
    const { store, files } = open();
    await store.put(rowSet, [evidence]);
    files.set(`evidence/${another.run}.oof`, files.get(path)!);
    await expect(store.get(another.run)).rejects.toThrow(/belongs elsewhere/);
  });

  it.each(['', '../../secret', '/etc/passwd', `${evidence.run}\n`, `${evidence.run}/../x`])(
    'has no evidence of a run called %j and takes none',
    async (run) => {
      const { store } = open();
      expect(await store.get(run)).toBeUndefined();
      await expect(store.put(rowSet, [{ ...evidence, run }])).rejects.toThrow(StoreError);
    },
  );
});
