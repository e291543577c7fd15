import { expect } from 'vitest';
import { DataError } from '../../errors/app-error.ts';
import { createRandom } from '../../random/random.ts';
import { categoricalColumn } from '../../table/table.ts';
import { formatModel, parseModel } from '../model-file.ts';
import { type Check, expectClose, expectSound, isClassifier, isRegressor } from './check.fixture.ts';
import {
  givenAway,
  type LearningProblem,
  mixed,
  numbers,
  numeric,
  rarePositives,
  sameRow,
  scaled,
  takeRows,
  withColumns,
} from './problems.fixture.ts';

const base = numbers();
const n = base.values.length;
const random = createRandom(13, 'edges');
const same = (value: number) => new Float64Array(n).fill(value);
const [a, b] = base.table.columns as [ReturnType<typeof numeric>, ReturnType<typeof numeric>];
const valuesOf = (column: typeof a) => (column as { values: Float64Array }).values;
const shuffledLevels = (count: number) => random.shuffle(Array.from({ length: n }, (_, row) => `level ${row % count}`));

/** Tables that are seldom thought of. */
const EDGES: Readonly<Record<string, LearningProblem>> = {
  'one row': takeRows(mixed(), [4]),
  'two rows': takeRows(mixed(), [4, 9]),
  'three rows': takeRows(mixed(), [4, 9, 21]),
  'one row many times': takeRows(mixed(), new Array(30).fill(4)),
  'the same row with different targets': sameRow(base),
  'no feature': withColumns(base, []),
  'constant features': withColumns(base, [numeric('a', same(3)), categoricalColumn('b', Array(n).fill('one'))]),
  'a column without a value': withColumns(base, [a, numeric('empty', same(Number.NaN))]),
  'no value at all': withColumns(base, [numeric('empty', same(Number.NaN)), categoricalColumn('none', Array(n))]),
  'a column twice': withColumns(base, [a, { ...a, name: 'again' }, b]),
  'a category of 300 levels': wideCategory(300),
  'a category per row': withColumns(base, [categoricalColumn('level', shuffledLevels(n)), a]),
  'heavy ties': withColumns(base, [numeric('a', valuesOf(a).map(Math.sign)), numeric('b', valuesOf(b).map(Math.sign))]),
  'more features than rows': takeRows(
    withColumns(
      base,
      Array.from({ length: 30 }, (_, j) =>
        numeric(
          `x${j}`,
          valuesOf(a).map(() => random.normal()),
        ),
      ),
    ),
    [...Array(10).keys()],
  ),
  'one positive in 500': rarePositives(),
  'features near the largest number': withColumns(base, [extreme(a, 1e300), extreme(b, 1e300)]),
  'features near the smallest number': withColumns(base, [extreme(a, 1e-300), extreme(b, 1e-320)]),
  'features of every size': withColumns(base, [extreme(a, 1e300), extreme(b, 1e-300), numeric('c', same(1e300))]),
  'targets near the largest number': { ...base, values: scaled(base.values, 1e300) },
  'targets near the smallest number': { ...base, values: scaled(base.values, 1e-300) },
  'an outlier of 1e300': withColumns(base, [numeric('a', valuesOf(a).with(5, 1e300)), b]),
};

function extreme(column: typeof a, factor: number) {
  return numeric(column.name, scaled(valuesOf(column), factor));
}

function wideCategory(levels: number): LearningProblem {
  const problem = mixed(levels);
  const names = Array.from(problem.values.keys(), (row) => `level ${(row * 7) % levels}`);
  return withColumns(problem, [categoricalColumn('level', names), problem.table.columns[0]!]);
}

const rowsOf = ({ values }: LearningProblem) => [...values.keys()];

const edgeChecks = Object.entries(EDGES).map(
  ([name, problem]): Check => ({
    title: `learns from ${name}, predicts numbers, and the same after a round trip through its file`,
    async run(subject) {
      const model = await subject.fit(problem);
      const said = model.predict(problem.table, rowsOf(problem));
      expectSound(said.outputs, model.nClasses);
      expectShares(model.fitted.importances?.());
      expect(said.outputs).toHaveLength(problem.values.length * Math.max(1, model.nClasses));
      expect(parseModel(formatModel(model)).predict(problem.table, rowsOf(problem))).toEqual(said);
    },
  }),
);

/** Shares of the features where there is anything to share, else nothing; whatever the size of the target. */
function expectShares(importances: Float64Array | undefined): void {
  const sum = importances?.reduce((total, share) => total + share, 0) ?? 0;
  if (sum !== 0) expect(sum).toBeCloseTo(1, 12);
}

/** What is learned from tables without information, and at the ends of what a double can hold. */
export const edgesChecks: readonly Check[] = [
  {
    title: 'refuses to learn from no rows, as a mistake in the data',
    async run(subject) {
      await expect(subject.fit(takeRows(base, []))).rejects.toThrow(DataError);
    },
  },
  ...edgeChecks,
  ...['no feature', 'constant features', 'no value at all', 'the same row with different targets'].map(
    (name): Check => ({
      title: `says the same of every row of a table with ${name}, and nearly what is most likely`,
      async run(subject) {
        const problem = EDGES[name]!;
        const { outputs } = (await subject.fit(problem, { params: {} })).predict(problem.table, rowsOf(problem));
        const each = outputs.length / n;
        const first = outputs.slice(0, each);
        expectClose(
          outputs,
          Float64Array.from(outputs, (_, i) => first[i % each]!),
          0,
        );
        const likely = isClassifier(subject)
          ? Float64Array.from({ length: each }, (_, k) => problem.labels.filter((label) => label === k).length / n)
          : Float64Array.of(problem.values.reduce((sum, value) => sum + value, 0) / n);
        const spread = isClassifier(subject) ? 1 : Math.max(...problem.values) - Math.min(...problem.values);
        for (const [k, value] of first.entries())
          expect(Math.abs(value - likely[k]!)).toBeLessThan(spread * (subject.plugin.isRandom({}) ? 0.2 : 1e-4));
      },
    }),
  ),
  ...[0, 1, -1e300, 1e300, 1e-300].map(
    (value): Check => ({
      title: `of a target that is ${value} in every row predicts that`,
      concerns: isRegressor,
      async run(subject) {
        const model = await subject.fit({ ...base, values: same(value) });
        expectClose(model.predict(base.table).outputs, same(value), 1e-12);
      },
    }),
  ),
  // Squares of these stay within a double; beyond, numbers stay numbers.
  ...[1e140, 1e-140, 1e9].flatMap((factor) => [
    {
      title: `predicts ${factor} times as much of a target times ${factor}`,
      concerns: isRegressor,
      async run(subject) {
        const problem = givenAway();
        const one = (await subject.fit(problem)).predict(problem.table).outputs;
        const model = await subject.fit({ ...problem, values: scaled(problem.values, factor) });
        expectClose(scaled(model.predict(problem.table).outputs, 1 / factor), one, 1e-6);
      },
    } satisfies Check,
    {
      title: `predicts the same from features times ${factor}`,
      async run(subject) {
        const one = (await subject.fit(base)).predict(base.table).outputs;
        const problem = withColumns(
          base,
          base.table.columns.map((column) => extreme(column, factor)),
        );
        expectClose((await subject.fit(problem)).predict(problem.table).outputs, one, 1e-6);
      },
    } satisfies Check,
  ]),
];
