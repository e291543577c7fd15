import { metrics } from '../metrics/index.ts';
import type { EvaluatedRun } from './compare-models.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import { isSelfReported } from './weakness.ts';

/**
 * The model that gates judge: the one named, else the one with the best primary metric among these runs. A self-reported value never
 * beats a measured one.
 */
export function selectedModel(
  { gates, metrics: ids, models }: Pick<DatasetComparison, 'gates' | 'metrics' | 'models'>,
  evaluatedRuns: ReadonlyMap<string, EvaluatedRun>,
  metricOf: (model: string, metric: string) => number | null | undefined = (model, metric) =>
    evaluatedRuns.get(model)?.run.metrics[metric]?.outOfFold.value,
): string | null {
  if (gates.model) return gates.model;
  const primary = ids[0];
  if (primary === undefined) return null;
  const { direction } = metrics.get(primary);
  const valued = models.flatMap((model) => {
    const run = evaluatedRuns.get(model)?.run;
    const value = metricOf(model, primary);
    return run && value != null ? [{ model, value, isMeasured: !isSelfReported(run) }] : [];
  });
  const measured = valued.filter(({ isMeasured }) => isMeasured);
  let best: { model: string; value: number } | undefined;
  for (const { model, value } of measured.length > 0 ? measured : valued) {
    if (!best || (direction === 'maximize' ? value > best.value : value < best.value)) best = { model, value };
  }
  return best?.model ?? null;
}

/**
 * The model that limits compare: the one selected in the baseline, so that a change cannot choose another. Where the
 * primary metric is newer than the baseline, by what its predictions give for it; where there are neither, or no model of
 * the baseline is expected any more, the candidate's.
 */
export function comparedModel(each: Omit<DatasetComparison, 'dataset' | 'slices'>): string | null {
  const { baseline, candidate, comparisons, metrics: ids, models } = each;
  if (!(baseline instanceof Map)) return selectedModel(each, candidate);
  const knowsPrimary = models.some((model) => Object.hasOwn(baseline.get(model)?.run.metrics ?? {}, ids[0] ?? ''));
  if (knowsPrimary) return selectedModel(each, baseline);
  return (
    selectedModel(each, baseline, (model, metric) => comparisons.get(model)?.differences.get(metric)?.baseline) ??
    selectedModel(each, candidate)
  );
}

/**
 * The candidate's model that floors judge: the selected one of those that are expected and will still be there after the merge; where
 * the change drops them all, of those that it lists.
 */
export function keptModel(each: Omit<DatasetComparison, 'dataset' | 'slices'>): string | null {
  const { candidate, gates, models, listed } = each;
  const kept = models.filter((model) => listed.includes(model));
  return selectedModel(
    {
      ...each,
      gates: { ...gates, model: gates.model !== null && listed.includes(gates.model) ? gates.model : null },
      models: kept.length > 0 ? kept : listed,
    },
    candidate,
  );
}
