import { classRatio, PRECISION } from './class-ratio.ts';

/** `sklearn.metrics.precision_score`; of no decision for the class 0. */
export const precision = classRatio(
  'precision',
  'share of the rows predicted as positive that are positive; mean over classes when there are more than two',
  PRECISION,
  'binary',
);
