import { type Column, categoricalColumn, createTable, type Table } from '../table/table.ts';
import type { MetricSummary, RunSummary } from '../tracking/run-summary.ts';

/**
 * Runs as a table, one a row. The columns of every run come first, in a fixed order; then per metric, by name,
 * `metrics.<id>`, `metrics.<id>.low`, `metrics.<id>.high` and `test.<id>`; then `params.<name>`, by name. Nothing there
 * is an empty field. A text that a spreadsheet would take for a formula has a `'` before it.
 */
export function runTable(runs: readonly RunSummary[]): Table {
  const metrics = namesOf(runs, ({ metrics: all }) => all);
  const params = namesOf(runs, ({ params: all }) => all);
  const text = (name: string, of: (run: RunSummary) => string | null) =>
    categoricalColumn(
      name,
      runs.map((run) => guarded(of(run))),
    );
  const numbers = (name: string, of: (run: RunSummary) => number | null | undefined): Column => ({
    kind: 'numeric',
    name,
    values: Float64Array.from(runs, (run) => of(run) ?? Number.NaN),
  });
  const columns = [
    text('id', ({ id }) => id),
    text('created', ({ created }) => created),
    text('dataset', ({ dataset }) => dataset),
    text('model', ({ model }) => model),
    text('task', ({ task }) => task),
    text('target', ({ target }) => target),
    text('sha', ({ sha }) => sha),
    text('branch', ({ branch }) => branch),
    text('dirty', ({ dirty }) => String(dirty)),
    text('measured_on', ({ measuredOn }) => measuredOn),
    numbers('repeats', ({ repeats }) => repeats),
    numbers('rows', ({ rows }) => rows),
    text('data_sha256', ({ dataSha256 }) => dataSha256),
    text('model_sha256', ({ modelSha256 }) => modelSha256),
    numbers('fit_seconds', ({ fitSeconds }) => fitSeconds),
    ...metrics.flatMap((id) => {
      const of = (run: RunSummary): MetricSummary | undefined =>
        Object.hasOwn(run.metrics, id) ? run.metrics[id] : undefined;
      return [
        numbers(`metrics.${id}`, (run) => of(run)?.pooled),
        numbers(`metrics.${id}.low`, (run) => of(run)?.low),
        numbers(`metrics.${id}.high`, (run) => of(run)?.high),
        numbers(`test.${id}`, (run) => of(run)?.test),
      ];
    }),
    ...params.map((name) =>
      text(`params.${name}`, (run) => {
        const value = Object.hasOwn(run.params, name) ? run.params[name]! : null;
        return value === null ? null : String(value);
      }),
    ),
  ];
  // Of names that a record from elsewhere made equal (`a` and `a.low`), the first column stands.
  return createTable(columns.filter(({ name }, i) => columns.findIndex((other) => other.name === name) === i));
}

function namesOf(runs: readonly RunSummary[], of: (run: RunSummary) => object): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(of(run))))].sort();
}

/** Numbers may begin with a sign; other text that does is taken for a formula by spreadsheets. */
function guarded(text: string | null): string | undefined {
  if (text === null) return undefined;
  return /^[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
}
