import type { EvaluatedRun, ModelComparison } from '../core/comparison/compare-models.ts';
import type { DatasetComparison } from '../core/comparison/dataset-comparison.ts';
import type { LimitGate } from '../core/comparison/gate-result.ts';
import { judge } from '../core/comparison/judge.ts';
import type { Trainee } from './train-run.ts';

/** The smallest true drop that a report says is caught nine times in ten; null where it names none. */
export function smallestDropOf({ compared }: LimitGate): number | null {
  return compared?.test?.smallestDrop ?? null;
}

/** One `max_drop` gate of one model, by the product's own code. */
export function judged(
  { model, source }: Pick<Trainee, 'model' | 'source'>,
  metric: string,
  limit: number,
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
  comparison: ModelComparison,
): LimitGate {
  const one: DatasetComparison = {
    dataset: source.id,
    gates: { model: null, byMetric: { [metric]: { max_drop: limit } }, byBudget: {}, bySlice: {} },
    ...{ metrics: [metric], models: [model], listed: [model], candidate: new Map([[model, candidate]]) },
    ...{ baseline: new Map([[model, baseline]]), comparisons: new Map([[model, comparison]]) },
    slices: [],
  };
  const { gates, evaluationSets } = judge([one], { onDataChange: 'fail' });
  if (evaluationSets.some(({ outcome }) => outcome !== 'pass')) throw new Error(`${source.id}: not the same exam`);
  const [gate] = gates;
  if (gate?.kind !== 'limit') throw new Error(`${source.id}: no limit was judged`);
  return gate;
}
