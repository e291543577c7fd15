import type { Plugin } from '../registry/registry.ts';
import { type Column, categoricalColumn, createTable, type Table } from '../table/table.ts';
import type { Task } from '../table/task.ts';
import type { Injection } from './injectors/index.ts';

/** One column of a generated table, for the documentation of the data. */
export interface ColumnDescription {
  readonly name: string;
  readonly summary: string;
  /** Unit of the values, where they have one. */
  readonly unit?: string;
}

/** A column computed from the original columns, without the target. */
export interface Feature<Row> extends ColumnDescription {
  readonly of: (row: Row) => number | string;
}

/** Generates a synthetic table. The same number of rows and seed give the same bytes on every machine. */
export interface Generator extends Plugin {
  /** As many as the table it imitates, or fewer. */
  readonly defaultRows: number;
  /** Usual path of the table in a project. */
  readonly file: string;
  readonly target: string;
  readonly task: Task;
  readonly columns: readonly ColumnDescription[];
  /** How the second window, which demonstrates drift, differs from the first. */
  readonly drift: readonly Injection[];
  generate(options: { readonly rows: number; readonly seed: number }): Table;
}

export function defineGenerator<const Id extends string>(
  generator: Generator & { readonly id: Id },
): Generator & { readonly id: Id } {
  return generator;
}

/** A generated row: numbers, text, or undefined for a missing value. */
export type GeneratedRow = Readonly<Record<string, number | string | undefined>>;

/**
 * The rows as a table: the columns of the original, then its features. A column is text when any of its values is. Rows are
 * taken one at a time and not kept.
 */
export function tableOfRows<Row extends GeneratedRow>(
  columns: readonly ColumnDescription[],
  features: readonly Feature<Row>[],
  rows: Iterable<Row>,
): Table {
  const writers = [
    ...columns.map(({ name }) => ({ name, of: (row: Row) => row[name], values: [] as GeneratedRow[string][] })),
    ...features.map(({ name, of }) => ({ name, of, values: [] as GeneratedRow[string][] })),
  ];
  for (const row of rows) for (const { of, values } of writers) values.push(of(row));
  return createTable(writers.map(({ name, values }) => columnOf(name, values)));
}

function columnOf(name: string, values: readonly GeneratedRow[string][]): Column {
  if (values.some((value) => typeof value === 'string')) {
    const texts = values.map((value) => (value === undefined ? undefined : String(value)));
    return categoricalColumn(name, texts);
  }
  return {
    kind: 'numeric',
    name,
    values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN)),
  };
}

/** Rounds to this many decimals, halves away from zero, to keep tables readable. */
export function round(value: number, decimals: number): number {
  let unit = 1;
  for (let i = 0; i < decimals; i++) unit *= 10;
  const whole = Math.round(Math.abs(value) * unit) / unit;
  return value < 0 && whole > 0 ? -whole : whole;
}
