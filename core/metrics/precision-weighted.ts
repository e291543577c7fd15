import { classRatio, PRECISION } from './class-ratio.ts';

/** `sklearn.metrics.precision_score` with `average="weighted"`. */
export const precisionWeighted = classRatio(
  'precision_weighted',
  'mean of the precision of all classes, weighted by their rows',
  PRECISION,
  'weighted',
);
