import { expect, it } from 'vitest';
import { drawHypergeometric, logFactorials } from './hypergeometric.ts';
import { createRandom } from './random.ts';

// Mean and variance: `scipy.stats.hypergeom(marked + others, marked, drawn).stats()`, by their formulas.
it.each([
  [5, 5, 5],
  [3, 200, 80],
  [4000, 6000, 2500],
  [100_000, 3, 50_000],
])('draws of %d marked among %d others, %d at a time, have the right mean and spread', (marked, others, drawn) => {
  const random = createRandom(1, 'draws');
  const replicates = 20_000;
  const logs = logFactorials(marked + others);
  const draws = Array.from({ length: replicates }, () => drawHypergeometric(random, logs, { marked, others, drawn }));
  const total = marked + others;
  const mean = (drawn * marked) / total;
  const variance = (mean * others * (total - drawn)) / (total * (total - 1));
  const found = draws.reduce((sum, draw) => sum + draw, 0) / replicates;
  const spread = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / replicates;
  expect(Math.abs(found - mean)).toBeLessThan(4 * Math.sqrt(variance / replicates));
  expect(Math.abs(spread / variance - 1)).toBeLessThan(0.06);
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(Math.max(0, drawn - others));
  expect(Math.max(...draws)).toBeLessThanOrEqual(Math.min(marked, drawn));
});

it('each count of a small urn is as frequent as it should be', () => {
  const random = createRandom(2, 'draws');
  const counts = [0, 0, 0];
  const logs = logFactorials(6);
  for (let i = 0; i < 60_000; i++) counts[drawHypergeometric(random, logs, { marked: 2, others: 4, drawn: 3 })]!++;
  // Of the 20 ways to draw 3 of 6: 4 hold no marked ball, 12 hold one, 4 both.
  expect(counts.map((count) => count / 60_000)).toEqual([0.2, 0.6, 0.2].map((p) => expect.closeTo(p, 2)));
});

it('draws all there is without a choice', () => {
  const random = createRandom(1, 'all');
  const logs = logFactorials(12);
  expect(drawHypergeometric(random, logs, { marked: 0, others: 9, drawn: 4 })).toBe(0);
  expect(drawHypergeometric(random, logs, { marked: 7, others: 0, drawn: 4 })).toBe(4);
  expect(drawHypergeometric(random, logs, { marked: 7, others: 5, drawn: 12 })).toBe(7);
});
