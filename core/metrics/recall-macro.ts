import { classRatio, RECALL } from './class-ratio.ts';

/** `sklearn.metrics.recall_score` with `average="macro"`. */
export const recallMacro = classRatio(
  'recall_macro',
  'plain mean of the recall of every class, of two as well',
  RECALL,
  'macro',
);
