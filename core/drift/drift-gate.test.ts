import { expect, it } from 'vitest';
import { driftGate } from './drift-gate.ts';
import { driftOf, twoTables } from './tables.fixture.ts';

const drift = { ...driftOf(twoTables(60)), judged: 10, moved: ['a', 'b', 'c', 'd'], share: 0.4 };

it.each([
  ['past_share', 'fail', drift, 0.3],
  ['within_share', 'pass', drift, 0.4],
  ['too_few_rows', 'inconclusive', { ...drift, share: null }, 0.3],
  ['no_reference', 'not_comparable', null, 0.3],
] as const)('%s: %s; with `fail: false` it passes', (reason, outcome, found, maxShare) => {
  const gate = driftGate('churn', found, { maxShare, fail: true });
  expect(gate).toMatchObject({ kind: 'drift', dataset: 'churn', reason, outcome, allowed: maxShare });
  expect(gate.written).toBe(`max_share: ${maxShare}`);
  expect(driftGate('churn', found, { maxShare, fail: false })).toMatchObject({
    reason,
    outcome: 'pass',
    written: `max_share: ${maxShare}, fail: false`,
  });
});
