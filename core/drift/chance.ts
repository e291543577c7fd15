import { drawHypergeometric, logFactorials } from '../random/hypergeometric.ts';
import { createRandom } from '../random/random.ts';
import { chiSquareStatistic } from './tests/chisquare.ts';
import type { CategoricalSamples, Samples } from './tests/drift-test.ts';
import { ks } from './tests/ks.ts';

/** A column differs by chance alone this rarely, over all columns of a dataset together. */
export const LEVEL = 0.01;

const SEED = 42;
/** Shuffles as extreme as the data after which more would change nothing: the p-value is known well enough, and is large. */
const ENOUGH = 50;
const FEWEST_SHUFFLES = 9999;

/**
 * The chance of a difference like this one between two tables that are two halves of one, whatever they hold. Numbers: Kolmogorov–Smirnov,
 * exact without ties and too large with them. Categories: the chi-square statistic among tables whose rows were shuffled, so that rare
 * categories do no harm.
 *
 * @param name of the column; each has its own shuffles, the same ones every time.
 * @param nTests among how many tests it has to stand: the more, the smaller a p-value must be known.
 */
export function chanceOf(samples: Samples, name: string, nTests: number): number {
  if (samples.kind === 'numeric') return ks.compare(samples).pValue!;
  return shuffledP(samples, name, Math.max(FEWEST_SHUFFLES, Math.ceil((3 * nTests) / LEVEL)));
}

function shuffledP({ reference, current }: CategoricalSamples, name: string, shuffles: number): number {
  const random = createRandom(SEED, 'drift', name);
  const both = reference.map((count, k) => count + current[k]!);
  const [rows, total] = [sum(reference), sum(both)];
  const logs = logFactorials(total);
  // Rounding must not make a table less extreme than itself.
  const observed = chiSquareStatistic(reference, current) * (1 - 1e-12);
  const shuffled = [new Float64Array(both.length), new Float64Array(both.length)] as const;
  let extreme = 0;
  for (let i = 1; i <= shuffles; i++) {
    let [rest, left] = [total, rows];
    for (const [k, count] of both.entries()) {
      const own = drawHypergeometric(random, logs, { marked: count, others: rest - count, drawn: left });
      shuffled[0][k] = own;
      shuffled[1][k] = count - own;
      rest -= count;
      left -= own;
    }
    if (chiSquareStatistic(...shuffled) < observed) continue;
    extreme++;
    // Besag & Clifford 1991: as valid as all shuffles would be.
    if (extreme === ENOUGH) return ENOUGH / i;
  }
  return (extreme + 1) / (shuffles + 1);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
