import { defineMetric } from './metric.ts';
import { influenceOnMean, weightedMean } from './weights.ts';

/** Share of rows decided right (`sklearn.metrics.accuracy_score`). NaN without rows. */
export const accuracy = defineMetric({
  id: 'accuracy',
  summary: 'share of rows predicted correctly',
  direction: 'maximize',
  range: [0, 1],
  targetTypes: ['binary', 'multiclass'],
  needs: 'classes',
  byDefault: true,
  uncertainty: 'influence',
  pooling: 'pooled',
  fewRows: 'discordant_rows',
  compute: (input) => weightedMean(input, (row) => Number(input.predictedClass[row] === input.target[row])),
  influence: (input) => influenceOnMean(input, (row) => Number(input.predictedClass[row] === input.target[row])),
});
