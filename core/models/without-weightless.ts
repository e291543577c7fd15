import type { Feature } from '../preprocessing/features.ts';
import { takeValues } from '../table/take-values.ts';
import type { TrainingData } from './model.ts';

/** The data without rows of weight 0: they must not even choose the borders of bins. */
export function withoutWeightless(data: TrainingData): TrainingData {
  const { weights, features, target, nClasses, keys } = data;
  if (!weights?.includes(0)) return data;
  const rows = Uint32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const pick = (values: Float64Array) => takeValues(values, rows);
  const columns = features.columns.map(
    (column): Feature =>
      column.kind === 'numeric'
        ? { ...column, values: pick(column.values) }
        : { ...column, codes: takeValues(column.codes, rows) },
  );
  return {
    features: { nSamples: rows.length, columns },
    target: pick(target),
    nClasses,
    weights: pick(weights),
    ...(keys && { keys: pick(keys) }),
  };
}
