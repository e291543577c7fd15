import { describe, expect, it } from 'vitest';
import {
  exitCodeOf,
  outcomeName,
  policyFor,
  stopsMerge,
  type VerdictOutcome,
  verdictOutcomeSchema,
} from './outcome.ts';

/** Exit code by default, with `on_inconclusive: fail`, and with `on_not_comparable: pass`. */
const codes: Readonly<Record<VerdictOutcome, readonly [number, number, number]>> = {
  pass: [0, 0, 0],
  fail: [1, 1, 1],
  inconclusive: [0, 1, 0],
  not_comparable: [1, 1, 0],
  first_run: [0, 0, 0],
  nothing_to_merge: [0, 0, 0],
  error: [2, 2, 2],
};

describe('an outcome', () => {
  const policies = [
    { onInconclusive: 'pass', onNotComparable: 'fail' },
    { onInconclusive: 'fail', onNotComparable: 'fail' },
    { onInconclusive: 'pass', onNotComparable: 'pass' },
  ] as const;

  it.each(verdictOutcomeSchema.options)('%s has an exit code under every policy', (outcome) => {
    expect(policies.map((policy) => exitCodeOf(outcome, policy))).toEqual(codes[outcome]);
    expect(policies.map((policy) => stopsMerge(outcome, policy))).toEqual(codes[outcome].map((code) => code !== 0));
  });

  it('that is none, since nothing was judged, stops nothing', () => {
    for (const policy of policies) expect(stopsMerge(null, policy)).toBe(false);
  });

  it('that is not comparable stops no branch that sets rules: its run is the next baseline', () => {
    const [, strict] = policies;
    expect(policyFor(strict, 'change')).toEqual(strict);
    expect(policyFor(strict, 'tracked_branch')).toEqual({ onInconclusive: 'fail', onNotComparable: 'pass' });
  });

  it('is written in words for people', () => {
    expect(verdictOutcomeSchema.options.map(outcomeName)).toEqual([
      'pass',
      'fail',
      'inconclusive',
      'not comparable',
      'first run',
      'nothing to merge',
      'error',
    ]);
  });
});
