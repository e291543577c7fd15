import { describe, expect, it } from 'vitest';
import { emptyTrial } from '../journal/read-journal.ts';
import type { Trial } from '../trial.ts';
import { someTrials } from '../trials.fixture.ts';
import { median } from './median.ts';
import { none } from './none.ts';

const running = (...values: number[]): Trial => ({
  ...emptyTrial(9, 'running'),
  reports: values.map((value, i) => ({ step: 10 * (i + 1), value })),
});
/** Complete trials that reported these values at step 10. */
const reported = (...values: number[]) => someTrials(values, (value) => ({ reports: [{ step: 10, value }] }));
const prunes = (trial: Trial, trials: Trial[], direction: 'minimize' | 'maximize' = 'minimize') =>
  median.shouldPrune(trial, { direction, trials });

// optuna.pruners.MedianPruner(), 5.0.0: n_startup_trials 5, n_warmup_steps 0, interval_steps 1, n_min_trials 1.
describe('median', () => {
  it.each([
    ['above the median', 3.1, 'minimize', true],
    ['at the median', 3, 'minimize', false],
    ['below the median', 2.9, 'minimize', false],
    ['below the median', 2.9, 'maximize', true],
    ['above the median', 3.1, 'maximize', false],
  ] as const)('of a trial %s (%d), to %s: %s', (_, value, direction, expected) => {
    expect(prunes(running(value), reported(1, 2, 3, 4, 5), direction)).toBe(expected);
  });
  it('takes the middle between two', () => {
    expect(prunes(running(3.4), reported(1, 2, 3, 4, 5, 6))).toBe(false);
    expect(prunes(running(3.6), reported(1, 2, 3, 4, 5, 6))).toBe(true);
  });
  it('looks at the best that the trial has reported so far', () => {
    const trials = someTrials([1, 2, 3, 4, 5], (value) => ({ reports: [{ step: 20, value }] }));
    expect(prunes(running(2, 9), trials)).toBe(false);
    expect(prunes(running(4, 9), trials)).toBe(true);
  });
  it('waits for five complete trials', () => {
    expect(prunes(running(99), reported(1, 2, 3, 4))).toBe(false);
    const fifth = { ...reported(5)[0]!, state: 'pruned' as const };
    expect(prunes(running(99), [...reported(1, 2, 3, 4), fifth])).toBe(false);
  });
  it('goes on where no other trial reported at this step, or nothing is reported yet', () => {
    expect(prunes(running(9, 9), reported(1, 2, 3, 4, 5))).toBe(false);
    expect(prunes(running(), reported(1, 2, 3, 4, 5))).toBe(false);
  });
});

it('none never prunes', () => {
  expect(none.shouldPrune(running(99), { direction: 'minimize', trials: reported(1, 1, 1, 1, 1) })).toBe(false);
});
