import type { Estimate } from '../tracking/run.ts';
import { code, number, type Sentence, sentence, strong, text } from './fragments.ts';
import { ARROWS, gateRow, worstFirst } from './gate-row.ts';
import { sliceName } from './gate-sentences.ts';
import { table } from './markdown-blocks.ts';
import { markOf } from './marks.ts';
import { count, number as decimal, signed } from './numbers.ts';
import type { DatasetReport, ModelReport, Report } from './report-schema.ts';
import { sparkline } from './sparkline.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';

/** One row per gate, worst first. */
export function gateTable({ verdict, datasets }: Report): Markdown {
  if (!verdict || verdict.gates.length === 0) return toMarkdown([]);
  const header = ['', 'Gate', 'Model', 'Baseline', 'This change', 'Δ', 'Allowed', 'p-value', '± SE', 'History'];
  const rows = worstFirst(verdict.gates).map((gate) => {
    const { name, model, baseline, value, delta, allowed, pValue, standardError } = gateRow(gate);
    const history = historyOf(datasets, gate);
    return [[text(markOf(gate))], name, model, baseline, value, delta, allowed, pValue, standardError, history];
  });
  return table([header.map(heading), ...rows], [':-:', 'l', 'l', 'r', 'r', 'r', 'c', 'r', 'r', 'l']);
}

/** Earlier values on the default branch. */
function historyOf(
  datasets: readonly DatasetReport[],
  gate: NonNullable<Report['verdict']>['gates'][number],
): Sentence {
  if ((gate.kind !== 'floor' && gate.kind !== 'limit') || gate.slice) return [];
  const model = datasets
    .find(({ dataset }) => dataset === gate.dataset)
    ?.models.find(({ model: id }) => id === gate.model);
  const trend = model?.metrics.find(({ metric }) => metric === gate.metric)?.trend ?? [];
  return trend.length > 1 ? [code(sparkline(trend))] : [];
}

/** Every model and metric of a dataset. */
export function metricTable({ models, selectedModel }: DatasetReport): Markdown {
  const header = ['Model', 'Metric', 'Out of fold (95 % CI)', 'Δ', 'Test', 'Train'];
  const rows = models.flatMap(({ model, metrics, measuredOn }) =>
    metrics.map(({ metric, direction, outOfFold, test, train, delta }, i) => [
      i > 0 ? [] : [model === selectedModel ? strong(code(model)) : code(model), text(measuredNote(measuredOn))],
      sentence`${metric} ${ARROWS[direction]}`,
      withInterval(outOfFold),
      [number(delta, signed)],
      [number(test.value)],
      [number(train.value)],
    ]),
  );
  return table([header.map(heading), ...rows], ['l', 'l', 'r', 'r', 'r', 'r']);
}

/** The selected model on each slice: a row per slice, its metrics side by side. */
export function sliceTable({ slices }: DatasetReport): Markdown {
  const ids = slices[0]?.metrics.map(({ metric }) => metric) ?? [];
  const header = ['Slice', 'Rows', ...ids.flatMap((id) => [`${id} (95 % CI)`, 'Δ'])];
  const rows = slices.map((slice) => [
    [sliceName(slice)],
    [text(count(slice.n))],
    ...slice.metrics.flatMap(({ outOfFold, delta }) => [withInterval(outOfFold), [number(delta, signed)]]),
  ]);
  return table([header.map(heading), ...rows], ['l', 'r', ...ids.flatMap(() => ['r', 'r'])]);
}

/** What stands behind a model's name where its numbers are less than they look like. */
export function measuredNote(measuredOn: ModelReport['measuredOn']): string {
  return { folds: '', test: ' (test set only)', self_reported: ' (self-reported)' }[measuredOn];
}

export function withInterval({ value, ci }: Estimate): Sentence {
  return ci ? sentence`${number(value)} (${decimal(ci[0])} – ${decimal(ci[1])})` : [number(value)];
}

function heading(name: string): Sentence {
  return [text(name)];
}
