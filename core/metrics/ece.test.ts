import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { ece } from './ece.ts';
import type { MetricInput } from './metric.ts';

/** Two classes; `copies` of each row. */
function rows(n: number, copies: number, isCalibrated: boolean): MetricInput {
  const random = createRandom(3, 'rows');
  const drawn = Array.from({ length: n }, () => {
    const p = random.uniform();
    const truth = isCalibrated ? p : 0.5;
    return [Number(random.uniform() < truth), p] as const;
  });
  const all = drawn.flatMap((row) => new Array<(typeof drawn)[number]>(copies).fill(row));
  const score = Float64Array.from(all, ([, p]) => p);
  return {
    target: Float64Array.from(all, ([label]) => label),
    score,
    predictedClass: score.map((p) => Number(p > 0.5)),
    nClasses: 2,
  };
}

function intervalOf(input: MetricInput, inflation = 1, clusters: Uint32Array | null = null): readonly [number, number] {
  if (ece.uncertainty !== 'bootstrap' || !ece.interval) throw new Error('ece has no interval of its own');
  return ece.interval([input], inflation, clusters);
}
const width = ([low, high]: readonly [number, number]) => high - low;

describe('the interval of ece', () => {
  it('of a calibrated model begins at 0, though its value is all bias', () => {
    const input = rows(1000, 1, true);
    expect(ece.compute(input)).toBeGreaterThan(0.02);
    expect(intervalOf(input)[0]).toBe(0);
  });
  it('holds the true error of a model that knows nothing: the mean of |½ − p| is ¼', () => {
    const [low, high] = intervalOf(rows(1000, 1, false));
    expect(low).toBeLessThan(0.25);
    expect(high).toBeGreaterThan(0.25);
    expect(low).toBeGreaterThan(0.2);
  });
  it('is as wide for rows that are there four times as for one of each, when they are known to belong together', () => {
    const clusters = Uint32Array.from({ length: 4000 }, (_, row) => Math.floor(row / 4));
    const copied = rows(1000, 4, false);
    const once = width(intervalOf(rows(1000, 1, false)));
    expect(width(intervalOf(copied, 1, clusters)) / once).toBeCloseTo(1, 1);
    expect(width(intervalOf(copied)) / once).toBeLessThan(0.6);
  });
  it('is wider by what seeds add', () => {
    const input = rows(1000, 1, false);
    expect(width(intervalOf(input, 1.5)) / width(intervalOf(input))).toBeCloseTo(1.5, 0);
  });
  it('of rows that are all certain and right is nothing but 0', () => {
    const target = Float64Array.from({ length: 50 }, (_, row) => row % 2);
    expect(intervalOf({ target, score: target, predictedClass: target, nClasses: 2 })).toEqual([0, 0]);
  });
});
