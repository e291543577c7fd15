import type { z } from 'zod';
import type { Random } from '../../random/random.ts';
import type { Plugin } from '../../registry/registry.ts';
import { type CategoricalColumn, type Column, createTable, type NumericColumn, type Table } from '../../table/table.ts';

/** Adds one known kind of drift to a table, for demonstrations and to test drift detectors. */
export interface Injector extends Plugin {
  readonly params: z.ZodObject;
  /**
   * The drifted table, with the same columns and number of rows.
   *
   * @throws RangeError when the column is not in the table or has the wrong kind.
   */
  inject(table: Table, params: Readonly<Record<string, unknown>>, random: Random): Table;
}

/** Turns an injector with typed parameters into an `Injector`, whose `inject` checks parameters and fills in defaults. */
export function defineInjector<const Id extends string, Schema extends z.ZodObject>(definition: {
  readonly id: Id;
  readonly summary: string;
  readonly params: Schema;
  inject(table: Table, params: z.infer<Schema>, random: Random): Table;
}): Injector & { readonly id: Id } {
  return {
    ...definition,
    inject: (table, params, random) =>
      definition.inject(table, definition.params.parse(params) as z.infer<Schema>, random),
  };
}

export function numericColumn(table: Table, name: string): NumericColumn {
  const column = table.column(name);
  if (column?.kind === 'numeric') return column;
  throw new RangeError(`the table has no numeric column "${name}"`);
}

export function categoricalColumnOf(table: Table, name: string): CategoricalColumn {
  const column = table.column(name);
  if (column?.kind === 'categorical') return column;
  throw new RangeError(`the table has no categorical column "${name}"`);
}

/** The table with one of its columns replaced. */
export function withColumn(table: Table, replaced: Column): Table {
  return createTable(table.columns.map((column) => (column.name === replaced.name ? replaced : column)));
}

/** Standard deviation (n in the denominator) of the values without NaN; 0 when there are none. */
export function deviation(values: Float64Array): number {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return n === 0 ? 0 : Math.sqrt(squares / n);
}
