import { generators } from '../core/datasets/index.ts';
import { createRandom } from '../core/random/random.ts';
import { columnLength, type Table } from '../core/table/table.ts';
import type { DataTable } from './table-file.ts';

interface Rows {
  readonly train: number;
  readonly test: number;
}

/** Values like those of houses: 13 skewed, rounded and clustered numbers; R² of a forest about 0.8. */
export function house({ train, test }: Rows): DataTable {
  const random = createRandom(1, 'bench-house');
  const { columns, target } = emptyColumns(13, train + test);
  for (let row = 0; row < target.length; row++) {
    const income = 0.5 + 3 * random.normal() ** 2;
    const age = 1 + random.integer(52);
    const north = 32 + 10 * random.uniform();
    const east = -124 + 10 * random.uniform();
    const rooms = 2 + Math.round(60 * random.uniform()) / 10;
    const crowd = 1 + 2 * random.normal() ** 2;
    const coast = Math.abs(north + east + 82 + 2 * random.uniform());
    const values = [income, age, north, east, rooms, crowd, coast, income / rooms, rooms / crowd];
    for (const [j, column] of columns.entries()) column[row] = values[j] ?? random.normal();
    target[row] =
      2 +
      Math.min(income, 9) / 3 +
      3 / (1 + coast) +
      (income * (52 - age)) / 200 -
      Math.min(crowd, 6) / 6 +
      0.3 * columns[9]![row]! * columns[10]![row]! +
      0.8 * random.normal();
  }
  return numericTable(columns, target, 0, train);
}

/** Payments of which two in a thousand are fraud: 30 columns, of which eight tell something. */
export function fraud({ train, test }: Rows): DataTable {
  const random = createRandom(1, 'bench-fraud');
  const { columns, target } = emptyColumns(30, train + test);
  for (let row = 0; row < target.length; row++) {
    const isFraud = random.uniform() < 0.002;
    target[row] = Number(isFraud);
    for (const [j, column] of columns.entries()) {
      const shift = isFraud && j < 8 ? (j % 2 === 0 ? 1.2 : -1.2) : 0;
      column[row] = random.normal() + shift;
    }
    columns[28]![row] = Math.round(100 * random.normal() ** 2 * 50) / 100;
    columns[29]![row] = random.integer(172_800);
  }
  return numericTable(columns, target, 2, train);
}

/**
 * Collisions of particles: 21 measured numbers and 7 derived ones; area under the ROC curve of boosting about 0.75.
 *
 * @param missing the share of values that are.
 */
export function higgs({ train, test }: Rows, missing = 0): DataTable {
  const random = createRandom(1, 'bench-higgs');
  const gaps = createRandom(1, 'bench-higgs-missing');
  const { columns, target } = emptyColumns(28, train + test);
  for (let row = 0; row < target.length; row++) {
    for (let j = 0; j < 21; j++) {
      const deviate = random.normal();
      columns[j]![row] = j % 3 === 0 ? Math.abs(deviate) : deviate;
    }
    const at = (j: number) => columns[j]![row]!;
    for (let k = 0; k < 7; k++) {
      const [a, b, c] = [at(3 * k), at(3 * k + 1), at(3 * k + 2)];
      columns[21 + k]![row] = Math.sqrt(a * a + b * b + c * c) + 0.5 * random.normal();
    }
    const score =
      0.9 * at(1) * at(4) + 0.7 * at(21) - 0.6 * at(22) + 0.5 * at(2) + Math.abs(at(7)) - at(9) * at(0) - 0.5 * at(25);
    target[row] = Number(score + 2.2 * random.normal() > 0.1);
    if (missing === 0) continue;
    for (const column of columns) if (gaps.uniform() < missing) column[row] = Number.NaN;
  }
  return numericTable(columns, target, 2, train);
}

const CHURN_NUMBERS = ['SeniorCitizen', 'tenure', 'MonthlyCharges', 'TotalCharges'];

/** Customers of our generator, without its derived columns: 15 categorical ones and 4 of numbers. */
export function churn({ train, test }: Rows): DataTable {
  const generator = generators.get('customer_churn');
  const table = generator.generate({ rows: train + test, seed: 42 });
  const names = generator.columns.map(({ name }) => name);
  const original = names.slice(0, names.indexOf(generator.target)).filter((name) => name !== 'customerID');
  const words = original.filter((name) => !CHURN_NUMBERS.includes(name));
  if (words.length !== 15) throw new Error(`${words.length} categorical columns, not 15`);
  return { ...dataTableOf(table.select([...original, generator.target]), generator.target), trainRows: train };
}

/** A table of ours as both sides read it; a target of words or of two values is one of classes. All rows are for training. */
export function dataTableOf(table: Table, target: string): DataTable {
  const columns = table.columns.map((column) =>
    column.kind === 'numeric'
      ? { name: column.name, nCategories: 0, values: column.values }
      : {
          name: column.name,
          nCategories: column.categories.length,
          values: Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code)),
        },
  );
  const answer = columns.find(({ name }) => name === target)!;
  const distinct = new Set(answer.values);
  return {
    columns: columns.filter((column) => column !== answer),
    target: answer.values,
    nClasses: answer.nCategories || (distinct.size === 2 && distinct.has(0) && distinct.has(1) ? 2 : 0),
    trainRows: columnLength(table.columns[0]!),
    folds: [],
  };
}

function emptyColumns(n: number, rows: number): { readonly columns: Float64Array[]; readonly target: Float64Array } {
  return { columns: Array.from({ length: n }, () => new Float64Array(rows)), target: new Float64Array(rows) };
}

function numericTable(
  columns: readonly Float64Array[],
  target: Float64Array,
  nClasses: number,
  trainRows: number,
): DataTable {
  return {
    columns: columns.map((values, i) => ({ name: `x${i}`, nCategories: 0, values })),
    target,
    nClasses,
    trainRows,
    folds: [],
  };
}
