import { describe, expect, it } from 'vitest';
import { pairRows } from '../comparison/pair-rows.ts';
import { createMemoryRecordFiles } from '../records/memory-record-files.ts';
import { aRegressionRowSet, aRowSet, someEvidence } from './evidence.fixture.ts';
import { decodeRowSet, encodeRowSet } from './evidence-codec.ts';
import { createEvidenceStore } from './evidence-store.ts';
import { keptRows, labelsOf } from './kept-rows.ts';

const HASHES = Float64Array.of(1, 2, 3, 4, 5);
const whole = aRowSet({ contents: [{ columns: ['plan'], hashes: HASHES }] });

describe('what is kept of rows without their predictions', () => {
  it('is no target, no place and no value', () => {
    const slices = [{ column: 'region', values: ['east'], codes: new Uint8Array(5) }];
    const kept = keptRows(aRowSet({ ...whole, slices }));
    expect(Object.keys(kept).sort()).toEqual(
      ['classes', 'contents', 'dataset', 'folds', 'id', 'keys', 'labels', 'nRows', 'scale'].sort(),
    );
    expect(decodeRowSet(encodeRowSet(kept))).toEqual(kept);
  });

  it('lies in a store by its own name', async () => {
    const store = createEvidenceStore(createMemoryRecordFiles());
    const kept = keptRows(whole);
    await store.put(kept, []);
    expect(await store.rows(kept.id)).toEqual(kept);
    expect(await store.rows(whole.id)).toBeUndefined();
    expect(await store.rows('../runs')).toBeUndefined();
    expect(await store.get(someEvidence(whole).run)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof aRowSet>[0], object]>([
    ['the same', {}, { gone: 0, relabelled: 0 }],
    ['relabelled', { target: Float64Array.of(1, 1, 1, 0, 1) }, { gone: 0, relabelled: 1 }],
    [
      'labelled by classes in another order',
      { classes: ['Yes', 'No'], target: Float64Array.of(1, 0, 0, 1, 0) },
      { gone: 0, relabelled: 0 },
    ],
    ['gone', { keys: Float64Array.of(0, 7, 7, 9, 0xffffffffff) }, { gone: 1, relabelled: 0, added: 1 }],
    [
      'edited',
      { contents: [{ columns: ['plan'], hashes: HASHES.map((hash) => hash + Number(hash === 3)) }] },
      { edited: 1, relabelled: 0 },
    ],
  ])('tells that rows are %s', (_, changes, counts) => {
    const candidate = aRowSet({ ...whole, ...changes });
    expect(pairRows(keptRows(whole), candidate, true).counts).toMatchObject(counts);
    expect(pairRows(keptRows(whole), keptRows(candidate), true).counts).toMatchObject(counts);
  });

  it('knows no label where the targets are not known', () => {
    expect(labelsOf(aRegressionRowSet())).toBeNull();
    expect(keptRows(aRegressionRowSet())).not.toHaveProperty('labels');
  });
});
