import { markdownTable } from 'markdown-table';
import type { GateResult } from '../comparison/verdict.ts';
import type { Estimate } from '../tracking/run.ts';
import { code } from './escape.ts';
import { count, number, pValue, signed } from './numbers.ts';
import type { DatasetReport, ModelReport, Report } from './report.ts';
import { MARKS, sliceName } from './sentences.ts';
import { sparkline } from './sparkline.ts';

/** A table whose cells cannot break out of it. */
export function table(rows: readonly (readonly string[])[], align: readonly string[]): string {
  const safe = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  return markdownTable(safe, { align: [...align], stringLength: (text) => [...text].length });
}

const ARROWS = { maximize: '↑', minimize: '↓' } as const;

/** One row per gate, worst first. */
export function gateTable({ verdict, datasets }: Report): string {
  if (!verdict || verdict.gates.length === 0) return '';
  const rank = { fail: 0, inconclusive: 1, pass: 2 };
  const gates = [...verdict.gates].sort((a, b) => rank[a.outcome] - rank[b.outcome]);
  const header = ['', 'Gate', 'Model', 'baseline', 'this change', 'Δ', 'Allowed', 'Certainty', 'On main'];
  const rows = gates.map((gate) => [
    MARKS[gate.outcome],
    `${code(gate.dataset)} **${gate.metric}** ${ARROWS[gate.direction]}${gate.slice ? ` ${sliceName(gate.slice)}` : ''}`,
    gate.model,
    number(gate.baseline),
    `**${number(gate.value)}**`,
    gate.drop === null ? '—' : signed(gate.direction === 'maximize' ? -gate.drop : gate.drop),
    allowed(gate),
    certainty(gate),
    trendOf(datasets, gate),
  ]);
  return table([header, ...rows], [':-:', 'l', 'l', 'r', 'r', 'r', 'c', 'c', 'l']);
}

function allowed(gate: GateResult): string {
  if (gate.kind === 'budget')
    return `≤ ${number(gate.allowed)}${gate.written.endsWith('%') ? ` (${gate.written.replace('max_rise: ', '+')})` : ''}`;
  if (gate.kind === 'floor') return `${gate.written.startsWith('max') ? '≤' : '≥'} ${number(gate.allowed)}`;
  const worst = gate.direction === 'maximize' ? `≥ ${signed(-gate.allowed)}` : `≤ ${signed(gate.allowed)}`;
  return gate.written.endsWith('%') ? `${worst} (${gate.written.slice('max_drop: '.length)})` : worst;
}

function certainty(gate: GateResult): string {
  if (gate.kind === 'floor')
    return gate.standardError === null ? '—' : `± ${number(gate.standardError)}${gate.nearFloor ? ', near' : ''}`;
  return gate.adjustedPValue === null ? '—' : pValue(gate.adjustedPValue);
}

function trendOf(datasets: readonly DatasetReport[], gate: GateResult): string {
  if (gate.slice) return '';
  const model = datasets
    .find(({ dataset }) => dataset === gate.dataset)
    ?.models.find(({ model: id }) => id === gate.model);
  const trend = model?.metrics.find(({ metric }) => metric === gate.metric)?.trend ?? [];
  return trend.length > 1 ? code(sparkline(trend)) : '';
}

/** Every model and metric of a data set. */
export function metricTable({ models, selectedModel }: DatasetReport): string {
  const header = ['Model', 'Metric', 'out of fold (95 %)', 'Δ', 'test', 'train'];
  const rows = models.flatMap(({ model, metrics, measuredOn }) =>
    metrics.map(({ metric, direction, outOfFold, test, train, delta }, i) => [
      i > 0 ? '' : (model === selectedModel ? `**${model}**` : model) + measuredNote(measuredOn),
      `${metric} ${ARROWS[direction]}`,
      withInterval(outOfFold),
      signed(delta),
      number(test.value),
      number(train.value),
    ]),
  );
  return table([header, ...rows], ['l', 'l', 'r', 'r', 'r', 'r']);
}

/** The selected model on each slice: a row per slice, its metrics side by side. */
export function sliceTable({ slices }: DatasetReport): string {
  const ids = slices[0]?.metrics.map(({ metric }) => metric) ?? [];
  const header = ['Slice', 'Rows', ...ids.flatMap((id) => [`${id} (95 %)`, 'Δ'])];
  const rows = slices.map((slice) => [
    sliceName(slice),
    count(slice.n),
    ...slice.metrics.flatMap(({ outOfFold, delta }) => [withInterval(outOfFold), signed(delta)]),
  ]);
  return table([header, ...rows], ['l', 'r', ...ids.flatMap(() => ['r', 'r'])]);
}

/** What stands behind a model's name where its numbers are less than they look like. */
export function measuredNote(measuredOn: ModelReport['measuredOn']): string {
  return { folds: '', test: ' (test set alone)', self_reported: ' (self-reported)' }[measuredOn];
}

function withInterval({ value, ci }: Estimate): string {
  return ci ? `${number(value)} (${number(ci[0])} – ${number(ci[1])})` : number(value);
}
