import { detectDrift } from '../../drift/detect-drift.ts';
import type { Drift } from '../../drift/drift-result.ts';
import type { DriftRules } from '../../drift/drift-rules.ts';
import { ConfigError, DataError, type Problem } from '../../errors/app-error.ts';
import { listNames } from '../../errors/list-names.ts';
import { suggest } from '../../registry/suggest.ts';
import type { Table } from '../../table/table.ts';

/** A table and the file it was read from. */
export interface NamedTable {
  readonly file: string;
  readonly table: Table;
}

/** What is compared, and how. */
export interface TableComparison {
  readonly reference: NamedTable;
  readonly current: NamedTable;
  readonly target: string | null;
  readonly ignored: ReadonlyMap<string, string>;
  /** Only these columns; all when empty. */
  readonly columns: readonly string[];
  readonly rules: DriftRules;
}

/**
 * Compares two tables.
 *
 * @throws DataError when they cannot be compared: a table without rows, or with one; no column that both have.
 * @throws ConfigError when a column that was asked for is not in the reference table.
 */
export function compareTables({ reference, current, columns, ...rest }: TableComparison): Drift {
  const problems = [reference, current].flatMap(tooSmall);
  if (problems.length > 0) throw new DataError(problems);
  const names = reference.table.columns.map(({ name }) => name);
  const asked = [...columns, ...(rest.target === null ? [] : [rest.target])];
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new ConfigError(unknown.map((name) => unknownColumn(name, names, reference.file)));
  const chosen = (table: Table) =>
    columns.length === 0 ? table : table.select(columns.filter((name) => table.column(name) !== undefined));
  const [before, after] = [reference.table, current.table].map(chosen) as [Table, Table];
  if (before.columns.every(({ name }) => !after.column(name))) throw nothingShared(reference.file, before, current);
  return detectDrift({ reference: before, current: after, ...rest });
}

function tooSmall({ file, table }: NamedTable): Problem[] {
  if (table.nRows > 1) return [];
  return [
    {
      file,
      message: table.nRows === 0 ? 'the table has no rows' : 'the table has one row',
      allowed: 'at least 2 rows; drift can be told from chance from 30 rows on',
      next: 'name a table with more rows',
    },
  ];
}

function unknownColumn(name: string, names: readonly string[], file: string): Problem {
  const near = suggest(name, names);
  return {
    file,
    message: `the table has no column "${name}"`,
    found: listNames(names),
    next: near ? `did you mean "${near}"?` : 'name one of these columns',
  };
}

function nothingShared(reference: string, before: Table, { file, table }: NamedTable): DataError {
  return new DataError({
    file,
    message: `the table has no column in common with ${reference}`,
    found: listNames(table.columns.map(({ name }) => name)),
    allowed: listNames(before.columns.map(({ name }) => name)),
    next: 'name two tables with the same columns; the first line has to hold their names',
  });
}
