import { describe, expect, it } from 'vitest';
import { foldsByPosition } from './baseline-folds.ts';
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

describe('foldsByPosition', () => {
  const baseline = sorted([3, 1, 0, 5, 4, 2], [0, 1, 2, 3, 4, 0]);
  it('gives each row of the file the fold it had, whatever its key is now', () => {
    // File row 0 was third by key (fold 2), row 1 second (1), row 2 last (0), row 3 first (0), row 4 fifth (4), row 5 fourth (3).
    const candidate = sorted([5, 4, 3, 2, 1, 0], [4, 4, 4, 4, 4, 4]);
    expect(foldsByPosition(baseline, candidate)).toEqual(Uint8Array.of(2, 1, 0, 0, 4, 3));
  });
  it('knows none where a target is another one, and rows may have moved', () => {
    const candidate = sorted([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 0], { target: Float64Array.of(5, 6, 7, 8, 10, 9) });
    expect(foldsByPosition(baseline, candidate)).toBeNull();
  });
  it('knows none where the baseline kept a part of its rows, or no places', () => {
    const candidate = sorted([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 0]);
    expect(foldsByPosition({ ...baseline, nRows: 7 }, candidate)).toBeNull();
    const { positions: _, ...published } = baseline;
    expect(foldsByPosition(published, candidate)).toBeNull();
  });
});
