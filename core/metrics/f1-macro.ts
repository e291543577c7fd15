import { classRatio, F1 } from './class-ratio.ts';

/** `sklearn.metrics.f1_score` with `average="macro"`. */
export const f1Macro = classRatio('f1_macro', 'mean of the F1 of all classes, also when there are two', F1, 'macro');
