import { createRegistry } from '../registry/registry.ts';
import { accuracy } from './accuracy.ts';
import { averagePrecision } from './average-precision.ts';
import { f1 } from './f1.ts';
import { mae } from './mae.ts';
import { precision } from './precision.ts';
import { r2 } from './r2.ts';
import { recall } from './recall.ts';
import { rmse } from './rmse.ts';
import { rocAuc } from './roc-auc.ts';

/** The metrics there are, in the order reports list them; the first that fits a target is its default primary metric. */
export const metrics = createRegistry('metric', [
  r2,
  rmse,
  mae,
  rocAuc,
  averagePrecision,
  f1,
  precision,
  recall,
  accuracy,
]);
