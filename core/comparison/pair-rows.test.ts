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
    expect(pairRows(classed(['No', 'Yes'], 1), classed(['Maybe', 'No', 'Yes'], 2), true)).toMatchObject({
      baseline: Uint32Array.of(0),
      counts: { relabelled: 1 },
    });
  });

  it('takes targets that the baseline does not tell for the same, where they can be', () => {
    const pairs = [
      [1, 0],
      [2, 1],
    ] as const;
    const untold = { target: undefined, positions: undefined };
    expect(pairRows(rows(pairs, untold), rows(pairs), true).counts).toMatchObject({ shared: 2, relabelled: 0 });
    const before = rows(pairs, { ...untold, classes: ['No', 'Yes'], scale: null });
    const after = rows(pairs, { classes: ['Maybe', 'No'], scale: null });
    expect(pairRows(before, after, true).counts).toMatchObject({ shared: 2, relabelled: 1 });
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
        [7, 30],
        [8, 10],
        [9, 20],
      ],
      { positions: Uint32Array.of(1, 2, 0) },
    );
    expect(pairRows(before, after, false)).toMatchObject({ by: 'position', candidate: Uint32Array.of(1, 2, 0) });
  });

  it('counts all rows as gone where none can be found again', () => {
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
    expect(paired).toMatchObject({ by: 'unpaired', counts: { gone: 3, shared: 0, added: 3 } });
  });

  it('looks every row of a cut set up, and counts as new what is certain to be', () => {
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
    expect(pairRows(cut, whole, true).counts).toMatchObject({
      baselineRows: 3,
      candidateRows: 3,
      shared: 3,
      gone: 0,
      added: 0,
    });
    expect(pairRows(whole, cut, true).counts).toMatchObject({ baselineRows: 6, shared: 3, gone: 3 });
  });

  it('shares rows of one key as often as both sides have them', () => {
    const [often, once] = [
      rows([
        [5, 0],
        [5, 0],
        [5, 0],
      ]),
      rows([[5, 0]]),
    ];
    expect(pairRows(often, once, true).counts).toMatchObject({ shared: 1, gone: 2, relabelled: 0, added: 0 });
    expect(pairRows(once, often, true).counts).toMatchObject({ shared: 1, gone: 0, relabelled: 0, added: 2 });
  });

  it('does not call a row new whose key is the last that a cut set kept', () => {
    const cut = rows(
      [
        [1, 0],
        [2, 0],
        [3, 0],
      ],
      { nRows: 6 },
    );
    const twice = rows([
      [1, 0],
      [2, 0],
      [3, 0],
      [3, 0],
    ]);
    expect(pairRows(cut, twice, true).counts).toMatchObject({ shared: 3, added: 0 });
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

describe('pairRows of rows that hold other values', () => {
  const held = (columns: string[], hashes: number[], changes = {}) =>
    someRows(4, {
      ...{ keys: Float64Array.of(1, 2, 3, 3), target: Float64Array.of(5, 6, 7, 7) },
      contents: [{ columns, hashes: Float64Array.from(hashes) }],
      ...changes,
    });
  const before = held(['a', 'b'], [10, 20, 30, 31]);

  it('counts them as edited, and pairs the others, copies of one key by what they hold', () => {
    const { counts, candidate } = pairRows(before, held(['b', 'a'], [10, 21, 31, 30]), true);
    expect(counts).toMatchObject({ shared: 4, gone: 0, relabelled: 0, edited: 1 });
    expect([...candidate]).toEqual([0, 3, 2]);
  });

  it('counts a row of another target as relabelled, whatever it holds', () => {
    const after = held(['a', 'b'], [10, 21, 30, 31], { target: Float64Array.of(5, 9, 7, 7) });
    expect(pairRows(before, after, true).counts).toMatchObject({ shared: 4, relabelled: 1 });
    expect(pairRows(before, after, true).counts.edited).toBeUndefined();
  });

  it('looks at what the baseline learned from, among several lists', () => {
    const lists = [
      { columns: ['a', 'b', 'c'], hashes: Float64Array.of(1, 2, 3, 4) },
      { columns: ['a', 'b'], hashes: before.contents![0]!.hashes },
    ];
    expect(pairRows(before, held([], [], { contents: lists }), true).counts.edited).toBeUndefined();
  });

  it('takes all for edited where a column is gone, unless the others hold the same in the same places', () => {
    const without = held(['a'], [1, 2, 3, 4]);
    expect(pairRows(before, without, true).counts.edited).toBeUndefined();
    const moved = held(['a'], [1, 2, 3, 4], { columns: [{ name: 'a', digest: 'c'.repeat(16) }] });
    expect(pairRows(before, moved, true).counts).toMatchObject({ shared: 4, edited: 4 });
  });

  it('pairs no rows by position where a column that is left holds other values, or too few are left', () => {
    const other = (columns: { name: string; digest: string }[]) => pairRows(before, { ...before, columns }, false).by;
    const [a, b] = before.columns!;
    expect(other([a!, b!])).toBe('position');
    expect(other([a!])).toBe('position');
    expect(other([a!, { name: 'b', digest: 'c'.repeat(16) }])).toBe('unpaired');
    expect(other([{ name: 'x', digest: 'c'.repeat(16) }])).toBe('unpaired');
  });

  it('looks up the rows of a large baseline that were kept, and no later ones', () => {
    const n = 50_000;
    const all = someRows(n);
    const first = 40_000;
    const union = { ...all, nRows: n + 7 };
    const { counts } = pairRows(union, all, true);
    expect(counts).toMatchObject({ baselineRows: first, shared: first, gone: 0, added: 0 });
  });
});
