import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metrics } from '../../metrics/index.ts';
import type { MetricInput } from '../../metrics/metric.ts';
import { createRandom } from '../../random/random.ts';
import { studentTQuantile } from '../../stats/student-t.ts';
import { clusterDf } from './cluster-df.ts';
import { rowDeviations, standardError } from './noise-of-rows.ts';
import { rowLosses } from './row-losses.ts';
import { correlationTime, inStretches, movedBy, stretchesOf } from './stretches.ts';

const ranks = (n: number, perTime = 1) => Uint32Array.from({ length: n }, (_, row) => Math.floor(row / perTime));
const sizesOf = (clusters: Uint32Array) =>
  [...new Set(clusters)].map((cluster) => clusters.filter((each) => each === cluster).length);

/** y_i = φ·y_(i−1) + u_i for a series of uniform u that anyone can make again. */
function series(phi: number, n = 2000): Float64Array {
  let state = 12345;
  let last = 0;
  return Float64Array.from({ length: n }, (_, i) => {
    state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff;
    last = i === 0 ? 0 : phi * last + state / 2 ** 31 - 0.5;
    return last;
  });
}

describe('correlationTime', () => {
  // emcee 3.1.6: emcee.autocorr.integrated_time(y, c=5, tol=0)[0] of `series(phi)`
  it.each([
    [0, 0.8748988278163314],
    [0.5, 2.5715962242894332],
    [0.9, 11.771202946247293],
    [-0.5, -0.07071223582090425],
  ])('of an AR(1) with φ = %d is what emcee says, at least 1', (phi, tau) => {
    expect(correlationTime(series(phi))).toBeCloseTo(Math.max(1, tau), 9);
  });
  it.each<[string, Float64Array, number]>([
    ['a constant', new Float64Array(50).fill(3), 1],
    ['one row', Float64Array.of(2), 1],
    ['no row', new Float64Array(0), 1],
  ])('of %s is 1', (_, values, tau) => expect(correlationTime(values)).toBe(tau));
  it('of a trend is more than a fiftieth of the rows', () => {
    expect(50 * correlationTime(Float64Array.from({ length: 1000 }, (_, i) => i))).toBeGreaterThan(1000);
  });
  it('does not depend on the unit, the level or the direction of time', () => {
    const some = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 9 }), (values, unit) => {
        const tau = correlationTime(Float64Array.from(values));
        expect(correlationTime(Float64Array.from(values, (value) => unit * value + 64))).toBeCloseTo(tau, 6);
        expect(correlationTime(Float64Array.from(values.toReversed()))).toBeCloseTo(tau, 6);
      }),
    );
  });
});

describe('stretches', () => {
  it('are twenty where rows are many, and long enough for what they resemble', () => {
    expect(sizesOf(stretchesOf(ranks(2000), series(0)).clusters)).toEqual(Array(20).fill(100));
    // 2,000/(10 · 11.77) = 16.99
    const long = sizesOf(stretchesOf(ranks(2000), series(0.9)).clusters);
    expect(long).toHaveLength(16);
    expect(Math.min(...long)).toBeGreaterThanOrEqual(118);
  });
  it('are none below 50·τ rows, and say how many are needed', () => {
    const { clusters, tooFew } = stretchesOf(ranks(300), series(0.9, 300));
    expect(new Set(clusters).size).toBe(1);
    expect(tooFew).toMatchObject({ rows: 300 });
    expect(tooFew!.needed).toBe(Math.ceil(50 * tooFew!.tau));
    expect(tooFew!.needed).toBeGreaterThan(300);
    expect(stretchesOf(ranks(49), series(-0.5, 49)).tooFew).toEqual({ rows: 49, tau: 1, needed: 50 });
    expect(stretchesOf(ranks(50), series(-0.5, 50)).tooFew).toBeNull();
  });
  it('follow time, whatever the order of the rows, and never part equal times', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 60, maxLength: 300 }), fc.integer(), (times, seed) => {
        const random = createRandom(seed, 'moved');
        const { clusters, tooFew } = stretchesOf(
          Uint32Array.from(times),
          Float64Array.from(times, () => random.normal()),
        );
        if (tooFew) return;
        expect(new Set(clusters).size).toBeGreaterThanOrEqual(5);
        expect(new Set(clusters).size).toBeLessThanOrEqual(20);
        const order = [...times.keys()].sort((a, b) => times[a]! - times[b]!);
        order.slice(1).forEach((row, i) => {
          const before = order[i]!;
          expect(clusters[row]).toBeGreaterThanOrEqual(clusters[before]!);
          if (times[row] === times[before]) expect(clusters[row]).toBe(clusters[before]);
        });
      }),
    );
  });
  it('are none of times that are too few, although the rows would do', () => {
    const { tooFew } = stretchesOf(ranks(1000, 250), series(0, 1000));
    expect(tooFew!.needed).toBeLessThanOrEqual(1000);
  });
  it('need no rows where nothing moves', () => {
    const { clusters, tooFew } = stretchesOf(ranks(20), new Float64Array(20));
    expect(tooFew).toBeNull();
    expect(rowDeviations(new Float64Array(20), clusters)).toEqual(new Float64Array(20));
  });
});

it('false alarms among rows that resemble those before them stay near 1 %; of rows on their own they do not', () => {
  const n = 1500;
  const trials = 600;
  const random = createRandom(3, 'time');
  const alarms = { stretches: 0, rows: 0 };
  for (let trial = 0; trial < trials; trial++) {
    let last = 0;
    const moved = Float64Array.from({ length: n }, () => {
      last = 0.7 * last + random.normal();
      return last;
    });
    const mean = moved.reduce((sum, each) => sum + each, 0) / n;
    const away = moved.map((each) => each - mean);
    const { clusters, tooFew } = stretchesOf(ranks(n), moved);
    expect(tooFew).toBeNull();
    const t = mean / standardError(rowDeviations(away, clusters)!);
    alarms.stretches += Number(t > studentTQuantile(0.99, clusterDf(clusters)));
    alarms.rows += Number(mean / standardError(away) > studentTQuantile(0.99, n - 1));
  }
  expect(alarms.stretches / trials).toBeLessThan(0.022);
  expect(alarms.rows / trials).toBeGreaterThan(0.1);
});

const input = (changes: Partial<MetricInput> = {}): MetricInput => ({
  target: Float64Array.of(0, 1, 1),
  nClasses: 2,
  score: Float64Array.of(0.25, 0.5, 1),
  predictedClass: Float64Array.of(0, 1, 1),
  ...changes,
});

describe('rowLosses', () => {
  it.each<[string, MetricInput, number[]]>([
    ['a value', input({ nClasses: 0, score: Float64Array.of(2, -1, 1) }), [2, 2, 0]],
    ['one of two classes', input(), [0.0625, 0.25, 0]],
    ['one of more', input({ nClasses: 3, predictedClass: Float64Array.of(0, 2, 1) }), [0, 1, 0]],
    [
      'one of more, with probabilities',
      input({ nClasses: 3, probabilities: Float64Array.of(0.5, 0.5, 0, 0, 1, 0, 0.25, 0.25, 0.5) }),
      [0.25, 0, 0.5625],
    ],
  ])('of %s', (_, given, losses) => expect([...rowLosses(given)]).toEqual(losses));
});

describe('inStretches', () => {
  const n = 400;
  const target = series(0.9, n);
  const one = input({ nClasses: 0, target, score: series(0, n), predictedClass: series(0, n) });
  const resampling = { seed: 'a1', strata: new Uint8Array(n), clusters: ranks(n), isInTime: true };

  it('cuts by the influences of a metric, and by losses where it has none', () => {
    const ofMean = movedBy(metrics.get('mae'), [one], 1, resampling);
    expect(inStretches(metrics.get('mae'), [one], 1, resampling).clusters).toEqual(
      stretchesOf(ranks(n), ofMean).clusters,
    );
    expect(movedBy(metrics.get('median_ae'), [one], 1, resampling)).toEqual(rowLosses(one));
  });
  it('leaves groups and rows on their own as they are', () => {
    const groups = ranks(n, 7);
    const { isInTime: _, ...others } = resampling;
    expect(inStretches(metrics.get('mae'), [one], 1, { ...others, clusters: groups }).clusters).toBe(groups);
    expect(inStretches(metrics.get('mae'), [one], 1, { ...resampling, clusters: null }).clusters).toBeNull();
  });
});
