import { regularizedBeta } from '../core/stats/student-t.ts';

/**
 * The exact 95 % interval of a share, of `hits` in `n` independent trials (Clopper & Pearson 1934;
 * `scipy.stats.binomtest(hits, n).proportion_ci()`). The shares p at which so many hits or more, and so many or fewer, have
 * a chance of 2.5 %. [0, 1] without trials.
 */
export function exactInterval(hits: number, n: number): readonly [number, number] {
  if (n === 0) return [0, 1];
  const low = hits === 0 ? 0 : solve((p) => regularizedBeta(p, hits, n - hits + 1) - 0.025);
  const high = hits === n ? 1 : solve((p) => regularizedBeta(p, hits + 1, n - hits) - 0.975);
  return [low, high];
}

/** Where a function that rises over [0, 1] is 0. */
function solve(rising: (p: number) => number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
