import { classRatio, RECALL } from './class-ratio.ts';

/** `sklearn.metrics.recall_score` with `average="weighted"`. */
export const recallWeighted = classRatio(
  'recall_weighted',
  'mean of the recall of all classes, weighted by their rows',
  RECALL,
  'weighted',
);
