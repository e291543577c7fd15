import { classRatio, RECALL } from './class-ratio.ts';

/** `sklearn.metrics.recall_score`. */
export const recall = classRatio(
  'recall',
  'share of the positive rows that are predicted as positive; mean over classes when there are more than two',
  RECALL,
  'binary',
);
