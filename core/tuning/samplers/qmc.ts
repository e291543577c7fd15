import { exp } from '../../stats/elementary.ts';
import { type Distribution, fromNumber, type ParamValue } from '../distribution.ts';
import { bounds, sampleAtRandom } from './random.ts';
import { defineSampler } from './sampler.ts';
import { MOST_DIMENSIONS, sobolPoint } from './sobol.ts';

/**
 * `optuna.samplers.QMCSampler(qmc_type='sobol', scramble=False)`: points that fill the space more evenly than chance does. The seed changes nothing; parameters
 * beyond the twentieth are drawn at random.
 */
export const qmc = defineSampler({
  id: 'qmc',
  summary: 'points of a Sobol sequence, which fill the space evenly, whatever came of earlier trials',
  sample({ space, trials }, random) {
    const names = Object.keys(space);
    const point = sobolPoint(trials.length, Math.min(names.length, MOST_DIMENSIONS));
    return {
      ...sampleAtRandom(space, random),
      ...Object.fromEntries([...point].map((at, k) => [names[k]!, valueAt(space[names[k]!]!, at)])),
    };
  },
});

/** @param at from 0 to 1, 1 excluded. */
function valueAt(distribution: Distribution, at: number): ParamValue {
  if (distribution.type === 'categorical') return distribution.choices[Math.floor(at * distribution.choices.length)]!;
  const { low, high, isLog } = bounds(distribution);
  const number = low + at * (high - low);
  return fromNumber(distribution, isLog ? exp(number) : number);
}
