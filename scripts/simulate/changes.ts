import { createRandom } from '../../core/random/random.ts';
import { type Column, createTable, type Table } from '../../core/table/table.ts';
import type { ModelId } from './plan.ts';
import type { Size, Source } from './tables.ts';

/** What a pull request does to a project. Everything absent stays as it was. */
export interface Change {
  readonly id: string;
  /** Changes the table; `seed` tells replicates apart. */
  readonly table?: (table: Table, seed: number) => Table;
  /** Whether the row keys are of the changed table's columns, since the old ones are gone. */
  readonly newKeys?: boolean;
  readonly features?: (features: readonly string[]) => readonly string[];
  readonly params?: Readonly<Record<string, unknown>>;
  /** Share of the training rows whose target is that of another row. */
  readonly wrongTargets?: number;
}

/** Features under other names, as a refactoring leaves them: rows get other keys, and so other folds. */
export function renamed(version: number): Change {
  const rename = (name: string) => `${name}_v${version}`;
  return {
    id: `renamed ${version}`,
    table: (table) => createTable(table.columns.map((column) => ({ ...column, name: rename(column.name) }))),
    newKeys: true,
    features: (features) => features.map(rename),
  };
}

/** Columns in another order, and one more that is the same in every row. */
export const rearranged: Change = {
  id: 'rearranged',
  table: (table) =>
    createTable([
      ...table.columns,
      { kind: 'numeric', name: 'constant', values: new Float64Array(table.nRows).fill(1) },
    ]),
  features: (features) => ['constant', ...[...features].reverse()],
};

/** A share of the values of features are those of other rows: a join that went wrong. */
export function scrambled(share: number, names: readonly string[]): Change {
  return {
    id: `scrambled ${share.toPrecision(2)}`,
    table: (table, seed) =>
      createTable([...table.columns, ...names.map((name) => scramble(table.column(name)!, share, seed))]),
    features: (features) => features.map((name) => (names.includes(name) ? spoiled(name) : name)),
  };
}

const spoiled = (name: string) => `${name}, scrambled`;

function scramble(column: Column, share: number, seed: number): Column {
  const random = createRandom(seed, 'scramble', column.name);
  const n = column.kind === 'numeric' ? column.values.length : column.codes.length;
  const from = Uint32Array.from({ length: n }, (_, row) => (random.uniform() < share ? random.integer(n) : row));
  const name = spoiled(column.name);
  return column.kind === 'numeric'
    ? { ...column, name, values: Float64Array.from(from, (row) => column.values[row]!) }
    : { ...column, name, codes: Int32Array.from(from, (row) => column.codes[row]!) };
}

/** Shares of scrambled values that 700 rows can about notice, for a table where one feature matters as usual. */
const SHARES = [0.12, 0.25, 0.45] as const;
/** How much smaller a drop, and so a share, more rows notice. */
const FINER: Readonly<Record<Size, number>> = { 700: 1, 7000: 4, 20000: 7 };

const FEWER_TREES: Readonly<Record<ModelId, readonly [few: number, most: number] | null>> = {
  random_forest: [5, 9],
  gradient_boosting: [14, 20],
  linear_regression: null,
  logistic_regression: null,
};

/** Changes that make a model truly worse, each by its own amount. */
export function degradations(source: Source, size: Size, model: ModelId): readonly Change[] {
  const { features, sensitivity } = source;
  const fewer = FEWER_TREES[model];
  return [
    ...SHARES.map((share) => scrambled(Math.min(1, share / sensitivity / FINER[size]), features.slice(0, 2))),
    { id: 'a feature left out', features: (all) => all.filter((name) => name !== features[3]) },
    { id: 'wrong targets', wrongTargets: 0.2 / Math.sqrt(FINER[size]) },
    ...(fewer ? [{ id: 'fewer trees', params: { n_estimators: fewer[size === 700 ? 0 : 1] } }] : []),
  ];
}
