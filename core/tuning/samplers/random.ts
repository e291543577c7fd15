import type { Random } from '../../random/random.ts';
import { exp, log } from '../../stats/elementary.ts';
import { type Distribution, fromNumber, type ParamValue, type SearchSpace } from '../distribution.ts';
import { defineSampler } from './sampler.ts';

/** Random search (Bergstra & Bengio 2012): every value of a parameter is as likely as every other, or every order of magnitude. */
export const random = defineSampler({
  id: 'random',
  summary: 'values drawn at random, whatever came of earlier trials',
  sample: ({ space }, stream) => sampleAtRandom(space, stream),
});

export function sampleAtRandom(space: SearchSpace, stream: Random): Record<string, ParamValue> {
  return Object.fromEntries(Object.entries(space).map(([name, each]) => [name, drawn(each, stream)]));
}

function drawn(distribution: Distribution, stream: Random): ParamValue {
  if (distribution.type === 'categorical') return distribution.choices[stream.integer(distribution.choices.length)]!;
  const { low, high, isLog } = bounds(distribution);
  const at = low + stream.uniform() * (high - low);
  return fromNumber(distribution, isLog ? exp(at) : at);
}

/**
 * The range that numbers are drawn from, as logarithms where the distribution is in them. A grid's ends have as much room as its
 * other points: half a step more on each side.
 */
export function bounds(distribution: Exclude<Distribution, { type: 'categorical' }>) {
  const { low, high, log: isLog, step } = distribution;
  const half = (step ?? 0) / 2;
  const [from, to] = [low - half, high + half];
  return isLog ? { low: log(from), high: log(to), isLog } : { low: from, high: to, isLog };
}
