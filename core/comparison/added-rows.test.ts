import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addsNothingElse, allKeys, keysDigest, rowsOfBaseline } from './added-rows.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';

const fewKeys = fc.array(fc.nat(5), { maxLength: 20 }).map((keys) => Float64Array.from(keys).sort());
const countOf = (keys: Float64Array, key: number) => keys.filter((each) => each === key).length;

describe('rowsOfBaseline', () => {
  it('takes of each key as many rows as the baseline has, and those that are paired before others', () => {
    fc.assert(
      fc.property(fewKeys, fewKeys, fc.infiniteStream(fc.boolean()), (keys, before, chosen) => {
        const left = [...before];
        const paired = [...keys.keys()].filter((row) => {
          const at = chosen.next().value ? left.indexOf(keys[row]!) : -1;
          if (at >= 0) left.splice(at, 1);
          return at >= 0;
        });
        const isOld = rowsOfBaseline(keys, before, paired);
        for (const row of paired) expect(isOld[row]).toBe(1);
        for (const key of new Set(keys)) {
          const taken = keys.filter((each, row) => each === key && isOld[row] === 1).length;
          expect(taken).toBe(Math.min(countOf(keys, key), countOf(before, key)));
        }
      }),
    );
  });
});

describe('allKeys', () => {
  it.each<[string, number[], number[] | null, number, number[] | null]>([
    ['of a table that is kept as a whole', [1, 2, 3], null, 3, [1, 2, 3]],
    ['of a table of which some rows are kept, and the keys of the others', [1, 5], [2, 9], 4, [1, 2, 5, 9]],
    ['of rows that are kept without the keys of the others', [1, 5], null, 4, null],
    ['of rows with too few keys of others', [1, 5], [2], 4, null],
  ])('are those %s', (_, keys, others, tableRows, expected) => {
    const rowSet = { keys: Float64Array.from(keys), ...(others && { otherKeys: Float64Array.from(others) }) };
    const all = allKeys({ rowSet, tableRows });
    expect(all && [...all]).toEqual(expected);
    expect(allKeys({ rowSet, tableRows })).toBe(all);
  });

  it('have one digest wherever they are kept', () => {
    const whole = allKeys({ rowSet: { keys: Float64Array.of(1, 2, 5) }, tableRows: 3 })!;
    const parts = allKeys({ rowSet: { keys: Float64Array.of(2), otherKeys: Float64Array.of(1, 5) }, tableRows: 3 })!;
    expect(keysDigest(parts)).toBe(keysDigest(whole));
    expect(keysDigest(whole)).not.toBe(keysDigest(Float64Array.of(1, 2, 2)));
  });
});

describe('addsNothingElse', () => {
  type Args = Parameters<typeof addsNothingElse>;
  const { recipeSha256: _, ...rest } = anEvaluatedRun(someRows(10)).run;
  const unknown = rest as Args[0];
  const counts = { baselineRows: 10, candidateRows: 12, shared: 10, gone: 0, relabelled: 0, added: 2 };
  const known = { ...unknown, recipeSha256: 'a'.repeat(64) };
  it.each<[string, ...Args, boolean]>([
    ['is so of equal recipes', known, known, counts, true],
    ['is not known where neither has one', unknown, unknown, counts, false],
    ['is not so of other recipes', known, { ...known, recipeSha256: 'b'.repeat(64) }, counts, false],
    ['is not so where a row was edited', known, known, { ...counts, edited: 1 }, false],
  ])('%s', (_name, before, after, rows, expected) => {
    expect(addsNothingElse(before, after, rows)).toBe(expected);
  });
});
