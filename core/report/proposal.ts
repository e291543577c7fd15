import { alignColumns } from './columns.ts';
import { renderFindings } from './findings.ts';
import { count } from './numbers.ts';
import { printable } from './printable.ts';

/** What was found in a table, and what a first project file makes of it. */
interface Proposal {
  readonly config: string;
  readonly table: string;
  readonly dataset: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly kind: string }[];
  readonly target: string;
  readonly task: string;
  readonly classes: readonly string[];
  readonly metrics: readonly string[];
  readonly models: readonly string[];
  readonly gates: readonly { readonly metric: string; readonly maxDrop: string }[];
  readonly findings: readonly { readonly message: string; readonly next: string | null }[];
  /** Lines that were added to `.gitignore`. */
  readonly ignored: readonly string[];
}

/** Names that a line shows. */
const SHOWN = 12;

/** For a terminal: the file that was written, what was found, and what to look at. */
export function renderProposal(proposal: Proposal, warnings: readonly string[]): string {
  const { config, table, dataset, rows, columns, target, task, classes, metrics, models, gates, findings, ignored } =
    proposal;
  const kinds = [...new Set(columns.map(({ kind }) => kind))].filter((kind) => kind !== 'target');
  const lines: [string, string][] = [
    ['table', `${table}: ${count(rows)} rows, ${count(columns.length)} columns`],
    ['dataset', dataset],
    ['target', `${target}: ${task}${classes.length > 0 ? ` of ${some(classes)}` : ''}`],
    ...kinds.map((kind): [string, string] => [
      kind,
      some(columns.filter((column) => column.kind === kind).map(({ name }) => name)),
    ]),
    ['metrics', metrics.join(', ')],
    ['models', models.join(', ')],
    ['gates', gates.map(({ metric, maxDrop }) => `${metric} (at most ${maxDrop} worse)`).join(', ')],
  ];
  return [
    `wrote ${printable(config)}`,
    ...(ignored.length > 0 ? [`added ${ignored.join(', ')} to .gitignore, since these folders are made anew`] : []),
    '',
    ...alignColumns(lines, ['left', 'left']),
    ...(findings.length > 0 ? ['', 'data check:', ...renderFindings(findings)] : []),
    ...(warnings.length > 0 ? ['', ...warnings.map((warning) => `warning: ${printable(warning)}`)] : []),
    '',
  ].join('\n');
}

function some(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${count(names.length - SHOWN)} more` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more}`;
}
