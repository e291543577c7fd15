import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNTESTED } from '../../dataset/evaluation-set.ts';
import { DataError } from '../../errors/app-error.ts';
import { categoricalColumn, createTable } from '../../table/table.ts';
import { anEvaluationSet } from '../evaluation-set.fixture.ts';
import { testedRowsOf, testRowsOf, trainRowsOf } from '../evaluation-set.ts';
import { isBefore, timeFolds } from './time-folds.ts';

function foldsOf(times: readonly number[], changes: { folds?: number; cuts?: readonly number[]; gap?: number } = {}) {
  const { folds = 5, cuts = null, gap = 0 } = changes;
  return timeFolds({
    dataset: 'sales',
    file: 'sales.csv',
    table: createTable([{ kind: 'numeric', name: 'day', values: Float64Array.from(times) }]),
    keys: Float64Array.from(times.keys()),
    target: new Float64Array(times.length),
    nClasses: 0,
    plan: { folds, group: null, time: 'day', gap },
    cuts,
    features: [],
  });
}
const days = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('timeFolds', () => {
  // sklearn 1.9.1: [(len(train), test[0], test[-1]) for train, test in TimeSeriesSplit(5).split(np.zeros(60))]
  // is [(10, 10, 19), (20, 20, 29), (30, 30, 39), (40, 40, 49), (50, 50, 59)].
  it('are the blocks of TimeSeriesSplit, the newest first', () => {
    const { folds, time } = foldsOf(days(60));
    expect(time!.cuts).toEqual([10, 20, 30, 40, 50]);
    expect([...folds]).toEqual(days(60).map((day) => [UNTESTED, 4, 3, 2, 1, 0][Math.floor(day / 10)]));
  });

  it('keep equal times in one block, and the order of the file out of it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 200, maxLength: 300 }), (times) => {
        const { folds, clusters } = foldsOf(times);
        const back = foldsOf([...times].reverse());
        expect([...back.folds].reverse()).toEqual([...folds]);
        expect([...back.clusters!].reverse()).toEqual([...clusters!]);
        for (const [a, time] of times.entries()) {
          for (const [b, other] of times.entries()) {
            if (time !== other) continue;
            if (folds[a] !== folds[b] || clusters![a] !== clusters![b]) throw new Error('equal times were split');
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('rank the rows by their times', () => {
    const later = days(60).map((day) => 5 * Math.floor(day / 2));
    expect([...foldsOf([...later, 2]).clusters!]).toEqual([0, 0, ...later.slice(2).map((day) => day / 5 + 1), 1]);
  });

  it('stay where they were cut when rows are added, as long as that suits', () => {
    const { cuts } = foldsOf(days(60)).time!;
    expect(foldsOf(days(69), { cuts }).time!.cuts).toEqual(cuts);
    expect(foldsOf(days(75), { cuts }).time!.cuts).toEqual(cuts);
    expect(foldsOf(days(81), { cuts }).time!.cuts).not.toEqual(cuts);
    expect(foldsOf(days(60), { folds: 4, cuts }).time!.cuts).toEqual([12, 24, 36, 48]);
  });

  it('learn from at least one row, also where the gap is as wide as can be', () => {
    const { folds, time } = foldsOf(days(60), { gap: 9.5 });
    expect(days(60).filter((row) => isBefore(time!, 4, row))).toEqual([0]);
    expect(Math.max(...folds.filter((fold) => fold !== UNTESTED))).toBe(4);
    expect(() => foldsOf(days(60), { gap: 10 })).toThrow(
      'sales.csv: `split.gap: 10` leaves fold 4 no row to learn from\n  found: the fold begins at 10 and the table at 0; folds with rows to learn from: 0, 1, 2, 3\n  allowed: a gap below 10',
    );
    expect(() => foldsOf(days(60), { gap: 99 })).toThrow('learn from: none');
  });
  it('measure a gap between dates in days, and say them as dates', () => {
    const table = createTable([{ kind: 'numeric', name: 'day', values: Float64Array.from(days(60)), isDate: true }]);
    const input = { dataset: 'd', file: 'f', table, keys: new Float64Array(60), target: new Float64Array(60) };
    const plan = { folds: 5, group: null, time: 'day', gap: 10 };
    expect(() => timeFolds({ ...input, nClasses: 0, cuts: null, features: [], plan })).toThrow(
      'begins at 1970-01-11 and the table at 1970-01-01',
    );
  });
  it.each([
    ['too few distinct times', () => foldsOf([1, 1, 1, 2, 2, 3]), /too few distinct times: 5 folds need at least 6/],
    [
      'one time in most rows',
      () => foldsOf([1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7]),
      /the same time in too many rows/,
    ],
    ['a row without a time', () => foldsOf([1, Number.NaN, 2, 3, 4, 5, 6]), /is empty in this row/],
    [
      'text',
      () =>
        timeFolds({
          ...{
            dataset: 'd',
            file: 'f',
            keys: new Float64Array(1),
            target: new Float64Array(1),
            nClasses: 0,
            cuts: null,
            features: [],
          },
          table: createTable([categoricalColumn('day', ['monday'])]),
          plan: { folds: 5, group: null, time: 'day', gap: 0 },
        }),
      /contains text/,
    ],
  ])('refuse %s', (_, act, message) => {
    expect(act).toThrow(DataError);
    expect(act).toThrow(message);
  });
});

describe('an evaluation set in the order of time', () => {
  const table = createTable([
    { kind: 'numeric', name: 'day', values: Float64Array.from(days(60)) },
    { kind: 'numeric', name: 'target', values: Float64Array.from(days(60), (day) => (day * 7) % 60) },
  ]);
  const evaluationSet = anEvaluationSet(table, { keyColumns: ['day'], plan: { time: 'day', gap: 3 } });

  it('learns from earlier rows alone, the gap left out', () => {
    for (let fold = 0; fold < 5; fold++) {
      const first = Math.min(...testRowsOf(evaluationSet, fold));
      expect([...trainRowsOf(evaluationSet, fold)].sort((a, b) => a - b)).toEqual(days(first - 3));
    }
  });

  it('predicts every row but those of the first block', () => {
    expect([...testedRowsOf(evaluationSet)].sort((a, b) => a - b)).toEqual(days(60).slice(10));
  });
});
