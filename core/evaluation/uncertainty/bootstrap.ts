import { createRandom } from '../../random/random.ts';

const DRAWS = 1000;
/** Draws are fewer where rows are very many, and never fewer than this. */
const LEAST_DRAWS = 200;
const MOST_STEPS = 40_000_000;

/** Rows drawn with replacement: the same for everything that is computed with one seed and the same strata. */
export interface Resampling {
  /** A hexadecimal id, such as that of the row set. */
  readonly seed: string;
  /** nSamples: rows are drawn in place of rows of the same stratum. */
  readonly strata: Uint8Array;
  /** nSamples: rows of one number are drawn together, whatever their stratum; null where each is on its own. */
  readonly clusters: Uint32Array | null;
  /** The clusters are ranks of time: not before they are cut into stretches can anything be drawn, or summed within them. */
  readonly isInTime?: boolean;
}

/**
 * A statistic on rows drawn with replacement within their strata, as often as each stratum has rows (Efron & Tibshirani 1993, §8).
 * Rows are never copied: a draw is how often each row counts. 1,000 draws, fewer beyond 40,000 rows, at least 200.
 */
export function bootstrapDraws(statistic: (counts: Uint16Array) => number, resampling: Resampling): Float64Array {
  const { seed, strata, clusters } = resampling;
  const n = strata.length;
  const units = clusters ? membersOf(clusters) : null;
  const members = units ? [Uint32Array.from(units.keys())] : membersOf(strata);
  const drawn = units ? new Uint16Array(units.length) : null;
  const random = createRandom(0, 'bootstrap', seed);
  const counts = new Uint16Array(n);
  return Float64Array.from({ length: nDraws(n) }, () => {
    const tally = drawn ?? counts;
    tally.fill(0);
    for (const rows of members) {
      const n = rows.length;
      // Uniform to n/2³²; without a modulo it takes half the time.
      for (let i = 0; i < n; i++) tally[rows[Math.floor((random.uint32() * n) / 0x100000000)]!]!++;
    }
    units?.forEach((rows, unit) => {
      for (const row of rows) counts[row] = drawn![unit]!;
    });
    return statistic(counts);
  });
}

/** How many draws are taken of so many rows. */
export function nDraws(nSamples: number): number {
  return Math.max(LEAST_DRAWS, Math.min(DRAWS, Math.floor(MOST_STEPS / nSamples)));
}

/**
 * Draws as deviations that can be used in place of influences: √(Σ deviation²)/length is the standard error, and so it is of
 * differences and means of the deviations of several statistics of the same draws.
 */
export function deviationsOf(draws: Float64Array): Float64Array {
  const n = draws.length;
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / n;
  return draws.map((draw) => ((draw - mean) * n) / Math.sqrt(n - 1));
}

function membersOf(strata: Uint8Array | Uint32Array): Uint32Array[] {
  const members = new Map<number, number[]>();
  for (const [row, stratum] of strata.entries()) {
    const rows = members.get(stratum);
    if (rows) rows.push(row);
    else members.set(stratum, [row]);
  }
  return [...members.values()].map((rows) => Uint32Array.from(rows));
}
