import { expect, it } from 'vitest';
import { aVerdict } from '../report/report.fixture.ts';
import { judgementOf } from './judgement.ts';

it.each([
  ['pass', 'pass', 'pass', 0],
  ['fail', 'pass', 'fail', 1],
  ['inconclusive', 'pass', 'inconclusive', 0],
  ['inconclusive', 'fail', 'fail', 1],
  ['not_comparable', 'pass', 'not_comparable', 1],
  ['first_run', 'pass', 'first_run', 0],
  ['nothing_to_merge', 'pass', 'nothing_to_merge', 0],
  ['error', 'pass', 'error', 2],
] as const)(
  '%s, with on_inconclusive: %s, ends as %s with exit code %d',
  (outcome, onInconclusive, status, exitCode) => {
    expect(judgementOf(aVerdict({ outcome }), { onInconclusive, onNotComparable: 'fail' })).toEqual({
      status,
      exitCode,
      stopsMerge: exitCode !== 0,
    });
  },
);

it('does not stop for want of a baseline where the base says so, nor on a branch that sets rules', () => {
  const verdict = aVerdict({ outcome: 'not_comparable' });
  const expected = { status: 'not_comparable', exitCode: 0, stopsMerge: false };
  expect(judgementOf(verdict, { onInconclusive: 'pass', onNotComparable: 'pass' })).toEqual(expected);
  expect(judgementOf(verdict, { onInconclusive: 'pass', onNotComparable: 'fail' }, 'tracked_branch')).toEqual(expected);
  const failed = judgementOf(
    aVerdict({ outcome: 'fail' }),
    { onInconclusive: 'pass', onNotComparable: 'fail' },
    'tracked_branch',
  );
  expect(failed).toMatchObject({ stopsMerge: true });
});

it('is none where nothing was judged', () => {
  expect(judgementOf(null, { onInconclusive: 'fail', onNotComparable: 'fail' })).toBe(undefined);
});
