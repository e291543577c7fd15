import { describe, expect, it } from 'vitest';
import { creditFraud } from './credit-fraud.ts';
import { SPREADS } from './payment-components.ts';

const table = creditFraud.generate({ rows: 60_000, seed: 1 });
const values = (name: string) => {
  const column = table.column(name);
  if (column?.kind !== 'numeric') throw new Error(`${name} is not numeric`);
  return column.values;
};
const isFraud = values('Class');
const honest = (name: string) => values(name).filter((_, row) => isFraud[row] === 0);
const frauds = (name: string) => values(name).filter((_, row) => isFraud[row] === 1);
const mean = (list: Float64Array) => list.reduce((sum, value) => sum + value, 0) / list.length;
const deviation = (list: Float64Array) => Math.sqrt(mean(list.map((value) => value * value)) - mean(list) ** 2);
const median = (list: Float64Array) => list.slice().sort()[list.length >> 1]!;
function correlation(name: string): number {
  const column = values(name);
  const [own, share] = [mean(column), mean(isFraud)];
  const product = column.map((value, row) => (value - own) * (isFraud[row]! - share));
  return mean(product) / (deviation(column) * deviation(isFraud));
}

// The figures of the card payments of two days that the set imitates.
describe('credit_fraud beside the original', () => {
  it('has 0.2 % frauds, of small amounts, and amounts with a long tail', () => {
    expect(mean(isFraud)).toBe(0.002);
    expect(Math.abs(median(values('Amount')) / 22 - 1)).toBeLessThan(0.1);
    expect(Math.abs(mean(values('Amount')) / 88.35 - 1)).toBeLessThan(0.25);
    expect(Math.abs(median(frauds('Amount')) / 9.25 - 1)).toBeLessThan(0.6);
    expect(values('Amount').reduce((most, amount) => Math.max(most, amount), 0)).toBeLessThanOrEqual(25_691);
  });
  it('spans two days, with fewer payments at night', () => {
    const hours = values('hour');
    const share = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length / hours.length;
    expect(share(1, 5) / 4).toBeLessThan(0.4 * (share(10, 20) / 10));
    expect(values('Time').at(-1)).toBeLessThan(2 * 86_400);
  });
  it('spreads its components as a principal component analysis does', () => {
    for (const [i, spread] of SPREADS.entries()) {
      expect(Math.abs(deviation(honest(`V${i + 1}`)) / spread - 1), `V${i + 1}`).toBeLessThan(0.08);
    }
  });
  it.each([
    ['V17', -1],
    ['V14', -1],
    ['V12', -1],
    ['V10', -1],
    ['V16', -1],
    ['V3', -1],
    ['V7', -1],
    ['V11', 1],
    ['V4', 1],
  ])('%s tells of fraud, with the sign of the original', (name, sign) => {
    expect(sign * correlation(name)).toBeGreaterThan(0.08);
  });
  it('tells nothing by its last components', () => {
    for (const name of ['V22', 'V25', 'V28']) expect(Math.abs(correlation(name))).toBeLessThan(0.03);
  });
});
