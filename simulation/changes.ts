import { createRandom } from '../core/random/random.ts';
import { type Column, createTable, type Table } from '../core/table/table.ts';
import type { ModelId } from './model-id.ts';
import type { Size, Source } from './tables.ts';

/** What a pull request does to a project. Everything absent stays as it was. */
export interface Change {
  readonly id: string;
  /** Changes the table; `seed` tells replicates apart. */
  readonly table?: (table: Table, seed: number) => Table;
  /** Whether the row keys are of the changed table's columns, since the old ones are gone. */
  readonly newKeys?: boolean;
  /** Whether its folds are of the new keys too, and not taken over from the baseline. */
  readonly newFolds?: boolean;
  readonly features?: (features: readonly string[]) => readonly string[];
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Features under other names, as a refactoring leaves them: rows get other keys and keep their folds. */
export function renamed(version: number): Change {
  const rename = (name: string) => `${name}_v${version}`;
  return {
    id: `renamed ${version}`,
    table: (table) => createTable(table.columns.map((column) => ({ ...column, name: rename(column.name) }))),
    newKeys: true,
    features: (features) => features.map(rename),
  };
}

/** The same on the default branch itself, where folds are of the new keys. */
export function redrawn(version: number): Change {
  return { ...renamed(version), id: `redrawn ${version}`, newFolds: true };
}

/**
 * Columns in another order. A constant one beside them would make a forest that looks at three columns a node truly worse: by
 * .0023 ± .0002 of R² on 7,000 diamonds.
 */
export const rearranged: Change = { id: 'rearranged', features: (features) => [...features].reverse() };

/** Numeric features with normal noise on them, of so many of their own standard deviations: measured worse. */
function blurred(noise: number, names: readonly string[]): Change {
  return {
    id: `blurred ${noise.toPrecision(2)}`,
    table: (table, seed) =>
      createTable([...table.columns, ...names.map((name) => blur(table.column(name)!, noise, seed))]),
    features: (features) => features.map((name) => (names.includes(name) ? blurry(name) : name)),
  };
}

const blurry = (name: string) => `${name}, blurred`;

function blur(column: Column, noise: number, seed: number): Column {
  if (column.kind !== 'numeric') throw new RangeError(`${column.name} has no numbers to blur`);
  const known = column.values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  const random = createRandom(seed, 'blur', column.name);
  return {
    ...column,
    name: blurry(column.name),
    values: column.values.map((value) => value + noise * sd * random.normal()),
  };
}

/** Noise that 700 rows can about notice, for a table where one feature matters as usual. */
const NOISE = [0.15, 0.25, 0.4] as const;
/** How much smaller a drop more rows notice; drops grow with the square of the noise. */
const FINER: Readonly<Record<Size, number>> = { 700: 1, 7000: 7, 20000: 14 };

const FEWER_TREES: Readonly<Record<ModelId, readonly [few: number, most: number] | null>> = {
  random_forest: [5, 9],
  gradient_boosting: [14, 20],
  linear_regression: null,
  logistic_regression: null,
};

function without(left: readonly string[]): Change {
  return { id: `without ${left.join(', ')}`, features: (features) => features.filter((name) => !left.includes(name)) };
}

/** Changes that make a model truly worse, each by its own amount. */
export function degradations(source: Source, size: Size, model: ModelId): readonly Change[] {
  const { sensitivity } = source;
  const fewer = source.rare ? null : FEWER_TREES[model];
  return [
    ...(source.blurred.length > 0 ? NOISE : []).map((noise) =>
      blurred(noise / sensitivity / Math.sqrt(FINER[size]), source.blurred),
    ),
    ...source.leftOut.map(without),
    ...(fewer ? [{ id: 'fewer trees', params: { n_estimators: fewer[size === 700 ? 0 : 1] } }] : []),
  ];
}
