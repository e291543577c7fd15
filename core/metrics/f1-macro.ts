import { classRatio, F1 } from './class-ratio.ts';

/** `sklearn.metrics.f1_score` with `average="macro"`. */
export const f1Macro = classRatio('f1_macro', 'plain mean of the F1 of every class, of two as well', F1, 'macro');
