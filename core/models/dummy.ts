import { z } from 'zod';
import { type ConstantState, constantFromJson } from './constant-state.ts';
import { defineModel } from './define-model.ts';
import type { FittedModel } from './model.ts';

/** What no model may be worse than: the mean, or the shares of the classes (`sklearn.dummy`, strategies `mean` and `prior`). */
export const dummy = defineModel({
  id: 'dummy',
  summary: 'predicts the mean or the class frequencies and ignores the features: the simplest baseline',
  tasks: ['regression', 'classification'],
  encoding: 'native',
  params: z.strictObject({}),
  isRandom: () => false,
  async learn({ target, nClasses, weights }) {
    const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : target.length;
    const sums = new Array<number>(Math.max(1, nClasses)).fill(0);
    for (const [row, y] of target.entries()) {
      const weight = weights?.[row] ?? 1;
      if (nClasses === 0) sums[0]! += weight * y;
      else sums[y]! += weight;
    }
    return fitted({ kind: 'constant', values: sums.map((sum) => sum / total) });
  },
  load: (json) => fitted(constantFromJson(json)),
});

function fitted(state: ConstantState): FittedModel {
  const { values } = state;
  return {
    predict: ({ nSamples }) =>
      Float64Array.from({ length: nSamples * values.length }, (_, i) => values[i % values.length]!),
    state,
  };
}
