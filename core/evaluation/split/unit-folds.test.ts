import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashNumber } from '../../random/hash.ts';
import { unitFolds } from './unit-folds.ts';

/** Units of rows next to each other, of these sizes. */
function unitsOf(sizes: readonly number[]) {
  let row = 0;
  return sizes.map((size, u) => ({ rows: Array.from({ length: size }, () => row++), place: hashNumber(u) }));
}

/** Rows of each class in each fold. */
function held(folds: Uint8Array, target: ArrayLike<number>, nFolds: number, nClasses: number): number[][] {
  const counts = Array.from({ length: nFolds }, () => new Array<number>(nClasses).fill(0));
  for (const [row, fold] of folds.entries()) counts[fold]![target[row]!]!++;
  return counts;
}

const some = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 5, maxLength: 60 }),
  labels: fc.array(fc.nat(2), { minLength: 720, maxLength: 720 }),
  nFolds: fc.integer({ min: 2, max: 5 }),
  isStratified: fc.boolean(),
});

describe('unitFolds', () => {
  it('parts no unit and leaves no fold empty', () => {
    fc.assert(
      fc.property(some, ({ sizes, labels, nFolds, isStratified }) => {
        const units = unitsOf(sizes);
        const nRows = sizes.reduce((a, b) => a + b);
        const { folds, units: unitOf } = unitFolds(units, { nRows, target: labels, nClasses: 3, nFolds, isStratified });
        for (const { rows } of units) {
          expect(new Set(rows.map((row) => folds[row])).size).toBe(1);
          expect(new Set(rows.map((row) => unitOf[row])).size).toBe(1);
        }
        expect(new Set(folds).size).toBe(nFolds);
        expect(new Set(unitOf).size).toBe(units.length);
      }),
    );
  });

  it('leaves no fold empty when there are as many units as folds, of whatever classes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 2, maxLength: 5 }), fc.boolean(), (target, isStratified) => {
        const nRows = target.length;
        const units = unitsOf(new Array<number>(nRows).fill(1));
        const { folds } = unitFolds(units, { nRows, target, nClasses: 3, nFolds: nRows, isStratified });
        expect(new Set(folds).size).toBe(nRows);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves no fold with a single class where every class has a unit of its own for each fold', () => {
    fc.assert(
      fc.property(some, ({ sizes, nFolds, isStratified }) => {
        const all = [...sizes, ...sizes];
        const units = unitsOf(all);
        const target = units.flatMap(({ rows }, u) => rows.map(() => Number(u >= sizes.length)));
        const { folds } = unitFolds(units, { nRows: target.length, target, nClasses: 2, nFolds, isStratified });
        for (const counts of held(folds, target, nFolds, 2)) expect(Math.min(...counts)).toBeGreaterThan(0);
      }),
    );
  });

  it('makes folds of many small classes about equally large', () => {
    const target = Array.from({ length: 20 }, (_, row) => row >> 1);
    const units = unitsOf(new Array<number>(20).fill(1));
    const { folds } = unitFolds(units, { nRows: 20, target, nClasses: 10, nFolds: 5 });
    const sizes = held(folds, target, 5, 10).map((counts) => counts.reduce((a, b) => a + b));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(2);
  });

  it('keeps a class of which there is one row in one fold, and the others as they are', () => {
    const target = Array.from({ length: 50 }, (_, row) => Number(row === 0));
    const { folds } = unitFolds(unitsOf(new Array<number>(50).fill(1)), { nRows: 50, target, nClasses: 2, nFolds: 5 });
    expect(held(folds, target, 5, 2).map((counts) => counts[1])).toEqual([0, 0, 1, 0, 0]);
  });

  it('moves few rows when some are added', () => {
    const before = unitFolds(unitsOf(new Array<number>(1000).fill(1)), {
      ...{ nRows: 1000, target: new Float64Array(1000), nClasses: 0, nFolds: 5 },
    }).folds;
    const after = unitFolds(unitsOf(new Array<number>(1050).fill(1)), {
      ...{ nRows: 1050, target: new Float64Array(1050), nClasses: 0, nFolds: 5 },
    }).folds;
    expect(before.filter((fold, row) => fold !== after[row]).length).toBeLessThan(60);
  });
});
