import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { aRegressionRowSet, aRowSet, someEvidence } from './evidence.fixture.ts';
import type { EvidenceStore } from './evidence.ts';
import { encodeEvidence } from './evidence-codec.ts';
import type { EvidenceFiles } from './evidence-files.ts';

/** A store under test, and its files. */
interface EvidenceStoreUnderTest {
  readonly store: EvidenceStore;
  readonly files: EvidenceFiles;
}

/** What every evidence store does; call it with a factory of empty stores. */
export function describeEvidenceStore(name: string, open: () => Promise<EvidenceStoreUnderTest>): void {
  const rowSet = aRowSet();
  const evidence = someEvidence(rowSet);
  const another = someEvidence(rowSet, { run: '20261124-073813-churn-dummy-00000001' });
  const rowPath = `evidence/${rowSet.id}.rows`;
  const path = `evidence/${evidence.run}.oof`;

  describe(name, () => {
    it('has nothing at first', async () => {
      expect(await (await open()).store.get(evidence.run)).toBeUndefined();
    });

    it('gives evidence and its rows back as they were put', async () => {
      const { store } = await open();
      await store.put(rowSet, [evidence, another]);
      expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
      expect(await store.get(another.run)).toEqual({ rowSet, evidence: another });
    });

    it('keeps row sets apart', async () => {
      const { store } = await open();
      const regression = aRegressionRowSet();
      const other = someEvidence(regression, { run: another.run });
      await store.put(rowSet, [evidence]);
      await store.put(regression, [other]);
      expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
      expect(await store.get(another.run)).toEqual({ rowSet: regression, evidence: other });
    });

    it('takes the same evidence again, and shares the rows', async () => {
      const { store } = await open();
      await store.put(rowSet, [evidence]);
      await store.put(rowSet, [evidence, another, another]);
      expect(await store.get(another.run)).toEqual({ rowSet, evidence: another });
    });

    it('refuses other evidence for a run and puts none of the batch', async () => {
      const { store } = await open();
      await store.put(rowSet, [evidence]);
      const changed = { ...evidence, repeats: evidence.repeats.slice(1) };
      await expect(store.put(rowSet, [another, changed])).rejects.toThrow(StoreError);
      expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
      expect(await store.get(another.run)).toBeUndefined();
    });

    it('refuses evidence about other rows', async () => {
      const { store } = await open();
      await expect(store.put(rowSet, [someEvidence(aRegressionRowSet())])).rejects.toThrow(/another row set/);
      expect(await store.get(evidence.run)).toBeUndefined();
    });

    it('has nothing when the rows are gone', async () => {
      const { store, files } = await open();
      await files.write(path, encodeEvidence(evidence));
      expect(await store.get(evidence.run)).toBeUndefined();
    });

    it('reports a damaged file, and mends damaged rows when they are put again', async () => {
      const { store, files } = await open();
      await store.put(rowSet, [evidence]);
      const damaged = (await files.read(rowPath))!.slice();
      damaged[damaged.length - 40]! ^= 1;
      await files.write(rowPath, damaged);
      await expect(store.get(evidence.run)).rejects.toThrow(/corrupt/);
      await store.put(rowSet, [evidence]);
      expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
    });

    it('has nothing of a run whose file was cut at any byte, says so, and mends it when it is put again', async () => {
      const { store, files } = await open();
      await store.put(rowSet, [evidence, another]);
      for (const cut of [path, rowPath]) {
        const whole = (await files.read(cut))!;
        for (let length = 0; length < whole.length; length += name.startsWith('memory') ? 1 : 11) {
          await files.write(cut, whole.subarray(0, length));
          await expect(store.get(evidence.run)).rejects.toThrow(/corrupt/);
          if (cut === path) expect(await store.get(another.run)).toEqual({ rowSet, evidence: another });
        }
        await store.put(rowSet, [evidence]);
        expect(await store.get(evidence.run)).toEqual({ rowSet, evidence });
      }
    });

    it('neither reads nor replaces a file of a newer version', async () => {
      const { store, files } = await open();
      await store.put(rowSet, [evidence]);
      const newer = (await files.read(path))!.slice();
      newer[4] = 2;
      await files.write(path, newer);
      await expect(store.get(evidence.run)).rejects.toThrow(/newer version/);
      await expect(store.put(rowSet, [evidence])).rejects.toThrow(/other evidence already/);
      expect(await files.read(path)).toEqual(newer);
    });

    it('believes no file that lies under another name', async () => {
      const { store, files } = await open();
      await store.put(rowSet, [evidence]);
      await files.write(`evidence/${another.run}.oof`, (await files.read(path))!);
      await expect(store.get(another.run)).rejects.toThrow(/belongs elsewhere/);
    });

    it.each(['', '../../secret', '/etc/passwd', `${evidence.run}\n`, `${evidence.run}/../x`])(
      'has no evidence of a run called %j and takes none',
      async (run) => {
        const { store } = await open();
        expect(await store.get(run)).toBeUndefined();
        await expect(store.put(rowSet, [{ ...evidence, run }])).rejects.toThrow(StoreError);
      },
    );
  });
}
