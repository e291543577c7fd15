import { createRegistry } from '../registry/registry.ts';
import { accuracy } from './accuracy.ts';
import { averagePrecision } from './average-precision.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { brier } from './brier.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { ece } from './ece.ts';
import { explainedVariance } from './explained-variance.ts';
import { f1 } from './f1.ts';
import { f1Macro } from './f1-macro.ts';
import { f1Weighted } from './f1-weighted.ts';
import { logLoss } from './log-loss.ts';
import { mae } from './mae.ts';
import { mape } from './mape.ts';
import { maxError } from './max-error.ts';
import { mcc } from './mcc.ts';
import { medianAe } from './median-ae.ts';
import { precision } from './precision.ts';
import { precisionMacro } from './precision-macro.ts';
import { precisionWeighted } from './precision-weighted.ts';
import { r2 } from './r2.ts';
import { recall } from './recall.ts';
import { recallMacro } from './recall-macro.ts';
import { recallWeighted } from './recall-weighted.ts';
import { rmse } from './rmse.ts';
import { rocAuc } from './roc-auc.ts';
import { rocAucOvr } from './roc-auc-ovr.ts';

/** The metrics there are, in the order reports list them; the first default that fits a target is its primary metric. */
export const metrics = createRegistry('metric', [
  r2,
  rmse,
  mae,
  mape,
  medianAe,
  maxError,
  explainedVariance,
  rocAuc,
  averagePrecision,
  f1,
  precision,
  recall,
  accuracy,
  balancedAccuracy,
  f1Macro,
  precisionMacro,
  recallMacro,
  f1Weighted,
  precisionWeighted,
  recallWeighted,
  rocAucOvr,
  logLoss,
  brier,
  mcc,
  cohenKappa,
  ece,
]);
