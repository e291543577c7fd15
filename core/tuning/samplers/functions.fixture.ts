import { createRandom } from '../../random/random.ts';
import { cos, exp, log, square } from '../../stats/elementary.ts';
import { categorical, float, int, type ParamValue, type SearchSpace } from '../distribution.ts';
import { emptyTrial } from '../journal/read-journal.ts';
import type { Trial } from '../trial.ts';
import type { Sampler } from './sampler.ts';

type Params = Record<string, ParamValue>;

/** A function to minimise, whose minimum is 0. */
export interface TestFunction {
  readonly space: SearchSpace;
  loss(params: Params): number;
}

export const BRANIN: TestFunction = {
  space: { x: float(-5, 10), y: float(0, 15) },
  loss({ x, y }) {
    const [a, b] = [x as number, y as number];
    const inner = b - (5.1 / (4 * square(Math.PI))) * square(a) + (5 / Math.PI) * a - 6;
    return square(inner) + 10 * (1 - 1 / (8 * Math.PI)) * cos(a) + 10 - 0.397887;
  },
};

/** Parameters of every kind. */
export const MIXED: TestFunction = {
  space: {
    lr: float(1e-3, 1, { log: true }),
    md: int(2, 16),
    nl: int(8, 512, { log: true }),
    ss: float(0.4, 1, { step: 0.1 }),
    k: categorical('a', 'b', 'c', 'd'),
  },
  loss({ lr, md, nl, ss, k }) {
    return (
      square(log(lr as number) / log(10) + 1.3) +
      0.02 * square((md as number) - 7) +
      0.3 * square(log(nl as number) / log(2) - 5) * (k === 'c' ? 0.5 : 1) +
      2 * square((ss as number) - 0.8) +
      { a: 0.5, b: 0.2, c: 0, d: 0.8 }[k as 'a' | 'b' | 'c' | 'd']
    );
  },
};

const HARTMANN = [
  { weight: 1, scale: [10, 3, 17, 3.5, 1.7, 8], at: [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886] },
  { weight: 1.2, scale: [0.05, 10, 17, 0.1, 8, 14], at: [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991] },
  { weight: 3, scale: [3, 3.5, 1.7, 10, 17, 8], at: [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665] },
  { weight: 3.2, scale: [17, 8, 0.05, 10, 0.1, 14], at: [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381] },
];

/** Six parameters, and several local minima. */
export const HARTMANN6: TestFunction = {
  space: Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`x${i}`, float(0, 1)])),
  loss: (params) =>
    3.32237 -
    HARTMANN.reduce((sum, { weight, scale, at }) => {
      const distance = at.reduce((all, each, i) => all + scale[i]! * square((params[`x${i}`] as number) - each), 0);
      return sum + weight * exp(-distance);
    }, 0),
};

/** The best value of so many trials, the median over seeds. */
export function medianBest(
  sample: Sampler['sample'],
  { space, loss }: TestFunction,
  { seeds, trials: n }: { readonly seeds: number; readonly trials: number },
): number {
  const finals = Array.from({ length: seeds }, (_, seed) => {
    const trials: Trial[] = [];
    for (let number = 0; number < n; number++) {
      const params = sample({ direction: 'minimize', space, trials }, createRandom(seed, 'tpe', number))!;
      trials.push({ ...emptyTrial(number, 'complete'), params, value: loss(params) });
    }
    return Math.min(...trials.map(({ value }) => value!));
  }).sort((a, b) => a - b);
  const half = Math.floor(seeds / 2);
  return seeds % 2 === 1 ? finals[half]! : (finals[half - 1]! + finals[half]!) / 2;
}
