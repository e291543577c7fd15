import { createRandom } from '../../random/random.ts';
import { type Column, categoricalColumn, createTable, type Table } from '../../table/table.ts';
import type { Task } from '../../table/task.ts';

/** A table, and what is to be learned from it for either task. */
export interface LearningProblem {
  readonly table: Table;
  /** nRows, for a regression. */
  readonly values: Float64Array;
  /** nRows: class indices 0…nClasses − 1. */
  readonly labels: Float64Array;
  readonly nClasses: number;
}

export const numeric = (name: string, values: Iterable<number>): Column => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});

/** The rows at these positions alone. */
export function takeRows(problem: LearningProblem, rows: readonly number[]): LearningProblem {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return { ...problem, table: problem.table.take(rows), values: pick(problem.values), labels: pick(problem.labels) };
}

/** The same problem, seen through these columns. */
export function withColumns(problem: LearningProblem, columns: readonly Column[]): LearningProblem {
  return { ...problem, table: createTable(columns) };
}

export function targetOf(problem: LearningProblem, task: Task): { target: Float64Array; nClasses: number } {
  return task === 'regression'
    ? { target: problem.values, nClasses: 0 }
    : { target: problem.labels, nClasses: problem.nClasses };
}

/** Values cut into classes of about the same size. */
function classesOf(values: Float64Array, nClasses: number): Float64Array {
  const labels = new Float64Array(values.length);
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  for (const [rank, row] of order.entries()) labels[row] = Math.floor((rank * nClasses) / values.length);
  return labels;
}

/** Mixed columns: a number, one with gaps, categories with gaps, a constant; and a target that depends on them. */
export function mixed(n = 120, nClasses = 3): LearningProblem {
  const random = createRandom(3, 'mixed');
  const x = Float64Array.from({ length: n }, () => random.normal());
  const gaps = x.map((value) => (random.uniform() < 0.2 ? Number.NaN : value + random.normal()));
  const plans = Array.from({ length: n }, () => ['basic', 'pro', 'team', undefined][random.integer(4)]);
  const values = x.map((number, row) => 3 * number + (plans[row] === 'pro' ? 2 : 0) + 0.3 * random.normal());
  const columns = [
    numeric('x', x),
    numeric('gaps', gaps),
    categoricalColumn('plan', plans),
    numeric('constant', new Float64Array(n).fill(7)),
  ];
  return { table: createTable(columns), values, labels: classesOf(values, nClasses), nClasses };
}

/** Numbers alone, no two of a column equal: a sum of two of them, some noise, and a third that says nothing. */
export function numbers(n = 60, nClasses = 3): LearningProblem {
  const random = createRandom(5, 'numbers');
  const [a, b, c] = ['a', 'b', 'c'].map((name) =>
    numeric(
      name,
      Array.from({ length: n }, () => random.normal()),
    ),
  ) as [Column & { values: Float64Array }, Column & { values: Float64Array }, Column];
  const values = a.values.map((value, row) => 2 * value - b.values[row]! + 0.5 * random.normal());
  return { table: createTable([a, b, c]), values, labels: classesOf(values, nClasses), nClasses };
}

/** A column that is the target itself between two that are noise. */
export function givenAway(n = 120): LearningProblem {
  const random = createRandom(7, 'given away');
  const noise = (name: string) =>
    numeric(
      name,
      Array.from({ length: n }, () => random.normal()),
    );
  const values = Float64Array.from({ length: n }, () => random.normal());
  const labels = classesOf(values, 2);
  return { table: createTable([noise('b'), numeric('copy', values), noise('a')]), values, labels, nClasses: 2 };
}

export function scaled(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => value * factor);
}

/** One row over and over, with all the targets. */
export function sameRow(problem: LearningProblem): LearningProblem {
  const rows = new Array<number>(problem.values.length).fill(4);
  return { ...problem, table: problem.table.take(rows) };
}

/** One row in 500 is of class 1, and has a value of `x` of its own. */
export function rarePositives(n = 1000): LearningProblem {
  const random = createRandom(11, 'rare');
  const labels = Float64Array.from({ length: n }, (_, row) => Number(row % 500 === 250));
  const x = labels.map((label) => random.normal() + 6 * label);
  const noise = labels.map(() => random.normal());
  return { table: createTable([numeric('x', x), numeric('noise', noise)]), values: labels, labels, nClasses: 2 };
}
