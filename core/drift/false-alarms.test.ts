import { expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { driftOf, someTable } from './tables.fixture.ts';

const REPLICATES = 300;

// A dataset without drift is called by chance in one of a hundred at most; here any single column would do.
it.each([
  [50, 60],
  [400, 300],
])('of 300 datasets without drift, with %d and %d rows, three at most have a column that is called', (n, m) => {
  let alarms = 0;
  for (let i = 0; i < REPLICATES; i++) {
    const tables = [someTable(n, createRandom(i, 'reference')), someTable(m, createRandom(i, 'current'))] as const;
    if (driftOf(tables).moved.length > 0) alarms++;
  }
  expect(alarms).toBeLessThanOrEqual(0.01 * REPLICATES);
});
