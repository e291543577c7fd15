import { z } from 'zod';
import { renderTableChecks } from '../../report/table-check.ts';
import type { Outcome } from '../command.ts';
import { type ExaminedTable, examineTable } from '../examine-table.ts';
import type { CommandPorts } from '../ports.ts';
import { tableFinding } from '../table-finding.ts';
import { type ChosenTable, chosenTables } from './chosen-tables.ts';
import { nextStep } from './next-step.ts';

const checkedTable = z.strictObject({
  /** Null: the table belongs to no dataset. */
  dataset: z.string().nullable(),
  table: z.string(),
  rows: z.int(),
  columns: z.array(z.strictObject({ name: z.string(), kind: z.string() })),
  /** Null: none was named. */
  target: z.string().nullable(),
  /** What was found, and what to do; null: nothing has to be done. */
  findings: z.array(tableFinding),
  /** What was guessed. */
  notes: z.array(z.string()),
});

export const result = z.strictObject({ tables: z.array(checkedTable) });
type Result = z.infer<typeof result>;

interface Options {
  readonly table?: string | undefined;
  readonly target?: string | undefined;
  readonly dataset: readonly string[];
}

/** Runs the data check over the tables that were chosen. */
export async function run(ports: CommandPorts, options: Options): Promise<Outcome<Result>> {
  const tables: Result['tables'] = [];
  for (const chosen of await chosenTables(ports, options)) {
    const { files, path, facts, absent } = chosen;
    tables.push(shown(chosen, await examineTable(files, path, facts, absent)));
  }
  return { result: { tables }, files: [], warnings: [] };
}

function shown(
  { dataset, path }: ChosenTable,
  { rows, columns, target, reading, findings, warnings }: ExaminedTable,
): Result['tables'][number] {
  return {
    dataset,
    table: path,
    rows,
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    target: target?.name ?? null,
    findings: findings.map((finding) => ({
      check: finding.check,
      columns: [...finding.columns],
      message: finding.message,
      next: nextStep(finding, reading),
    })),
    notes: [...warnings],
  };
}

export function terminal({ result: { tables } }: Outcome<Result>): string {
  return renderTableChecks(tables);
}
