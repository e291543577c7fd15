import { classRatio, PRECISION } from './class-ratio.ts';

/** `sklearn.metrics.precision_score` with `average="macro"`. */
export const precisionMacro = classRatio(
  'precision_macro',
  'plain mean of the precision of every class, of two as well',
  PRECISION,
  'macro',
);
