import { code, join, type Sentence, sentence } from './fragments.ts';
import { count, plural } from './numbers.ts';
import type { DatasetReport, Report } from './report-schema.ts';

/** Files that are named. */
const NAMED_FILES = 8;

/** What differs from the baseline: parameters, data, code, rules. */
export function changesIn(report: Report): Sentence[] {
  return [
    ...report.datasets.flatMap((dataset) => [...paramChanges(dataset), ...dataChanges(dataset)]),
    ...codeChanges(report),
    ...ruleChanges(report),
  ];
}

/** The rules that the change edits. */
export function ruleChanges({ judgeChanges }: Pick<Report, 'judgeChanges'>): Sentence[] {
  return judgeChanges.map(
    ({ key, before, after }) =>
      sentence`rule ${code(key)}: ${code(before)} → ${code(after)}; takes effect after merge, until then the old one holds`,
  );
}

function paramChanges({ dataset, models }: DatasetReport): Sentence[] {
  return models
    .filter(({ changedParams }) => changedParams.length > 0)
    .map(({ model, changedParams }) => {
      const list = changedParams.map(({ name, before, after }) => code(`${name} ${show(before)} → ${show(after)}`));
      return sentence`${code(dataset)} parameters of ${code(model)}: ${join(list, ', ')}`;
    });
}

function dataChanges({ dataset, data, baselineData }: DatasetReport): Sentence[] {
  if (!data || !baselineData || data.sha256 === baselineData.sha256) return [];
  const rows =
    data.rows === baselineData.rows
      ? sentence`${plural(data.rows, 'row')}, as before`
      : sentence`${count(baselineData.rows)} → ${plural(data.rows, 'row')}`;
  const added = data.columns.filter((name) => !baselineData.columns.includes(name)).map(code);
  const removed = baselineData.columns.filter((name) => !data.columns.includes(name)).map(code);
  const parts = [
    rows,
    ...(added.length > 0 ? [sentence`new ${join(added, ', ')}`] : []),
    ...(removed.length > 0 ? [sentence`removed ${join(removed, ', ')}`] : []),
    [code(`${baselineData.sha256.slice(0, 7)} → ${data.sha256.slice(0, 7)}`)],
  ];
  return [sentence`${code(dataset)} data: ${join(parts, '; ')}`];
}

function codeChanges({ changedFiles }: Report): Sentence[] {
  if (!changedFiles || changedFiles.length === 0) return [];
  const shown = join(changedFiles.slice(0, NAMED_FILES).map(code), ', ');
  const more = changedFiles.length - NAMED_FILES;
  return [sentence`files: ${shown}${more > 0 ? ` and ${more} more` : ''}`];
}

function show(value: string | number | boolean | null | undefined): string {
  return value === undefined ? 'default' : String(value);
}
