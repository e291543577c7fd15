import { describe, expect, it } from 'vitest';
import { foldsOfBaseline } from './baseline-folds.ts';
import { someRows } from './evaluated-run.fixture.ts';

const target = Float64Array.of(5, 6, 7, 8, 9, 10);
/** The six rows of a file under keys that sort them in this order. */
const sorted = (order: number[], folds: number[], changes = {}) =>
  someRows(6, {
    positions: Uint32Array.from(order),
    target: Float64Array.from(order, (row) => target[row]!),
    folds: Uint8Array.from(folds),
    ...changes,
  });

const byPlace = { sameKeys: false, own: new Uint8Array(6).fill(4) };

describe('foldsOfBaseline', () => {
  const baseline = sorted([3, 1, 0, 5, 4, 2], [0, 1, 2, 3, 4, 0]);
  it('gives each row of the file the fold it had, whatever its key is now', () => {
    // File row 0 was third by key (fold 2), row 1 second (1), row 2 last (0), row 3 first (0), row 4 fifth (4), row 5 fourth (3).
    const candidate = sorted([5, 4, 3, 2, 1, 0], [4, 4, 4, 4, 4, 4]);
    expect(foldsOfBaseline(baseline, candidate, byPlace)).toEqual(Uint8Array.of(2, 1, 0, 0, 4, 3));
  });
  it('knows none where a target is another one, and rows may have moved', () => {
    const candidate = sorted([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 0], { target: Float64Array.of(5, 6, 7, 8, 10, 9) });
    expect(foldsOfBaseline(baseline, candidate, byPlace)).toBeNull();
  });
  it('knows none where the baseline kept a part of its rows, or no places', () => {
    const candidate = sorted([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 0]);
    expect(foldsOfBaseline({ ...baseline, nRows: 7 }, candidate, byPlace)).toBeNull();
    const { positions: _, ...published } = baseline;
    expect(foldsOfBaseline(published, candidate, byPlace)).toBeNull();
  });
  it('gives rows that are known by their id the fold they had, and new ones their own', () => {
    const ids = someRows(4, { keys: Float64Array.of(1, 2, 3, 4), folds: Uint8Array.of(0, 1, 2, 3) });
    const candidate = someRows(3, {
      ...{ keys: Float64Array.of(2, 4, 5), target: Float64Array.of(ids.target![1]!, ids.target![3]!, 0) },
      positions: Uint32Array.of(2, 0, 1),
    });
    const own = Uint8Array.of(4, 4, 4);
    expect(foldsOfBaseline(ids, candidate, { sameKeys: true, own })).toEqual(Uint8Array.of(3, 4, 1));
    expect(own).toEqual(Uint8Array.of(4, 4, 4));
  });
});
