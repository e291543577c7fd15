import { describe, expect, it } from 'vitest';
import { findBroken } from './mutant-tests.ts';
import { ALL_MUTATIONS, TESTS_OF } from './mutate-verdict.ts';

// Trying the mutants takes minutes; what keeps them from being tried is found here in no time.
describe('mutations', () => {
  it('break what is there once, in files that have a test', () => {
    expect(findBroken(ALL_MUTATIONS, TESTS_OF)).toEqual([]);
  });

  it('need a test that must mind', () => {
    expect(findBroken([['no reason', 'core/version.ts', 'export', '']], {})).toEqual([
      'core/version.ts is broken on purpose and has no test that must mind: write core/version.test.ts, or name tests in TESTS_OF of scripts/check/mutate-verdict.ts',
    ]);
  });

  it('need a text that is there once', () => {
    const judge = 'core/comparison/judge.ts';
    expect(findBroken([['stale', judge, 'is nowhere', '']], {})).toEqual([
      `“stale” is to break what is in ${judge} 0 times, not once`,
    ]);
  });

  it('need tests that are there', () => {
    expect(findBroken([], { 'core/comparison/judge.ts': ['comparison/jugde'] })).toEqual([
      'TESTS_OF names comparison/jugde, which is not the end of exactly one test’s path',
    ]);
  });
});
