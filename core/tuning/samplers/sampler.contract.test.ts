import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { categorical, contains, float, int, type SearchSpace } from '../distribution.ts';
import { emptyTrial } from '../journal/read-journal.ts';
import type { Trial } from '../trial.ts';
import { samplers } from './index.ts';
import type { Sampler } from './sampler.ts';

const SPACE: SearchSpace = {
  rate: float(1e-4, 1, { log: true }),
  depth: int(2, 12),
  leaves: int(8, 512, { log: true }),
  share: float(0.4, 1, { step: 0.1 }),
  kind: categorical('a', 'b', null, true),
  one: int(3, 3),
};

/** A study of n trials, each with a loss that its parameters decide. */
function studyOf({ sample }: Sampler, space: SearchSpace, n: number): Trial[] {
  const trials: Trial[] = [];
  while (trials.length < n) {
    const history = { direction: 'minimize' as const, space, trials };
    const params = sample(history, createRandom(3, trials.length));
    if (!params) break;
    const value = (params.depth as number) + (params.kind === 'b' ? 0 : 1);
    trials.push({ ...emptyTrial(trials.length, trials.length % 3 === 2 ? 'pruned' : 'complete'), params, value });
  }
  return trials;
}

describe.each(samplers.all.map((sampler) => [sampler.id, sampler as Sampler] as const))('%s', (_, sampler) => {
  const trials = studyOf(sampler, SPACE, 40);

  it('gives every parameter a value that the space has, in its order', () => {
    expect(trials).toHaveLength(40);
    for (const { params } of trials) {
      expect(Object.keys(params)).toEqual(Object.keys(SPACE));
      for (const [name, value] of Object.entries(params))
        expect(contains(SPACE[name]!, value), `${name}: ${value}`).toBe(true);
    }
  });
  it('gives the same again, and leaves the history as it is', () => {
    const before = structuredClone(trials);
    expect(studyOf(sampler, SPACE, 40)).toEqual(trials);
    expect(trials).toEqual(before);
  });
  it('does not try the same point all the time', () => {
    expect(new Set(trials.map(({ params }) => JSON.stringify(params))).size).toBeGreaterThan(20);
  });
  it('takes trials of somebody else, which lack parameters', () => {
    const foreign = trials.map((trial, i) => (i % 2 === 0 ? { ...trial, params: { depth: 4 } } : trial));
    const params = sampler.sample({ direction: 'maximize', space: SPACE, trials: foreign }, createRandom(1));
    expect(Object.keys(params!)).toEqual(Object.keys(SPACE));
  });
});
