import type { CheckedTable, Finding } from './data-check.ts';
import { dataChecks } from './index.ts';

/** A finding, and the check that made it. */
export interface CheckFinding extends Finding {
  readonly check: string;
}

/** Everything that the checks find in a table, in their order. */
export function checkTable(checked: CheckedTable): readonly CheckFinding[] {
  return dataChecks.all.flatMap(({ id, find }) => find(checked).map((finding) => ({ check: id, ...finding })));
}
