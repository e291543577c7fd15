import { type Column, categoricalColumn, createTable, type Table as DataTable } from '../table/table.ts';
import { count, number, plural, signed } from './numbers.ts';
import { printable } from './printable.ts';
import { terminalTable } from './terminal-table.ts';

/** What is known of one feature; null where it cannot be told. */
export interface FeatureImportance {
  readonly feature: string;
  /** Share of what the splits gained. */
  readonly gain: number | null;
  /** How much worse the metric is with the column shuffled, in the unit of the metric. */
  readonly permutation: {
    readonly mean: number;
    readonly standardDeviation: number;
    readonly interval: readonly [number, number] | null;
  } | null;
  /** Mean |SHAP|: of the value, the positive class, or of more classes each. */
  readonly shap: readonly number[] | null;
}

/** What a model needs, the most needed first. */
export interface ImportanceReport {
  readonly title: string;
  /** Null where permutation importance cannot be told. */
  readonly metric: string | null;
  readonly features: readonly FeatureImportance[];
  /** What a reader has to know of the numbers. */
  readonly notes: readonly string[];
}

/** For a terminal: one line per feature, `top` of them. */
export function renderImportances({ title, metric, features, notes }: ImportanceReport, top: number): string {
  const has = {
    gain: features.some(({ gain }) => gain !== null),
    shap: features.some(({ shap }) => shap !== null),
  };
  const head = [
    'feature',
    ...(has.gain ? ['gain'] : []),
    ...(metric ? [`permutation (${metric})`, '95 %'] : []),
    ...(has.shap ? ['mean |SHAP|'] : []),
  ];
  const rows = features.slice(0, top).map(({ feature, gain, permutation, shap }) => {
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
  const more = features.length - top;
  return [
    printable(title),
    terminalTable(head, rows),
    ...(more > 0 ? [`and ${plural(more, 'feature')} more: --top ${count(features.length)}`] : []),
    ...notes.map(printable),
    '',
  ].join('\n');
}

/** The same as a table of numbers, all features. */
export function importanceTable({ features }: ImportanceReport): DataTable {
  const numbers = (name: string, of: (each: FeatureImportance) => number | null | undefined): Column => ({
    kind: 'numeric',
    name,
    values: Float64Array.from(features, (each) => of(each) ?? Number.NaN),
  });
  return createTable([
    categoricalColumn(
      'feature',
      features.map(({ feature }) => feature),
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
