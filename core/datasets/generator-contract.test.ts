import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../random/sha256.ts';
import { writeCsv } from '../table/csv-writer.ts';
import { columnLength, isMissing, type Table, valueText } from '../table/table.ts';
import { generators } from './index.ts';

const bytes = (table: Table) => {
  const csv = writeCsv(table);
  return typeof csv === 'string' ? new TextEncoder().encode(csv) : csv;
};

describe.each(generators.all)('$id', (generator) => {
  const table = generator.generate({ rows: generator.defaultRows, seed: 42 });

  it('has the columns it describes, the target among them', () => {
    expect(table.columns.map(({ name }) => name)).toEqual(generator.columns.map(({ name }) => name));
    expect(table.column(generator.target)).toBeDefined();
    expect(table.nRows).toBe(generator.defaultRows);
  });

  it('gives the same bytes for a seed on every machine, and others for another', () => {
    const small = (seed: number) => bytes(generator.generate({ rows: 50, seed }));
    expect(small(1)).toEqual(small(1));
    expect(small(1)).not.toEqual(small(2));
    expect({ [generator.id]: sha256Hex(bytes(table)) }).toMatchSnapshot();
  });

  it('makes any number of rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 300 }), fc.nat(), (rows, seed) => {
        const made = generator.generate({ rows, seed });
        for (const column of made.columns) expect(columnLength(column)).toBe(rows);
      }),
      { numRuns: 10 },
    );
  });

  it('has no missing value but where it says so', () => {
    for (const column of table.columns) {
      if (column.name === 'TotalCharges') continue;
      const rows = Array.from({ length: table.nRows }, (_, row) => row);
      expect(
        rows.filter((row) => isMissing(column, row)),
        column.name,
      ).toEqual([]);
    }
  });

  it('is kept as 200 rows beside the documentation of the data', async () => {
    const fixture = generator.file.replace(/.*\/(\w+)_data\.csv$/, '../../data/fixtures/$1_200.csv');
    const text = new TextDecoder().decode(bytes(generator.generate({ rows: 200, seed: 42 })));
    await expect(text).toMatchFileSnapshot(fixture);
  });
});

describe('the sets look like what they imitate', () => {
  const tables = new Map(
    generators.all.map((each) => [each.id as string, each.generate({ rows: each.defaultRows, seed: 42 })]),
  );
  const column = (id: string, name: string) => {
    const found = tables.get(id)?.column(name);
    if (!found) throw new Error(`${id} has no ${name}`);
    return found;
  };
  const numbers = (id: string, name: string) => {
    const found = column(id, name);
    if (found.kind !== 'numeric') throw new Error(`${name} is not numeric`);
    return found.values;
  };
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

  // Tolerances are those of a first imitation: a fifth of the original's value, caps and rarities exactly.
  it.each([
    ['california_housing', 'MedInc', 3.87, 0.3],
    ['california_housing', 'HouseAge', 28.6, 3],
    ['california_housing', 'AveRooms', 5.43, 0.6],
    ['california_housing', 'AveOccup', 3.07, 0.5],
    ['california_housing', 'Population', 1425, 200],
    ['california_housing', 'MedHouseVal', 2.07, 0.35],
    ['credit_fraud', 'Amount', 88, 25],
    ['customer_churn', 'tenure', 32.4, 5],
    ['customer_churn', 'MonthlyCharges', 64.8, 7],
  ])('%s: mean of %s near %d', (id, name, expected, tolerance) => {
    expect(Math.abs(mean(numbers(id, name)) - expected)).toBeLessThan(tolerance);
  });

  it('housing is capped at 5.00001 and 52 years', () => {
    const values = numbers('california_housing', 'MedHouseVal');
    expect(values.reduce((most, value) => Math.max(most, value), 0)).toBe(5.00001);
    expect(numbers('california_housing', 'HouseAge').reduce((most, value) => Math.max(most, value), 0)).toBe(52);
  });

  it('one payment in five hundred is a fraud', () => {
    expect(numbers('credit_fraud', 'Class').reduce((sum, value) => sum + value, 0)).toBe(20);
  });

  it('about 27 % of the customers leave, those without a long contract most', () => {
    const churn = column('customer_churn', 'Churn');
    const contract = column('customer_churn', 'Contract');
    const rate = (kind?: string) => {
      const rows = Array.from({ length: 7043 }, (_, row) => row).filter(
        (row) => !kind || valueText(contract, row) === kind,
      );
      return rows.filter((row) => valueText(churn, row) === 'Yes').length / rows.length;
    };
    expect(rate()).toBeCloseTo(0.27, 1);
    expect(rate('Month-to-month')).toBeGreaterThan(3 * rate('One year'));
    expect(rate('One year')).toBeGreaterThan(2 * rate('Two year'));
  });

  it('customers without internet have no service that needs it', () => {
    const internet = column('customer_churn', 'InternetService');
    const support = column('customer_churn', 'TechSupport');
    const rows = Array.from({ length: 7043 }, (_, row) => row);
    const lacks = rows.filter((row) => valueText(internet, row) === 'No');
    expect(lacks.length).toBeGreaterThan(0);
    expect(rows.filter((row) => valueText(support, row) === 'No internet service')).toEqual(lacks);
  });
});
