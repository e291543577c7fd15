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
    id: `scrambled ${share} of ${names.length}`,
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

/** Shares of scrambled values, by how many rows there are to notice them. */
const SHARES: Readonly<Record<Size, readonly number[]>> = {
  700: [0.2, 0.4, 0.7, 1],
  7000: [0.05, 0.1, 0.2, 0.4],
  20_000: [0.03, 0.06, 0.12, 0.25],
};

const FEWER: Readonly<Record<ModelId, Readonly<Record<string, unknown>> | null>> = {
  random_forest: { n_estimators: 5 },
  gradient_boosting: { n_estimators: 12 },
  linear_regression: null,
  logistic_regression: null,
};

/** Changes that make a model truly worse, each by its own amount. */
export function degradations(source: Source, size: Size, model: ModelId): readonly Change[] {
  const { features } = source;
  const shares = SHARES[size];
  const fewer = FEWER[model];
  return [
    ...shares.map((share, i) => scrambled(share, features.slice(0, i % 2 === 0 ? 1 : 2))),
    { id: 'a feature left out', features: (all) => all.filter((name) => name !== features[2]) },
    { id: 'wrong targets', wrongTargets: size === 700 ? 0.2 : 0.1 },
    ...(fewer ? [{ id: 'fewer trees', params: fewer }] : []),
  ];
}
