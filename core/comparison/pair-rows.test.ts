import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someRows } from './evaluated-run.fixture.ts';
import { pairRows } from './pair-rows.ts';

function rows(list: readonly (readonly [key: number, target: number])[], changes = {}) {
  const sorted = [...list].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return someRows(list.length, {
    keys: Float64Array.from(sorted, ([key]) => key),
    target: Float64Array.from(sorted, ([, target]) => target),
    ...changes,
  });
}

describe('pairRows', () => {
  it('finds the rows both have, and counts those gone, relabelled and added', () => {
    const paired = pairRows(
      rows([
        [1, 0],
        [2, 0],
        [3, 5],
        [4, 0],
      ]),
      rows([
        [2, 0],
        [3, 6],
        [4, 0],
        [9, 1],
      ]),
      true,
    );
    expect(paired).toMatchObject({ by: 'key', baseline: Uint32Array.of(1, 3), candidate: Uint32Array.of(0, 2) });
    expect(paired.counts).toEqual({ baselineRows: 4, candidateRows: 4, shared: 3, gone: 1, relabelled: 1, added: 1 });
  });

  it('pairs equal rows by their target first, so that one relabelled copy is one relabelled row', () => {
    const { counts } = pairRows(
      rows([
        [5, 0],
        [5, 1],
        [5, 1],
      ]),
      rows([
        [5, 0],
        [5, 0],
        [5, 1],
      ]),
      true,
    );
    expect(counts).toMatchObject({ shared: 3, relabelled: 1, gone: 0 });
  });

  it('compares classes by name, not by index', () => {
    const classed = (classes: string[], target: number) =>
      rows(
        [
          [1, target],
          [2, 0],
        ],
        { classes, scale: null },
      );
    expect(pairRows(classed(['No', 'Yes'], 1), classed(['Maybe', 'No', 'Yes'], 2), true).counts).toMatchObject({
      relabelled: 1,
    });
  });

  it('pairs by position when the key columns differ and the targets are equal in order', () => {
    const before = rows(
      [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
      { positions: Uint32Array.of(2, 0, 1) },
    );
    const after = rows(
      [
        [7, 20],
        [8, 30],
        [9, 10],
      ],
      { positions: Uint32Array.of(0, 1, 2) },
    );
    expect(pairRows(before, after, false)).toMatchObject({ by: 'position', candidate: Uint32Array.of(2, 0, 1) });
  });

  it('without pairs still counts the targets that are gone', () => {
    const paired = pairRows(
      rows([
        [1, 10],
        [2, 20],
        [3, 20],
      ]),
      rows([
        [7, 20],
        [8, 10],
        [9, 99],
      ]),
      false,
    );
    expect(paired).toMatchObject({ by: 'unpaired', counts: { gone: 1, shared: 0 } });
  });

  it('leaves out keys that one side may have cut off', () => {
    const cut = rows(
      [
        [1, 0],
        [2, 0],
        [3, 0],
      ],
      { nRows: 6 },
    );
    const whole = rows([
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 0],
      [6, 0],
    ]);
    expect(pairRows(cut, whole, true).counts).toMatchObject({ baselineRows: 2, candidateRows: 2, shared: 2, gone: 0 });
  });

  it('accounts for every row, whatever the rows', () => {
    const row = fc.tuple(fc.nat(30), fc.nat(2));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 60 }),
        fc.array(row, { minLength: 1, maxLength: 60 }),
        (a, b) => {
          const { counts, baseline, candidate } = pairRows(rows(a), rows(b), true);
          expect(counts.shared + counts.gone).toBe(a.length);
          expect(counts.shared + counts.added).toBe(b.length);
          expect(baseline.length).toBe(counts.shared - counts.relabelled);
          expect(new Set(baseline).size).toBe(baseline.length);
          expect(new Set(candidate).size).toBe(candidate.length);
        },
      ),
    );
  });
});
