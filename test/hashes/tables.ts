import { readTarget } from '../../core/dataset/target.ts';
import { generators } from '../../core/datasets/index.ts';
import { createRandom } from '../../core/random/random.ts';
import { categoricalColumn, createTable, type Table } from '../../core/table/table.ts';

/** A table and what is to be learned from it. */
export interface LearningTable {
  readonly name: string;
  readonly table: Table;
  readonly columns: readonly string[];
  /** Per row: the value or the class index. */
  readonly target: Float64Array;
  /** 0 for regression. */
  readonly nClasses: number;
}

const PLANS = ['basic', 'pro', 'équipe', '～', '😀', undefined];

/**
 * What has made models differ before: numbers with gaps and ties, very large ones, a constant, a column of few and one of
 * many categories, of which some sort differently as UTF-16 than as UTF-8.
 *
 * @param nClasses 0 for a regression.
 */
export function mixedTable(n: number, nClasses: number): LearningTable {
  const random = createRandom(11, 'mixed');
  const x = Float64Array.from({ length: n }, () => random.normal());
  const plans = Array.from({ length: n }, () => PLANS[random.integer(PLANS.length)]);
  const cities = Array.from({ length: n }, () => `city ${Math.floor(40 * random.uniform() * random.uniform())}`);
  const table = createTable([
    { kind: 'numeric', name: 'x', values: x },
    {
      kind: 'numeric',
      name: 'gaps',
      values: x.map((v) => (random.uniform() < 0.2 ? Number.NaN : v + random.normal())),
    },
    { kind: 'numeric', name: 'ties', values: x.map(() => random.integer(4) / 2) },
    { kind: 'numeric', name: 'large', values: x.map((v) => 1e9 * v * v) },
    { kind: 'numeric', name: 'constant', values: x.map(() => 7) },
    categoricalColumn('plan', plans),
    categoricalColumn('city', cities),
  ]);
  const value = x.map(
    (v, row) => 3 * v + (plans[row] === 'pro' ? 2 : 0) + (cities[row]!.length - 6) + 0.3 * random.normal(),
  );
  const label = (v: number) => Math.max(0, Math.min(nClasses - 1, Math.floor(((v + 4) * nClasses) / 8)));
  return {
    name: `${nClasses === 0 ? 'values' : `${nClasses} classes`} of ${n} mixed rows`,
    table,
    columns: table.columns.map(({ name }) => name),
    target: nClasses === 0 ? value : value.map(label),
    nClasses,
  };
}

/** The generated datasets at the size that `mlops generate` gives them. */
export function generatedTables(): LearningTable[] {
  return generators.all.map((generator) => {
    const table = generator.generate({ rows: generator.defaultRows, seed: 42 });
    const { target, task, file } = generator;
    const { classes, values } = readTarget(table, { file, target, task, posLabel: null });
    return {
      name: generator.id,
      table,
      columns: table.columns.map(({ name }) => name).filter((name) => name !== target),
      target: values,
      nClasses: classes.length,
    };
  });
}
