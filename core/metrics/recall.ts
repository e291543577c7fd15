import { classRatio, RECALL } from './class-ratio.ts';

/** `sklearn.metrics.recall_score`. */
export const recall = classRatio(
  'recall',
  'share of the class’s rows that were decided for it; mean over classes when there are more than two',
  RECALL,
  'binary',
);
