import type { Explanation } from '../../models/model.ts';

/** Sums |SHAP| over rows that come in blocks: how far each feature moves each output, on average. */
export interface ShapSummary {
  add(explanation: Explanation): void;
  /** nOutputs × nFeatures: mean |SHAP|, in the unit of the values; NaN before the first row. */
  mean(): Float64Array;
}

export function createShapSummary(nOutputs: number, nFeatures: number): ShapSummary {
  const sums = new Float64Array(nOutputs * nFeatures);
  let nRows = 0;
  return {
    add({ values }) {
      values.forEach((value, i) => {
        sums[i % sums.length]! += Math.abs(value);
      });
      nRows += values.length / sums.length;
    },
    mean: () => sums.map((sum) => sum / nRows),
  };
}
