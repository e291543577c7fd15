import { classRatio, F1 } from './class-ratio.ts';

/** `sklearn.metrics.f1_score` with `average="weighted"`. */
export const f1Weighted = classRatio(
  'f1_weighted',
  'mean of the F1 of all classes, weighted by their rows',
  F1,
  'weighted',
);
