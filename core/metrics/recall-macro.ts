import { classRatio, RECALL } from './class-ratio.ts';

/** `sklearn.metrics.recall_score` with `average="macro"`. */
export const recallMacro = classRatio(
  'recall_macro',
  'mean of the recall of all classes, also when there are two',
  RECALL,
  'macro',
);
