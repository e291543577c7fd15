import { createRandom, type Random } from '../random/random.ts';
import { categoricalColumn, createTable, type Table } from '../table/table.ts';
import { detectDrift } from './detect-drift.ts';
import type { DriftRequest } from './drift-request.ts';
import type { Drift } from './drift-result.ts';
import { DEFAULT_RULES } from './drift-rules.ts';

/** Columns of many kinds from one distribution: even, skewed with far values, whole numbers with ties, rare categories, gaps. */
export function someTable(rows: number, random: Random): Table {
  const numbers = (name: string, of: () => number) => ({
    kind: 'numeric' as const,
    name,
    values: Float64Array.from({ length: rows }, of),
  });
  const texts = (name: string, of: () => string | undefined) =>
    categoricalColumn(name, Array.from({ length: rows }, of));
  const skewed = () => {
    const u = random.uniform();
    return 1 / (1 - u * 0.9999);
  };
  return createTable([
    numbers('normal', () => random.normal()),
    numbers('skewed', skewed),
    numbers('whole', () => random.integer(9)),
    numbers('mostly_zero', () => (random.uniform() < 0.9 ? 0 : skewed())),
    numbers('gaps', () => (random.uniform() < 0.05 ? Number.NaN : random.uniform())),
    numbers('flag', () => Number(random.uniform() < 0.02)),
    texts('plan', () => 'abc'[random.integer(3)]),
    texts('city', () => `city ${Math.floor(40 * random.uniform() * random.uniform())}`),
    texts('rare', () => (random.uniform() < 0.97 ? 'usual' : `odd ${random.integer(6)}`)),
    texts('sparse', () => (random.uniform() < 0.3 ? undefined : 'xy'[random.integer(2)])),
  ]);
}

/** Two such tables; `current` may change the second. */
export function twoTables(rows: number, current: (table: Table) => Table = (table) => table): readonly [Table, Table] {
  return [
    someTable(rows, createRandom(1, 'reference')),
    current(someTable(Math.round(rows * 0.8), createRandom(1, 'current'))),
  ];
}

export function driftOf([reference, current]: readonly [Table, Table], changes: Partial<DriftRequest> = {}): Drift {
  return detectDrift({ reference, current, target: null, ignored: new Map(), rules: DEFAULT_RULES, ...changes });
}
