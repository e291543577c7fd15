import type { Target } from '../../dataset/target.ts';
import { metrics } from '../../metrics/index.ts';

/** The largest drop that the first gates allow. */
const FIRST_LIMIT = '2%';
/** Below this share of positives, a ranking that looks good may find none of them. */
const RARE = 0.1;

/** Metrics to compute, the primary one first, and those among them that are gated. */
export interface FirstMetrics {
  readonly metrics: readonly string[];
  readonly gates: readonly { readonly metric: string; readonly maxDrop: string }[];
}

/**
 * The metrics of a first project file. Two of different kinds are gated, so that a model cannot collapse unseen: how rows are ranked and
 * which class they get, or how much is explained and how far off the values are.
 */
export function firstMetrics(target: Target): FirstMetrics {
  const gated = gatedMetrics(target);
  const byDefault = metrics.all
    .filter((metric) => metric.byDefault && metric.targetTypes.includes(target.type))
    .map(({ id }): string => id);
  const listed = metrics.ids.filter((id) => byDefault.includes(id) || gated.includes(id));
  return {
    metrics: [byDefault[0]!, ...listed.filter((id) => id !== byDefault[0])],
    gates: gated.map((metric) => ({ metric, maxDrop: FIRST_LIMIT })),
  };
}

function gatedMetrics({ type, values }: Target): readonly string[] {
  if (type === 'continuous') return ['r2', 'mae'];
  if (type === 'multiclass') return ['f1', 'accuracy'];
  const positives = values.reduce((sum, value) => sum + value, 0);
  return positives < RARE * values.length ? ['roc_auc', 'average_precision', 'f1'] : ['roc_auc', 'f1'];
}
