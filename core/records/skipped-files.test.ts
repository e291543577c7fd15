import { describe, expect, it } from 'vitest';
import { skippedWarnings } from './skipped-files.ts';

describe('skippedWarnings', () => {
  it('says nothing of nothing', () => expect(skippedWarnings('branch runs', [])).toEqual([]));

  it('counts the files, names the first three with their reasons, and says what to do', () => {
    const skipped = ['a', 'b', 'c', 'd', 'e'].map((path) => ({ path, reason: 'corrupt: not JSON' }));
    expect(skippedWarnings('branch runs', skipped)).toEqual([
      'branch runs: 5 files were skipped: a (corrupt: not JSON), b (corrupt: not JSON), c (corrupt: not JSON), and 2 more; restore or delete what is damaged',
    ]);
  });

  it('tells a newer file from a damaged one', () => {
    expect(skippedWarnings('x', [{ path: 'a', reason: 'run record has a newer schema: schema 2' }])).toEqual([
      'x: 1 file was skipped: a (run record has a newer schema: schema 2); use a later version of mlops-action for what is newer',
    ]);
  });
});
