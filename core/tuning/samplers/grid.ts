import { createRandom } from '../../random/random.ts';
import { exp, log } from '../../stats/elementary.ts';
import { type Distribution, fromNumber, type ParamValue, type SearchSpace } from '../distribution.ts';
import { defineSampler } from './sampler.ts';

/** Values of a range with more than these are spread evenly over it. */
const MOST_VALUES = 10;
const OF_A_RANGE = 5;
/** A larger grid is not laid out: its points are drawn, and hardly ever twice. */
const LARGEST_GRID = 1e6;

/**
 * `optuna.samplers.GridSampler`: every combination once, in a shuffled order that is always the same, so that a study that ends early has looked everywhere.
 * Categories and ranges of up to ten values have all of them; other ranges have five values, evenly spread, with both ends.
 */
export const grid = defineSampler({
  id: 'grid',
  summary: 'every combination of a few values of each parameter, once; the study ends with the last one',
  sample({ space, trials }) {
    const values = Object.entries(space).map(([name, distribution]) => [name, gridOf(distribution)] as const);
    const size = values.reduce((product, [, each]) => product * each.length, 1);
    const tried = new Set(trials.map(({ params }) => keyOf(space, params)));
    for (const place of placesOf(size)) {
      const params = combination(values, place);
      if (!tried.has(keyOf(space, params))) return params;
    }
    return null;
  },
});

function* placesOf(size: number): Generator<number> {
  const random = createRandom(0, 'grid');
  if (size <= LARGEST_GRID) yield* random.shuffle(Uint32Array.from({ length: size }, (_, i) => i));
  else for (;;) yield Math.floor(random.uniform() * size);
}

/** The values that a grid has of a parameter, in ascending order. */
export function gridOf(distribution: Distribution): readonly ParamValue[] {
  if (distribution.type === 'categorical') return distribution.choices;
  const { low, high, step, log: isLog } = distribution;
  if (low === high) return [low];
  const steps = step === null ? Number.POSITIVE_INFINITY : Math.round((high - low) / step);
  if (steps < MOST_VALUES)
    return Array.from({ length: steps + 1 }, (_, i) => fromNumber(distribution, low + i * step!));
  const [from, to] = isLog ? [log(low), log(high)] : [low, high];
  const at = (i: number) => from + (i * (to - from)) / (OF_A_RANGE - 1);
  const values = Array.from({ length: OF_A_RANGE }, (_, i) => fromNumber(distribution, isLog ? exp(at(i)) : at(i)));
  return [...new Set(values)];
}

function combination(
  values: readonly (readonly [name: string, values: readonly ParamValue[]])[],
  place: number,
): Record<string, ParamValue> {
  let rest = place;
  return Object.fromEntries(
    values.map(([name, each]) => {
      const value = each[rest % each.length]!;
      rest = Math.floor(rest / each.length);
      return [name, value];
    }),
  );
}

/** Numbers are kept in five digits, see `rounded` of the study. */
function keyOf(space: SearchSpace, params: Readonly<Record<string, ParamValue>>): string {
  return JSON.stringify(
    Object.keys(space).map((name) => {
      const value = params[name];
      return typeof value === 'number' ? value.toPrecision(5) : (value ?? null);
    }),
  );
}
