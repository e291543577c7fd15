import { classRatio } from './class-ratio.ts';

/** `sklearn.metrics.f1_score`: 2·TP / (2·TP + FP + FN). */
export const f1 = classRatio(
  'f1',
  'harmonic mean of precision and recall; mean over classes when there are more than two',
  (actual, decided) => [2 * Number(actual && decided), Number(actual) + Number(decided)],
);
