import { code, number, type Sentence, sentence } from './fragments.ts';
import type { DatasetReport, MetricReport, Report } from './report-schema.ts';

/** A metric without a gate is named when it changed by this share of its baseline. */
const NOTABLE = 0.05;

/** What moved, by dataset: the primary metric, and the metric without a gate that changed most. */
export function movedMetrics({ datasets, verdict }: Report): Sentence[] {
  return datasets.flatMap((each) => {
    const gated = new Set(
      (verdict?.gates ?? []).flatMap((gate) =>
        gate.kind === 'limit' && gate.dataset === each.dataset && !gate.slice ? [gate.metric] : [],
      ),
    );
    const primary = primaryMoved(each);
    return [...primary, ...otherMoved(each, gated, primary.length > 0)];
  });
}

function primaryMoved(each: DatasetReport): Sentence[] {
  const { dataset, primaryMetric, selectionChange } = each;
  if (selectionChange) {
    const { before, after } = selectionChange;
    return [
      sentence`${code(dataset)} ${primaryMetric} ${number(before.value)} (${code(before.model)}) → ${number(after.value)} (${code(after.model)})`,
    ];
  }
  const metric = metricsOf(each).find(({ metric: id }) => id === primaryMetric);
  if (!metric || metric.baseline === null || metric.delta === null || metric.delta === 0) return [];
  return [sentence`${code(dataset)} ${primaryMetric} ${fromTo(metric.baseline, metric.delta)}`];
}

/** Beside a primary metric that moved, only what no gate watches and what changed much. */
function otherMoved(each: DatasetReport, gated: ReadonlySet<string>, hasPrimary: boolean): Sentence[] {
  const moved = metricsOf(each).flatMap(({ metric, baseline, delta }) => {
    if (metric === each.primaryMetric || baseline === null || delta === null || delta === 0) return [];
    const share = baseline === 0 ? Number.POSITIVE_INFINITY : Math.abs(delta / baseline);
    const isNotable = !hasPrimary || (!gated.has(metric) && share >= NOTABLE);
    return isNotable ? [{ metric, baseline, delta, share }] : [];
  });
  const [most] = moved.sort((a, b) => b.share - a.share);
  if (!most) return [];
  const unwatched = gated.has(most.metric) ? '' : ' (no limit is set)';
  return [sentence`${code(each.dataset)} ${most.metric} ${fromTo(most.baseline, most.delta)}${unwatched}`];
}

function metricsOf({ models, selectedModel }: DatasetReport): readonly MetricReport[] {
  return models.find(({ model }) => model === selectedModel)?.metrics ?? [];
}

function fromTo(baseline: number, delta: number): Sentence {
  return sentence`${number(baseline)} → ${number(baseline + delta)}`;
}
