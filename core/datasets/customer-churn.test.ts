import { describe, expect, it } from 'vitest';
import { valueText } from '../table/table.ts';
import { customerChurn } from './customer-churn.ts';

const table = customerChurn.generate({ rows: 7043, seed: 1 });
const rows = Array.from({ length: table.nRows }, (_, row) => row);
const texts = (name: string) => rows.map((row) => valueText(table.column(name)!, row));
const left = texts('Churn').map((churn) => Number(churn === 'Yes'));
const tenures = texts('tenure').map(Number);
const monthly = texts('MonthlyCharges').map(Number);
const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
const rate = (of: (row: number) => boolean) => mean(rows.filter(of).map((row) => left[row]!));

// The original's counts and rates; an imitation may miss a count by 15 % and a rate by .08.
describe('customer_churn beside the original', () => {
  it.each([
    ['Contract', 'Month-to-month', 3875, 0.427],
    ['Contract', 'One year', 1473, 0.113],
    ['Contract', 'Two year', 1695, 0.028],
    ['InternetService', 'Fiber optic', 3096, 0.419],
    ['InternetService', 'DSL', 2421, 0.19],
    ['InternetService', 'No', 1526, 0.074],
    ['PaymentMethod', 'Electronic check', 2365, 0.453],
    ['PaymentMethod', 'Mailed check', 1612, 0.191],
    ['PaymentMethod', 'Bank transfer (automatic)', 1544, 0.167],
    ['PaymentMethod', 'Credit card (automatic)', 1522, 0.152],
    ['SeniorCitizen', '1', 1142, 0.417],
    ['Partner', 'Yes', 3402, 0.197],
    ['Dependents', 'Yes', 2110, 0.155],
    ['PaperlessBilling', 'Yes', 4171, 0.336],
    ['TechSupport', 'Yes', 2044, 0.152],
    ['TechSupport', 'No', 3473, 0.416],
    ['OnlineSecurity', 'Yes', 2019, 0.146],
    ['OnlineSecurity', 'No', 3498, 0.418],
    ['StreamingTV', 'Yes', 2707, 0.3],
    ['gender', 'Female', 3488, 0.269],
    ['PhoneService', 'Yes', 6361, 0.267],
  ])('%s %s: %d customers, %d leave', (name, value, count, expected) => {
    const values = texts(name);
    const n = values.filter((each) => each === value).length;
    expect(Math.abs(n / count - 1), `${n} customers`).toBeLessThan(0.15);
    const found = rate((row) => values[row] === value);
    expect(Math.abs(found - expected), `${found.toFixed(3)} leave`).toBeLessThan(0.08);
  });

  it.each([
    [0, 6, 0.529],
    [7, 12, 0.359],
    [13, 24, 0.287],
    [25, 48, 0.204],
    [49, 72, 0.095],
  ])('from month %d to %d about %d leave', (from, to, expected) => {
    expect(Math.abs(rate((row) => tenures[row]! >= from && tenures[row]! <= to) - expected)).toBeLessThan(0.08);
  });

  it('has a U of tenures: many in the first month, many there from the start, few between', () => {
    const at = (month: number) => tenures.filter((tenure) => tenure === month).length;
    expect(Math.abs(at(1) / 613 - 1)).toBeLessThan(0.2);
    expect(Math.abs(at(72) / 362 - 1)).toBeLessThan(0.2);
    expect(at(36)).toBeLessThan(120);
    expect(Math.abs(mean(tenures) - 32.4)).toBeLessThan(2);
    expect(Math.abs(Math.sqrt(mean(tenures.map((tenure) => tenure ** 2)) - mean(tenures) ** 2) - 24.6)).toBeLessThan(2);
  });

  it.each([
    ['No', 21.1],
    ['DSL', 58.1],
    ['Fiber optic', 91.5],
  ])('pays by its internet service, %s: %d USD a month', (service, expected) => {
    const services = texts('InternetService');
    expect(Math.abs(mean(monthly.filter((_, row) => services[row] === service)) - expected)).toBeLessThan(2.5);
  });

  it('leaves the total of customers of month 0 open, and has paid tenure times monthly else', () => {
    const totals = texts('TotalCharges');
    expect(rows.every((row) => (totals[row] === '') === (tenures[row] === 0))).toBe(true);
    const errors = rows
      .filter((row) => tenures[row]! > 0)
      .map((row) => Math.abs(Number(totals[row]) / (tenures[row]! * monthly[row]!) - 1))
      .sort((a, b) => a - b);
    expect(errors[errors.length >> 1]).toBeLessThan(0.03);
    expect(Math.abs(mean(left) - 0.2654)).toBeLessThan(0.015);
  });
});
