import { expect, it } from 'vitest';
import { readCsv } from '../table/csv.ts';
import { rowsWithTarget } from './rows-with-target.ts';

const table = readCsv(new TextEncoder().encode('x,city,y\n1,Rome,a\n2,Oslo,\n3,Rome,b\n4,,\n'), { file: 'd.csv' });

it('leaves out the rows without a target, with the categories that only they had', () => {
  const found = rowsWithTarget(table, { target: 'y', policy: 'drop' });
  expect(found.notes).toEqual(['rows without a target are left out, as `target_missing: drop` says: 2 of 4']);
  expect(found.table.columns).toEqual([
    { kind: 'numeric', name: 'x', values: Float64Array.of(1, 3) },
    { kind: 'categorical', name: 'city', codes: Int32Array.of(0, 0), categories: ['Rome'] },
    { kind: 'categorical', name: 'y', codes: Int32Array.of(0, 1), categories: ['a', 'b'] },
  ]);
});

it.each([
  ['error', 'y'],
  ['drop', 'x'],
  ['drop', 'absent'],
] as const)('with %s and the target %s leaves the table as it is', (policy, target) => {
  expect(rowsWithTarget(table, { target, policy })).toEqual({ table, notes: [] });
});
