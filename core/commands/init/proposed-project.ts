import type { CheckFinding } from '../../data-check/check-table.ts';
import type { ColumnRoles } from '../../dataset/columns.ts';
import type { FirstMetrics } from './first-gates.ts';

/** A first `mlops.yml` for a table, and what it is made of. */
export interface ProposedProject extends FirstMetrics {
  /** The file, with what was guessed and found in comments. */
  readonly text: string;
  readonly dataset: string;
  readonly rows: number;
  readonly columns: ColumnRoles['roles'];
  readonly target: string;
  readonly task: 'regression' | 'classification';
  /** Empty for a regression. */
  readonly classes: readonly string[];
  readonly models: readonly string[];
  /** What the data check found. */
  readonly findings: readonly CheckFinding[];
  /** What was guessed. */
  readonly warnings: readonly string[];
}
