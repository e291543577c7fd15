import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random/random.ts';
import { type Table, valueText } from '../../core/table/table.ts';
import { copiedRows, fewRows, remembering, rowsInTime, rowsOfSites, unequalSizes } from './made-rows.ts';

const random = (seed: number) => createRandom(seed, 'test');
const texts = (table: Table, name: string) =>
  Array.from({ length: table.nRows }, (_, row) => valueText(table.column(name)!, row));
const numbers = (table: Table, name: string) => {
  const column = table.column(name)!;
  if (column.kind !== 'numeric') throw new RangeError(`${name} has no numbers`);
  return column.values;
};
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const covariance = (a: Float64Array, b: Float64Array) => {
  const [ofA, ofB] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - ofA) * (b[i]! - ofB)));
};

describe('rows of two classes', () => {
  it('have exactly as many positives as asked for', () => {
    expect(texts(fewRows(random(1), 50, 10), 'y').filter((label) => label === 'yes')).toHaveLength(10);
  });
  it('are the same for a seed, and others for the next', () => {
    expect(numbers(fewRows(random(1), 50, 10), 'a')).toEqual(numbers(fewRows(random(1), 50, 10), 'a'));
    expect(numbers(fewRows(random(1), 50, 10), 'a')).not.toEqual(numbers(fewRows(random(2), 50, 10), 'a'));
  });
  it('have two features that tell the same of the class, each with noise of its own', () => {
    const table = fewRows(random(3), 40_000, 20_000);
    const isYes = Float64Array.from(texts(table, 'y'), (label) => Number(label === 'yes'));
    const [a, b] = [numbers(table, 'a'), numbers(table, 'b')];
    // Signal: 2 between the classes, so a covariance of ¼ · 2; variance 1 + ½² inside, of which 1 is shared.
    expect(covariance(a, isYes)).toBeCloseTo(0.5, 1);
    expect(covariance(b, isYes)).toBeCloseTo(0.5, 1);
    expect(covariance(a, a) - covariance(a, b)).toBeCloseTo(0.25, 1);
    expect(covariance(b, b) - covariance(a, b)).toBeCloseTo(0.25, 1);
  });
});

describe('rows of sites', () => {
  const sizes = unequalSizes(1000, 24);
  it('are few large sites and many small ones', () => {
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1000);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect([sizes[0], sizes[1], sizes[23]]).toEqual([265, 132, 11]);
  });
  it('have as many rows as their site is large', () => {
    const table = rowsOfSites(random(4), [3000, 1000], 0.4, 'site 7');
    const sites = texts(table, 'site');
    expect(sites.filter((site) => site === 'site 7-1')).toHaveLength(1000);
    expect(mean(texts(table, 'y').map((label) => Number(label === 'yes')))).toBeCloseTo(0.4, 1);
  });
  it('have features that are off by what a whole site has in common', () => {
    const table = rowsOfSites(random(8), new Array(400).fill(20), 0.4, 'site');
    const [a, b] = [numbers(table, 'a'), numbers(table, 'b')];
    const ofSites = Float64Array.from({ length: 400 }, (_, site) =>
      mean(a.slice(20 * site, 20 * site + 20).map((value, i) => value - b[20 * site + i]!)),
    );
    // 2 · .7² of the site in both, and 2 · .5²/20 of its rows.
    expect(covariance(ofSites, ofSites)).toBeGreaterThan(0.85);
    expect(covariance(ofSites, ofSites)).toBeLessThan(1.15);
  });
});

describe('copied rows', () => {
  it('are half of the distinct rows once and the others four times, target and all', () => {
    const table = copiedRows(random(5), 160, 4, 64);
    const whole = Array.from({ length: table.nRows }, (_, row) =>
      table.columns.map((column) => valueText(column, row)).join(),
    );
    const counts = [...Map.groupBy(whole, (text) => text).values()].map(({ length }) => length);
    expect(table.nRows).toBe(400);
    expect(counts.filter((count) => count === 1)).toHaveLength(80);
    expect(counts.filter((count) => count === 4)).toHaveLength(80);
  });
});

describe('rows in time', () => {
  it.each([0.5, 0.8])('remember the row before by %d', (memory) => {
    const series = remembering(random(6), 100_000, memory);
    expect(covariance(series, series)).toBeCloseTo(1, 1);
    for (const lag of [1, 2])
      expect(covariance(series.slice(lag), series.slice(0, -lag))).toBeCloseTo(memory ** lag, 1);
  });
  it('begin like any other row', () => {
    const firsts = Float64Array.from({ length: 4000 }, (_, seed) => remembering(random(seed), 1, 0.8)[0]!);
    expect(covariance(firsts, firsts)).toBeCloseTo(1, 1);
  });
  it('have a target that two equal features and another tell of', () => {
    const table = rowsInTime(random(7), 40_000, 0.5);
    const [a, b, y] = [numbers(table, 'a'), numbers(table, 'b'), numbers(table, 'y')];
    expect([...numbers(table, 't').slice(0, 3)]).toEqual([0, 1, 2]);
    expect(covariance(a, y)).toBeCloseTo(1, 1);
    expect(covariance(b, y)).toBeCloseTo(1, 1);
  });
});
