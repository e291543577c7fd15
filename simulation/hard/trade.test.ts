import { describe, expect, it } from 'vitest';
import type { RowSet } from '../../core/evidence/evidence.ts';
import { toFloat16 } from '../../core/evidence/float16.ts';
import { curveOf, decidedBy, equalThresholds } from './trade.ts';

const thresholds = Array.from({ length: 39 }, (_, i) => (i + 1) / 40);

describe('equalThresholds', () => {
  it('lie on either side of the best, where the curve is as high', () => {
    const [low, high] = equalThresholds(thresholds.map((t) => 1 - (t - 0.5) ** 2))!;
    expect(low).toBe(0.325);
    expect(high).toBeCloseTo(0.675, 9);
  });
  it('are read off between two thresholds where the curve is not even', () => {
    const [low, high] = equalThresholds(thresholds.map((t) => (t <= 0.5 ? 1 - 2 * (0.5 - t) : 1 - (t - 0.5))))!;
    expect(low).toBe(0.475);
    expect(high).toBeCloseTo(0.55, 9);
  });
  it('are not there where the best is at an end', () => {
    expect(equalThresholds(thresholds)).toBeNull();
    expect(equalThresholds(thresholds.map((t) => -t))).toBeNull();
  });
});

describe('a threshold', () => {
  const rowSet = { scale: null, classes: ['no', 'yes'], target: Float64Array.of(0, 0, 1, 1) } as unknown as RowSet;
  // Probabilities .1, .4, .45 and .9.
  const predictions = Uint16Array.from([0.1, 0.4, 0.45, 0.9], (p) => toFloat16(Math.log(p / (1 - p))));
  const repeats = [{ predictions, decisions: Uint8Array.of(0, 0, 0, 1) }];
  it('decides anew and leaves the scores alone', () => {
    const [found] = decidedBy(0.42, repeats, rowSet);
    expect([...found!.decisions]).toEqual([0, 0, 1, 1]);
    expect(found!.predictions).toBe(predictions);
  });
  it('is measured at each step', () => {
    const curve = curveOf('accuracy', repeats, rowSet);
    expect([curve[0], curve[thresholds.indexOf(0.425)], curve[38]]).toEqual([0.5, 1, 0.5]);
  });
});
