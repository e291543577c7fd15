import { declaredRoles } from '../config/columns-key.ts';
import type { DatasetConfig } from '../config/project.ts';
import { type CheckFinding, checkTable } from '../data-check/check-table.ts';
import type { CheckedTarget } from '../data-check/data-check.ts';
import { type ColumnRoles, columnRoles, featuresOf, guessedRoles } from '../dataset/columns.ts';
import { rowsWithTarget } from '../dataset/rows-with-target.ts';
import { readTarget } from '../dataset/target.ts';
import { DataError } from '../errors/app-error.ts';
import { listNames } from '../errors/list-names.ts';
import type { ProjectFiles } from '../ports/project-files.ts';
import { tableWarnings } from '../table/table-notes.ts';
import type { Task } from '../table/task.ts';
import { type Reading, readMended } from './read-mended.ts';

/** What is known of a table before it is examined. */
export interface TableFacts {
  readonly reading: Reading;
  /** Null: none is named. */
  readonly target: string | null;
  /** Null: found out from the target. */
  readonly task: Task | null;
  readonly posLabel: string | null;
  readonly split?: DatasetConfig['split'] | undefined;
}

/** A table as models would see it, and what a person should know of it. */
export interface ExaminedTable {
  readonly rows: number;
  readonly columns: ColumnRoles['roles'];
  /** Null: none was named. */
  readonly target: CheckedTarget | null;
  /** How it is read, with the keys that the findings ask for. */
  readonly reading: Reading;
  readonly findings: readonly CheckFinding[];
  /** What was guessed. */
  readonly warnings: readonly string[];
}

/**
 * Reads a table with the keys that its content asks for, and runs the data check over it.
 *
 * @throws DataError when the table or the target cannot be used, or there is no feature.
 */
export async function examineTable(
  files: ProjectFiles,
  file: string,
  facts: TableFacts,
  absent: { readonly message: string; readonly next: string },
): Promise<ExaminedTable> {
  const { target: name, task, posLabel, split } = facts;
  const { table: read, reading, findings: mended } = await readMended(files, file, { ...facts, absent });
  if (read.nRows === 0)
    throw new DataError({
      file,
      message: 'the table has no rows',
      found: `line 1: ${listNames(read.columns.map((column) => column.name))}`,
    });
  const { table, notes } =
    name === null
      ? { table: read, notes: [] }
      : rowsWithTarget(read, { target: name, policy: reading.target_missing ?? 'error' });
  const target = name === null ? null : { ...readTarget(table, { file, target: name, task, posLabel }), name };
  const declared = declaredRoles(reading.columns ?? {});
  const options = { file, declared, ...(split && { split }) };
  const { roles, notes: guesses } =
    name === null
      ? guessedRoles(table, { ...options, target: null })
      : columnRoles(table, { ...options, target: name });
  const found = checkTable({
    file,
    table,
    roles,
    declared: Object.keys(declared),
    features: featuresOf(roles),
    target,
  });
  const told = new Set(mended.map(({ message }) => message));
  const others = table.notes.filter(({ note }) => note !== 'almost_numeric');
  return {
    rows: table.nRows,
    columns: roles,
    target,
    reading,
    findings: [...mended, ...found.filter(({ message, settings }) => !settings && !told.has(message))],
    warnings: [...(facts.reading.target_missing ? notes : []), ...tableWarnings(others), ...guesses],
  };
}
