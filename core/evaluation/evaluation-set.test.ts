import { describe, expect, it } from 'vitest';
import { categoricalColumn, createTable } from '../table/table.ts';
import { anEvaluationSet, aTable } from './evaluation-set.fixture.ts';
import { evaluationSetOfFold, prepareEvaluationSet, testRowsOf } from './evaluation-set.ts';
import { classFolds } from './split/class-folds.ts';
import { rowKeys } from './split/row-keys.ts';

describe('examOfFold', () => {
  it('is about the rows of one fold as if there were no others, in the same order', () => {
    const evaluationSet = anEvaluationSet(aTable(60));
    const { evaluationSet: own, rows } = evaluationSetOfFold(evaluationSet, 0);
    expect([...own.order].map((place) => rows[place])).toEqual([...testRowsOf(evaluationSet, 0)]);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    for (const [place, row] of rows.entries()) {
      expect([own.keys[place], own.target.values[place], own.folds[place]]).toEqual([
        evaluationSet.keys[row],
        evaluationSet.target.values[row],
        0,
      ]);
    }
    expect(own.target.values).toHaveLength(rows.length);
  });
});

describe('rowKeys', () => {
  const table = createTable([
    { kind: 'numeric', name: 'age', values: Float64Array.of(7, Number.NaN, 7, -0) },
    categoricalColumn('plan', ['a', 'b', 'a', undefined]),
  ]);
  it('gives equal rows one key and others different ones, all of 40 bits', () => {
    const keys = rowKeys(table, ['age', 'plan']);
    expect(keys[0]).toBe(keys[2]);
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(Number.isInteger(key) && key >= 0 && key < 2 ** 40).toBe(true);
  });
  it('does not depend on the order of columns, nor on whether a number was read as text', () => {
    expect(rowKeys(table, ['plan', 'age'])).toEqual(rowKeys(table, ['age', 'plan']));
    const text = createTable([categoricalColumn('age', ['7', undefined, '7.0', '0']), table.columns[1]!]);
    expect(rowKeys(text, ['age', 'plan'])).toEqual(rowKeys(table, ['age', 'plan']));
  });
  it('tells a value in one column from the same value in another', () => {
    const swapped = createTable([
      { kind: 'numeric', name: 'a', values: Float64Array.of(1, 2) },
      { kind: 'numeric', name: 'b', values: Float64Array.of(2, 1) },
    ]);
    const keys = rowKeys(swapped, ['a', 'b']);
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('classFolds', () => {
  const folds = (keys: Float64Array, target: Float64Array, nClasses: number) =>
    classFolds({ dataset: 'd', keys, target, nClasses, nFolds: 5 });

  it('cuts each class into blocks of equal size', () => {
    const keys = Float64Array.from({ length: 1000 }, (_, i) => i * 7919);
    const target = Float64Array.from({ length: 1000 }, (_, i) => Number(i % 50 === 0));
    const assigned = folds(keys, target, 2);
    for (let fold = 0; fold < 5; fold++) {
      const inside = [...keys.keys()].filter((row) => assigned[row] === fold);
      expect(inside).toHaveLength(200);
      expect(inside.filter((row) => target[row] === 1)).toHaveLength(4);
    }
  });

  it('moves few rows when some are added', () => {
    const keys = Float64Array.from({ length: 1000 }, (_, i) => i * 104729);
    const more = Float64Array.of(...keys, ...Array.from({ length: 50 }, (_, i) => 1e9 + i * 31));
    const before = folds(keys, new Float64Array(1000), 0);
    const after = folds(more, new Float64Array(1050), 0);
    const moved = before.filter((fold, row) => fold !== after[row]).length;
    expect(moved).toBeLessThan(60);
  });

  it('spreads rows of one key over folds, the same whichever comes first', () => {
    const keys = Float64Array.from({ length: 100 }, (_, i) => i % 2);
    const target = Float64Array.from({ length: 100 }, (_, i) => Number(i % 10 === 0));
    const assigned = folds(keys, target, 2);
    const key0 = [0, 1, 2, 3, 4].map((fold) => assigned.filter((each, row) => each === fold && keys[row] === 0).length);
    expect(key0.reduce((a, b) => a + b)).toBe(50);
    expect(Math.min(...key0)).toBeGreaterThan(4);
    const back = folds(keys.slice().reverse(), target.slice().reverse(), 2);
    for (const fold of [0, 1, 2, 3, 4]) {
      const count = (all: Uint8Array, k: Float64Array) =>
        all.filter((each, row) => each === fold && k[row] === 0).length;
      expect(count(back, keys.slice().reverse())).toBe(count(assigned, keys));
    }
  });

  it('puts equal rows of different classes into one fold no more often than others', () => {
    const keys = Float64Array.from({ length: 2000 }, (_, i) => i >> 1);
    const target = Float64Array.from(keys, (_, i) => i % 2);
    const assigned = folds(keys, target, 2);
    const together = keys.filter((_, i) => i % 2 === 0 && assigned[i] === assigned[i + 1]).length;
    // A fifth of 1,000 pairs, give or take four standard errors.
    expect(Math.abs(together - 200)).toBeLessThan(51);
  });

  it('differ from dataset to dataset', () => {
    const keys = Float64Array.from({ length: 100 }, (_, i) => i);
    const target = new Float64Array(100);
    const other = classFolds({ dataset: 'other', keys, target, nClasses: 0, nFolds: 5 });
    expect(other).not.toEqual(folds(keys, target, 0));
  });
});

describe('prepareExam', () => {
  it('gives every row the same key, fold and rank in whatever order the file has them', () => {
    const table = aTable(200);
    const shuffled = Uint32Array.from({ length: 200 }, (_, i) => (i * 77) % 200);
    const evaluationSet = anEvaluationSet(table);
    const other = anEvaluationSet(table.take(shuffled));
    for (const [row, original] of shuffled.entries()) {
      expect(other.keys[row]).toBe(evaluationSet.keys[original]);
      expect(other.folds[row]).toBe(evaluationSet.folds[original]);
    }
    expect(Array.from(other.order, (row) => shuffled[row])).toEqual([...evaluationSet.order]);
  });

  it.each([
    ['group', { group: 'day' }],
    ['time', { time: 'day' }],
  ])('knows of each row what its %s is, which is no feature', (_, by) => {
    const values = Float64Array.from({ length: 40 }, (_, row) => row);
    const prepared = (days: Float64Array) =>
      prepareEvaluationSet({
        ...{ dataset: 'd', file: 'd.csv', keyColumns: ['age'], features: ['age'], cuts: null },
        table: createTable([
          { kind: 'numeric', name: 'age', values },
          { kind: 'numeric', name: 'day', values: days },
        ]),
        target: { type: 'continuous', classes: [], values },
        plan: { folds: 2, group: null, time: null, gap: 0, ...by },
      });
    const before = prepared(values);
    const after = prepared(values.map((day) => (day === 7 ? 70 : day)));
    expect(after.keys).toEqual(before.keys);
    const [own, edited] = [before, after].map(({ contents }) => contents[0]!.hashes);
    expect([...own!.keys()].filter((row) => own![row] !== edited![row])).toEqual([7]);
    expect(before.columns.map(({ name }) => name)).toContain('day');
  });
});
