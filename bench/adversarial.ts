import { createRandom } from '../core/random/random.ts';
import { type Column, categoricalColumn, createTable, type Table } from '../core/table/table.ts';
import type { AccuracyTable } from './accuracy-table.ts';

const ROWS = 1000;

/** Shapes of tables that trip learners. */
export function adversarialTables(): AccuracyTable[] {
  const plain = (name: string, change: (columns: Column[]) => Column[]): AccuracyTable[] =>
    (['values', 'classes'] as const).map((kind) => ({
      name: `${name}, ${kind}`,
      table: shaped(kind, ROWS, change),
      target: 'y',
      scoredFolds: 5,
    }));
  const keep = (columns: Column[]) => columns;
  return [
    ...plain('a column without a value', (columns) => [...columns, number('empty', () => Number.NaN)]),
    ...plain('constant columns beside others', (columns) => [...columns, number('k1', () => 7), number('k2', () => 0)]),
    ...plain('nothing but constants', () => [number('k1', () => 7), number('k2', () => 0)]),
    ...plain('heavy ties', (columns) =>
      columns.map((column) => number(column.name, (row) => Math.round(valuesOf(column)[row]!))),
    ),
    ...plain('half the values missing', (columns) =>
      columns.map((column) => {
        const random = createRandom(2, 'bench-holes', column.name);
        return number(column.name, (row) => (random.uniform() < 0.5 ? Number.NaN : valuesOf(column)[row]!));
      }),
    ),
    { name: '300 categories, values', table: manyCategories('values'), target: 'y', scoredFolds: 5 },
    { name: '300 categories, classes', table: manyCategories('classes'), target: 'y', scoredFolds: 5 },
    { name: '0.2 % positive', table: rare(500), target: 'y', scoredFolds: 5 },
    {
      name: 'one row to learn from, values',
      table: shaped('values', 200, keep),
      target: 'y',
      scoredFolds: 1,
      score: 'rmse',
      folds: (target, seed) => target.map((_, row) => Number(row === seed)),
    },
    {
      name: 'one row to learn from, classes',
      table: shaped('classes', 200, keep),
      target: 'y',
      scoredFolds: 1,
      score: 'accuracy',
      folds: (target, seed) => target.map((_, row) => Number(row === seed)),
    },
    {
      name: 'one class to learn from',
      table: shaped('classes', 400, keep),
      target: 'y',
      scoredFolds: 1,
      score: 'accuracy',
      folds: (target, seed) => target.map((label, row) => ((row + seed) % 2 === 0 ? 0 : label === 0 ? 1 : -1)),
    },
  ];
}

export function shaped(kind: 'values' | 'classes', rows: number, change: (columns: Column[]) => Column[]): Table {
  const random = createRandom(1, 'bench-shapes');
  const columns = Array.from({ length: 5 }, (_, j) => number(`x${j}`, () => random.normal(), rows));
  const at = (j: number, row: number) => valuesOf(columns[j]!)[row]!;
  const answers = Array.from(
    { length: rows },
    (_, row) => at(0, row) * at(1, row) + at(2, row) + Math.abs(at(3, row)) + 0.5 * random.normal(),
  );
  return createTable([...change(columns), answer(kind, answers)]);
}

/** Each of 300 categories, of ten rows on the mean, has a level of its own. */
export function manyCategories(kind: 'values' | 'classes'): Table {
  const random = createRandom(1, 'bench-categories');
  const levels = Array.from({ length: 300 }, () => random.normal());
  const codes = Array.from({ length: 3000 }, () => random.integer(300));
  const x = codes.map(() => random.normal());
  const answers = codes.map((code, row) => levels[code]! + 0.5 * x[row]! + 0.5 * random.normal());
  return createTable([
    categoricalColumn(
      'category',
      codes.map((code) => `c${code}`),
    ),
    number('x', (row) => x[row]!, codes.length),
    answer(kind, answers),
  ]);
}

/** One in so many of 20,000 rows is positive. */
export function rare(every: number): Table {
  const random = createRandom(1, 'bench-rare');
  const labels = Array.from({ length: 20_000 }, (_, row) => row % every === 0);
  const columns = Array.from({ length: 10 }, (_, j) =>
    number(`x${j}`, (row) => random.normal() + (labels[row] && j < 4 ? 1 : 0), labels.length),
  );
  return createTable([
    ...columns,
    categoricalColumn(
      'y',
      labels.map((label) => (label ? 'yes' : 'no')),
    ),
  ]);
}

function answer(kind: 'values' | 'classes', answers: readonly number[]): Column {
  if (kind === 'values') return number('y', (row) => answers[row]!, answers.length);
  return categoricalColumn(
    'y',
    answers.map((value) => (value > 0.8 ? 'yes' : 'no')),
  );
}

function number(name: string, of: (row: number) => number, rows = ROWS): Column {
  return { kind: 'numeric', name, values: Float64Array.from({ length: rows }, (_, row) => of(row)) };
}

function valuesOf(column: Column): Float64Array {
  if (column.kind !== 'numeric') throw new Error(`${column.name} is not of numbers`);
  return column.values;
}
