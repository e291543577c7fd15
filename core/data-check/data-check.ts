import type { Columns } from '../config/columns-key.ts';
import type { ColumnRoles } from '../dataset/columns.ts';
import type { Target } from '../dataset/target.ts';
import type { Plugin } from '../registry/registry.ts';
import type { NumberFormat } from '../table/number-format.ts';
import type { Table } from '../table/table.ts';

/** A table whose columns have their roles, and what is known of its target. */
export interface CheckedTable {
  /** Its path, for messages. */
  readonly file: string;
  readonly table: Table;
  readonly roles: ColumnRoles['roles'];
  /** Columns whose role `mlops.yml` says; all others are guessed. */
  readonly declared: readonly string[];
  /** Columns that models would learn from. */
  readonly features: readonly string[];
  /** Null: no target was named. */
  readonly target: CheckedTarget | null;
}

export interface CheckedTarget extends Target {
  readonly name: string;
}

/** Keys of a dataset in `mlops.yml` that mend what was found. */
export interface Settings extends NumberFormat {
  readonly missing?: readonly string[];
  readonly columns?: Columns;
  readonly target_missing?: 'drop';
}

/** One thing that a person should know of a table. */
export interface Finding {
  /** The columns it is about; none: the rows. */
  readonly columns: readonly string[];
  /** What was found, as a sentence without a full stop. */
  readonly message: string;
  /** What to do; null where `settings` do it. */
  readonly next: string | null;
  readonly settings?: Settings;
}

/**
 * Looks for one kind of finding. It is pure and takes time that grows with the cells at most, so that it may run on every table.
 */
export interface DataCheck extends Plugin {
  find(checked: CheckedTable): readonly Finding[];
}

/** The role of a column; undefined: the table has no such column. */
export function roleOf(
  { roles }: Pick<CheckedTable, 'roles'>,
  column: string,
): CheckedTable['roles'][number]['kind'] | undefined {
  return roles.find(({ name }) => name === column)?.kind;
}

export function defineDataCheck<const Id extends string>(
  check: DataCheck & { readonly id: Id },
): DataCheck & { readonly id: Id } {
  return check;
}
