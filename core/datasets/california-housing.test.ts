import { describe, expect, it } from 'vitest';
import { californiaHousing } from './california-housing.ts';

const table = californiaHousing.generate({ rows: 20_640, seed: 1 });
const values = (name: string) => {
  const column = table.column(name);
  if (column?.kind !== 'numeric') throw new Error(`${name} is not numeric`);
  return column.values;
};
const mean = (list: ArrayLike<number>) => Array.from(list).reduce((sum, value) => sum + value, 0) / list.length;
const quantile = (list: Float64Array, q: number) => [...list].sort((a, b) => a - b)[Math.floor(q * (list.length - 1))]!;
function correlation(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

// The original's figures, sklearn.datasets.fetch_california_housing; tolerances are what an imitation is allowed.
describe('california_housing beside the census of 1990', () => {
  it.each([
    ['MedInc', 3.871, 0.08, 3.535, 0.08],
    ['HouseAge', 28.64, 0.05, 29, 0.07],
    ['AveRooms', 5.429, 0.08, 5.229, 0.05],
    ['AveBedrms', 1.097, 0.08, 1.049, 0.05],
    ['Population', 1425, 0.1, 1166, 0.08],
    ['AveOccup', 3.071, 0.12, 2.818, 0.05],
    ['MedHouseVal', 2.069, 0.12, 1.797, 0.12],
  ])('%s has a mean near %d and a median near it', (name, expectedMean, meanShare, median, medianShare) => {
    expect(Math.abs(mean(values(name)) / expectedMean - 1)).toBeLessThan(meanShare);
    expect(Math.abs(quantile(values(name), 0.5) / median - 1)).toBeLessThan(medianShare);
  });

  it.each([
    ['MedInc', 'MedHouseVal', 0.69, 0.09],
    ['Latitude', 'Longitude', -0.92, 0.04],
    ['AveRooms', 'AveBedrms', 0.85, 0.1],
    ['MedInc', 'AveRooms', 0.33, 0.12],
    ['HouseAge', 'Population', -0.3, 0.06],
    ['HouseAge', 'MedHouseVal', 0.11, 0.1],
    ['AveRooms', 'MedHouseVal', 0.15, 0.12],
    ['Population', 'MedHouseVal', -0.02, 0.06],
  ])('%s and %s correlate at about %d', (a, b, expected, tolerance) => {
    expect(Math.abs(correlation(values(a), values(b)) - expected)).toBeLessThan(tolerance);
  });

  it('caps prices, ages and incomes as the census did', () => {
    const share = (name: string, at: number) => values(name).filter((value) => value === at).length / table.nRows;
    expect(Math.abs(share('MedHouseVal', 5.00001) - 0.048)).toBeLessThan(0.03);
    expect(Math.abs(share('HouseAge', 52) - 0.062)).toBeLessThan(0.02);
    expect(quantile(values('MedInc'), 1)).toBeLessThanOrEqual(15);
  });
  it('has districts of holiday homes and of barracks far out', () => {
    expect(quantile(values('AveRooms'), 1)).toBeGreaterThan(30);
    expect(quantile(values('AveOccup'), 1)).toBeGreaterThan(50);
    expect(quantile(values('AveRooms'), 0.99)).toBeLessThan(14);
  });
});
