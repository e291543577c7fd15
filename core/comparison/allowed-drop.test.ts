import { describe, expect, it } from 'vitest';
import { allowedDrop } from './allowed-drop.ts';

describe('allowedDrop', () => {
  it.each([
    ['an absolute drop', 0.02, 0.8, 0.01, 0.02, false],
    ['a share of the value', '2%', 0.8, 0.01, 0.016, false],
    ['a share of a negative value', '50 %', -0.4, 0.01, 0.2, false],
    ['a share of the noise of a value near 0', '10%', 0.001, 0.03, 0.006, true],
    ['a share of the noise of a negative value near 0', '10%', -0.001, 0.03, 0.006, true],
    ['a share of a value of exactly twice its error', '10%', 0.06, 0.03, 0.006, false],
    ['a share of 0 without noise', '10%', 0, null, 0, false],
  ] as const)('%s', (_title, written, baseline, baselineError, drop, isOfNoise) => {
    const found = allowedDrop(written, { baseline, baselineError });
    expect(found.drop).toBeCloseTo(drop, 15);
    expect(found.isOfNoise).toBe(isOfNoise);
  });
});
