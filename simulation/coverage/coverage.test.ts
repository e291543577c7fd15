import { describe, expect, it } from 'vitest';
import { metrics } from '../../core/metrics/index.ts';
import { coverageOf, WORLDS } from './coverage.ts';

const worldOf = (id: string) => WORLDS.find((world) => world.id === id)!;

// True values: two million rows of `truthsOf`, as in docs/interval-coverage.md; mae is √(2/π), r2 is ¾.
describe('of 400 tables of 1,000 rows the 95 % interval holds the true value in as many as chance allows', () => {
  it.each([
    ['normal errors', { mae: 0.797885, r2: 0.75, rmse: 1 }],
    ['easy classes', { accuracy: 0.98166, log_loss: 0.07371, mcc: 0.96188 }],
  ])('%s', (id, truths) => {
    const measured = Object.keys(truths).map((name) => metrics.get(name));
    const found = coverageOf(worldOf(id), measured, new Map(Object.entries(truths)), { n: 1000, draws: 400, seed: 7 });
    for (const [metric, { share, draws }] of found) {
      expect(draws).toBe(400);
      // Binomial(400, .95): fewer than 367 or more than 393 once in a thousand each.
      expect(share * 400, metric).toBeGreaterThanOrEqual(367);
      expect(share * 400, metric).toBeLessThanOrEqual(393);
    }
  });
});

it('an interval for another world than it was drawn from is found out', () => {
  const found = coverageOf(worldOf('normal errors'), [metrics.get('mae')], new Map([['mae', 0.84]]), {
    n: 1000,
    draws: 100,
    seed: 7,
  });
  expect(found.get('mae')!.share).toBeLessThan(0.8);
});
