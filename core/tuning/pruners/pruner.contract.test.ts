import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { emptyTrial } from '../journal/read-journal.ts';
import type { Direction, Trial } from '../trial.ts';
import { pruners } from './index.ts';
import type { Pruner } from './pruner.ts';

const STEPS = [10, 15, 23, 35, 53];

/** A study whose trials differ in what they come to, with reports that waver on the way. The first ones run to their end. */
function studyOf({ shouldPrune }: Pruner, direction: Direction, n: number): Trial[] {
  const random = createRandom(5, 'contract');
  const sign = direction === 'minimize' ? 1 : -1;
  const trials: Trial[] = [];
  while (trials.length < n) {
    const level = random.normal();
    let trial: Trial = emptyTrial(trials.length, 'running');
    let isPruned = false;
    for (const [i, step] of STEPS.entries()) {
      if (isPruned) break;
      const value = sign * (level + 1 / (i + 1) + random.normal() / 20);
      trial = { ...trial, reports: [...trial.reports, { step, value }] };
      isPruned = shouldPrune(trial, { direction, trials });
    }
    trials.push({ ...trial, state: isPruned ? 'pruned' : 'complete', value: trial.reports.at(-1)!.value });
  }
  return trials;
}

describe.each(pruners.all.map((pruner) => [pruner.id, pruner as Pruner] as const))('%s', (id, pruner) => {
  const trials = studyOf(pruner, 'minimize', 60);

  it('goes on with the first trial, with which nothing can be compared', () => {
    expect(trials[0]!.state).toBe('complete');
  });
  it('does not stop a trial that has reported nothing', () => {
    expect(pruner.shouldPrune(emptyTrial(60, 'running'), { direction: 'minimize', trials })).toBe(false);
  });
  it('goes on with one that is better than all others, step by step', () => {
    const best = { ...emptyTrial(60, 'running'), reports: STEPS.map((step, i) => ({ step, value: -50 - i })) };
    for (let reports = 1; reports <= STEPS.length; reports++)
      expect(
        pruner.shouldPrune({ ...best, reports: best.reports.slice(0, reports) }, { direction: 'minimize', trials }),
      ).toBe(false);
  });
  it('decides the same when everything is mirrored', () => {
    expect(studyOf(pruner, 'maximize', 60).map(({ state }) => state)).toEqual(trials.map(({ state }) => state));
  });
  if (id !== 'none' && id !== 'patient')
    it('stops some trials, and mostly bad ones', () => {
      const mean = (some: readonly Trial[]) => some.reduce((sum, { value }) => sum + value! / some.length, 0);
      const pruned = trials.filter(({ state }) => state === 'pruned');
      expect(pruned.length).toBeGreaterThan(5);
      expect(mean(pruned)).toBeGreaterThan(mean(trials.filter(({ state }) => state === 'complete')) + 0.3);
    });
});
