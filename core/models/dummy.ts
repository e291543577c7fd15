import { z } from 'zod';
import { StoreError } from '../errors/app-error.ts';
import { defineModel, type FittedModel } from './model.ts';

const stored = z.strictObject({ values: z.array(z.number().finite()).min(1).max(256) });

/** What no model may be worse than: the mean, or the shares of the classes (`sklearn.dummy`, strategies `mean` and `prior`). */
export const dummy = defineModel({
  id: 'dummy',
  summary: 'predicts the mean, or the shares of the classes, whatever the features: the baseline of baselines',
  tasks: ['regression', 'classification'],
  encoding: 'native',
  params: z.strictObject({}),
  isRandom: () => false,
  async fit({ target, nClasses, weights }) {
    const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : target.length;
    const sums = new Array<number>(Math.max(1, nClasses)).fill(0);
    for (const [row, y] of target.entries()) {
      const weight = weights?.[row] ?? 1;
      if (nClasses === 0) sums[0]! += weight * y;
      else sums[y]! += weight;
    }
    return fitted(sums.map((sum) => sum / total));
  },
  load(json) {
    const parsed = stored.safeParse(json);
    if (!parsed.success)
      throw new StoreError({ message: `the dummy in the model file is broken: ${parsed.error.issues[0]!.message}` });
    return fitted(parsed.data.values);
  },
});

function fitted(values: readonly number[]): FittedModel {
  return {
    predict: ({ nSamples }) =>
      Float64Array.from({ length: nSamples * values.length }, (_, i) => values[i % values.length]!),
    toJSON: () => ({ values: [...values] }),
  };
}
