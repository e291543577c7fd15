import { renderFindings } from './findings.ts';
import { count } from './numbers.ts';
import { printable } from './printable.ts';

interface TableCheck {
  readonly dataset: string | null;
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly unknown[];
  readonly target: string | null;
  readonly findings: readonly { readonly message: string; readonly next: string | null }[];
  readonly notes: readonly string[];
}

/** For a terminal: what was found in each table. */
export function renderTableChecks(tables: readonly TableCheck[]): string {
  return tables.map(renderTable).join('\n');
}

function renderTable({ dataset, table, rows, columns, target, findings, notes }: TableCheck): string {
  const about = [
    `${count(rows)} rows`,
    `${count(columns.length)} columns`,
    target === null ? 'no target' : `target ${printable(target)}`,
    ...(dataset === null ? [] : [`dataset ${printable(dataset)}`]),
  ];
  return [
    `${printable(table)}: ${about.join(', ')}`,
    ...(findings.length > 0 ? ['data check:', ...renderFindings(findings)] : ['data check: nothing found']),
    ...notes.map((note) => `note: ${printable(note)}`),
    ...(target === null ? ['note: features that give the target away are looked for with --target <column>'] : []),
    '',
  ].join('\n');
}
