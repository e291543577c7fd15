import { describe, expect, it } from 'vitest';
import { exactInterval } from './binomial.ts';

describe('exactInterval', () => {
  // scipy 1.17: binomtest(hits, n).proportion_ci()
  it.each([
    [10, 1000, 0.004805510691058102, 0.018313243055112373],
    [0, 50, 0, 0.07112173646420458],
    [50, 50, 0.9288782635357954, 1],
    [870, 1000, 0.8475635053995471, 0.8902306875462959],
    [1, 3, 0.008403758659612647, 0.9057006759492866],
  ])('of %d in %d is that of scipy', (hits, n, low, high) => {
    const [from, to] = exactInterval(hits, n);
    expect(from).toBeCloseTo(low, 10);
    expect(to).toBeCloseTo(high, 10);
  });
  it('is everything without trials', () => expect(exactInterval(0, 0)).toEqual([0, 1]));
});
