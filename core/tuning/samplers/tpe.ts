import type { Random } from '../../random/random.ts';
import { fromNumber, isSingle, type ParamValue, type SearchSpace, toNumber } from '../distribution.ts';
import { finished, type History, lossOf, type Trial } from '../trial.ts';
import { createParzen, type Point } from './parzen.ts';
import { sampleAtRandom } from './random.ts';
import { defineSampler, type Sampler } from './sampler.ts';

/** Trials that are drawn at random before anything is learned from them. */
const STARTUP_TRIALS = 10;
/** Points of which the most promising is taken. */
const CANDIDATES = 24;

/** Always draws something. */
type Draw = (...args: Parameters<Sampler['sample']>) => Record<string, ParamValue>;

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011) as in Optuna 5.0: the best tenth of the trials makes one density,
 * the others make another, and of 24 draws from the first the one is taken where the two differ most. Trials that lack a parameter,
 * as the current parameters of a model may, count among the trials but make no kernel.
 *
 * @param multivariate whether parameters are drawn together, so that it is seen what goes well with what.
 */
export function createTpe({ multivariate }: { readonly multivariate: boolean }): Draw {
  return (history, random) => {
    const { trials, space } = history;
    if (finished(trials).length < STARTUP_TRIALS) return sampleAtRandom(space, random);
    const sides = split(history);
    const searched = Object.entries(space).filter(([, distribution]) => !isSingle(distribution));
    const parts = multivariate ? [searched] : searched.map((each) => [each]);
    const drawn = Object.assign({}, ...parts.map((part) => sampleFrom(Object.fromEntries(part), sides, random)));
    const start = (name: string) => space[name]!;
    return Object.fromEntries(
      Object.keys(space).map((name): [string, ParamValue] => {
        const distribution = start(name);
        const low = distribution.type === 'categorical' ? 0 : distribution.low;
        return [name, Object.hasOwn(drawn, name) ? drawn[name] : fromNumber(distribution, low)];
      }),
    );
  };
}

export const tpe = defineSampler({
  id: 'tpe',
  summary: 'values near those of the best trials, drawn together (a tree-structured Parzen estimator, as in Optuna 5)',
  sample: createTpe({ multivariate: true }),
});

interface Sides {
  readonly below: readonly Trial[];
  readonly above: readonly Trial[];
}

function sampleFrom(space: SearchSpace, { below, above }: Sides, random: Random): Record<string, ParamValue> {
  const good = createParzen(pointsOf(below, space), space);
  const rest = createParzen(pointsOf(above, space), space);
  let best: { readonly point: Point; readonly gain: number } | undefined;
  for (let i = 0; i < CANDIDATES; i++) {
    const point = good.sample(random);
    const gain = good.logDensity(point) - rest.logDensity(point);
    if (!best || gain > best.gain) best = { point, gain };
  }
  return Object.fromEntries(
    Object.entries(space).map(([name, distribution]) => [name, fromNumber(distribution, best!.point[name]!)]),
  );
}

/** The best trials, and all others; trials that are still running are among the others, so that nobody tries the same beside them. */
export function split({ direction, trials }: History): Sides {
  const ended = finished(trials);
  const size = Math.min(Math.ceil(0.1 * ended.length), 25);
  const complete = ended.filter(({ state }) => state === 'complete');
  const pruned = ended.filter(({ state }) => state === 'pruned');
  const ranked = [
    ...sortedBy(complete, ({ value }) => [lossOf(direction, value!)]),
    // Those that got far come first, and of them the best.
    ...sortedBy(pruned, ({ reports }) => {
      const last = reports.at(-1);
      return last ? [-last.step, lossOf(direction, last.value)] : [1, 0];
    }),
  ];
  const below = new Set(ranked.slice(0, size));
  const running = trials.filter(({ state }) => state === 'running');
  const byNumber = (some: readonly Trial[]) => sortedBy(some, ({ number }) => [number]);
  return {
    below: byNumber([...below]),
    above: byNumber([...ended.filter((trial) => !below.has(trial)), ...running]),
  };
}

function pointsOf(trials: readonly Trial[], space: SearchSpace): Point[] {
  const names = Object.keys(space);
  return trials
    .filter(({ params }) => names.every((name) => Object.hasOwn(params, name)))
    .map(({ params }) => Object.fromEntries(names.map((name) => [name, toNumber(space[name]!, params[name]!)])));
}

function sortedBy(trials: readonly Trial[], keys: (trial: Trial) => readonly number[]): Trial[] {
  return trials
    .map((trial) => ({ trial, key: keys(trial) }))
    .sort(({ key: a }, { key: b }) => a.map((value, i) => value - b[i]!).find((order) => order !== 0) ?? 0)
    .map(({ trial }) => trial);
}
