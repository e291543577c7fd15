import { metrics } from '../metrics/index.ts';
import type { Run } from '../tracking/run.ts';
import type { DatasetComparison } from './dataset-comparison.ts';
import { dropOf } from './drop-of.ts';
import { selectedModel } from './selected-model.ts';

/**
 * Random models of the baseline that are within one standard error of the one that is selected there by its value, and random too.
 * The best of several is partly the luckiest: trained again it falls back, as if it had become worse. So limits that compare it count
 * once more in Holm's correction for each of these. None where `gates.model` names the model.
 */
export function rivalsOf({
  gates,
  metrics: ids,
  models,
  baseline,
}: Pick<DatasetComparison, 'gates' | 'metrics' | 'models' | 'baseline'>): string[] {
  const [primary] = ids;
  if (!(baseline instanceof Map) || primary === undefined || gates.model !== null) return [];
  const selected = selectedModel({ gates, metrics: ids, models }, baseline);
  const best = selected === null ? undefined : baseline.get(selected)?.run.metrics[primary];
  const { value, se } = best?.outOfFold ?? { value: null, se: null };
  if (value === null || se === null || !isRandom(baseline.get(selected!)!.run, primary)) return [];
  return models.filter((model) => {
    const run = model === selected ? undefined : baseline.get(model)?.run;
    const other = run?.metrics[primary]?.outOfFold.value ?? null;
    return (
      run !== undefined && other !== null && isRandom(run, primary) && dropOf(metrics.get(primary), value, other) <= se
    );
  });
}

function isRandom({ metrics: measured }: Run, metric: string): boolean {
  return (measured[metric]?.seedNoise?.variance ?? 0) > 0;
}
