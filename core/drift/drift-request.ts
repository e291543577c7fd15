import type { Table } from '../table/table.ts';
import type { DriftRules } from './drift-rules.ts';

/** The two tables, and what is known of their columns. */
export interface DriftRequest {
  readonly reference: Table;
  readonly current: Table;
  readonly target: string | null;
  /** Columns that are not compared, and why. */
  readonly ignored: ReadonlyMap<string, string>;
  readonly rules: DriftRules;
}
