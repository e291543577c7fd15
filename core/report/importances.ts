import type { FeatureImportance, ModelImportances } from '../evaluation/explanation/feature-importance.ts';
import { type Column, categoricalColumn, createTable, type Table as DataTable } from '../table/table.ts';
import { count, number, plural, signed } from './numbers.ts';
import { printable } from './printable.ts';
import { terminalTable } from './terminal-table.ts';

/** For a terminal: one line per feature, `top` of them. */
export function renderImportances({ title, metric, importances, notes }: ModelImportances, top: number): string {
  const has = {
    gain: importances.some(({ gain }) => gain !== null),
    shap: importances.some(({ shap }) => shap !== null),
  };
  const head = [
    'feature',
    ...(has.gain ? ['gain'] : []),
    ...(metric ? [`permutation (${metric})`, '95 %'] : []),
    ...(has.shap ? ['mean |SHAP|'] : []),
  ];
  const rows = importances.slice(0, top).map(({ feature, gain, permutation, shap }) => {
    const interval = permutation?.interval;
    return [
      feature,
      ...(has.gain ? [gain === null ? '—' : `${(100 * gain).toFixed(1)} %`] : []),
      ...(metric
        ? [signed(permutation?.mean ?? null), interval ? `± ${number((interval[1] - interval[0]) / 2)}` : '—']
        : []),
      ...(has.shap ? [number(shap && mean(shap))] : []),
    ];
  });
  const more = importances.length - top;
  return [
    printable(title),
    terminalTable(head, rows),
    ...(more > 0 ? [`and ${plural(more, 'feature')} more: --top ${count(importances.length)}`] : []),
    ...notes.map(printable),
    '',
  ].join('\n');
}

/** The same as a table of numbers, all features. */
export function importanceTable({ importances }: ModelImportances): DataTable {
  const numbers = (name: string, of: (each: FeatureImportance) => number | null | undefined): Column => ({
    kind: 'numeric',
    name,
    values: Float64Array.from(importances, (each) => of(each) ?? Number.NaN),
  });
  return createTable([
    categoricalColumn(
      'feature',
      importances.map(({ feature }) => feature),
    ),
    numbers('gain', ({ gain }) => gain),
    numbers('permutation', ({ permutation }) => permutation?.mean),
    numbers('permutation_std', ({ permutation }) => permutation?.standardDeviation),
    numbers('permutation_low', ({ permutation }) => permutation?.interval?.[0]),
    numbers('permutation_high', ({ permutation }) => permutation?.interval?.[1]),
    numbers('mean_abs_shap', ({ shap }) => shap && mean(shap)),
  ]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
