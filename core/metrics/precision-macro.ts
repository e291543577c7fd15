import { classRatio, PRECISION } from './class-ratio.ts';

/** `sklearn.metrics.precision_score` with `average="macro"`. */
export const precisionMacro = classRatio(
  'precision_macro',
  'mean of the precision of all classes, also when there are two',
  PRECISION,
  'macro',
);
