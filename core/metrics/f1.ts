import { classRatio, F1 } from './class-ratio.ts';

/** `sklearn.metrics.f1_score`: 2·TP / (2·TP + FP + FN). */
export const f1 = classRatio(
  'f1',
  'harmonic mean of precision and recall; mean over classes when there are more than two',
  F1,
  'binary',
);
