import { code } from './escape.ts';
import { count, plural } from './numbers.ts';
import type { DatasetReport, Report } from './report.ts';

/** What differs from the baseline: parameters, data, code, rules. One line each; empty when nothing is known to. */
export function whatChanged(report: Report): string {
  const lines = [
    ...report.datasets.flatMap((dataset) => [...paramChanges(dataset), ...dataChanges(dataset)]),
    ...codeChanges(report),
    ...report.judgeChanges.map(
      ({ key, before, after }) =>
        `- rule ${code(key)}: ${code(before)} → ${code(after)}; takes effect after merge, this change is judged by the old one`,
    ),
  ];
  if (lines.length > 0) return ['**What changed**', '', ...lines].join('\n');
  return report.datasets.some(({ baseline }) => baseline.kind !== 'none')
    ? '**What changed** — no parameter, no data and no file that is known here'
    : '';
}

function paramChanges({ dataset, models }: DatasetReport): string[] {
  return models
    .filter(({ changedParams }) => changedParams.length > 0)
    .map(({ model, changedParams }) => {
      const list = changedParams.map(({ name, before, after }) => code(`${name} ${show(before)} → ${show(after)}`));
      return `- ${code(dataset)} parameters of ${model}: ${list.join(', ')}`;
    });
}

function dataChanges({ dataset, data, baselineData }: DatasetReport): string[] {
  if (!data || !baselineData || data.sha256 === baselineData.sha256) return [];
  const rows =
    data.rows === baselineData.rows
      ? `${plural(data.rows, 'row')}, as before`
      : `${count(baselineData.rows)} → ${plural(data.rows, 'row')}`;
  const added = data.columns.filter((name) => !baselineData.columns.includes(name));
  const gone = baselineData.columns.filter((name) => !data.columns.includes(name));
  const columns = [
    added.length > 0 ? `new ${added.map(code).join(', ')}` : '',
    gone.length > 0 ? `gone ${gone.map(code).join(', ')}` : '',
  ].filter((part) => part !== '');
  const hashes = code(`${baselineData.sha256.slice(0, 7)} → ${data.sha256.slice(0, 7)}`);
  return [`- ${code(dataset)} data: ${[rows, ...columns, hashes].join('; ')}`];
}

function codeChanges({ changedFiles }: Report): string[] {
  if (!changedFiles || changedFiles.length === 0) return [];
  const shown = changedFiles.slice(0, 8).map(code).join(', ');
  const rest = changedFiles.length > 8 ? ` and ${changedFiles.length - 8} more` : '';
  return [`- files: ${shown}${rest}`];
}

function show(value: unknown): string {
  return value === undefined ? 'default' : value === null ? 'null' : String(value);
}
