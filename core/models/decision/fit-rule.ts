import { type Calibrator, calibrated, type DecisionRule, scoreOf } from './decision-rule.ts';
import { fitIsotonic } from './isotonic.ts';
import { fitSigmoid } from './sigmoid.ts';
import { chooseThreshold, type ThresholdAim } from './threshold.ts';

/** Isotonic regression on fewer rows of a class than these follows their chance: scikit-learn warns of it too. */
const FEW_ROWS = 1000;

/** What is wanted of a rule. */
export interface RuleAim {
  readonly calibration: Calibrator['kind'] | null;
  /** A number, or what the number is to be chosen for. Two classes alone have one. */
  readonly threshold: number | ThresholdAim;
}

/**
 * Learns a rule from out-of-fold predictions. Where a class is absent, and so nothing can be learned, its probabilities and the
 * threshold ½ stay, and a warning says so.
 *
 * @param outputs nSamples × nClasses.
 */
export function fitRule(
  { outputs, labels }: { readonly outputs: Float64Array; readonly labels: Float64Array },
  nClasses: number,
  { calibration, threshold }: RuleAim,
): { readonly rule: DecisionRule; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const counts = Array.from({ length: nClasses }, (_, k) => labels.filter((label) => label === k).length);
  const rarest = Math.min(...counts);
  let calibrators: Calibrator[] | null = null;
  if (calibration && rarest === 0) warnings.push('not calibrated: a class has no row to learn from');
  else if (calibration) {
    if (calibration === 'isotonic' && labels.length < FEW_ROWS)
      warnings.push(`isotonic calibration of ${labels.length} rows overfits; "sigmoid" needs fewer`);
    const ofClass = (k: number) =>
      fitCalibrator(
        calibration,
        column(outputs, nClasses, k),
        labels.map((label) => Number(label === k)),
      );
    calibrators = nClasses === 2 ? [ofClass(1)] : counts.map((_, k) => ofClass(k));
  }
  if (typeof threshold === 'number') return { rule: { calibrators, threshold }, warnings };
  const scores = column(calibrated({ calibrators, threshold: 0.5 }, outputs, nClasses), nClasses, 1);
  const chosen = chooseThreshold(scores, labels, threshold);
  if (chosen === null) warnings.push('the threshold stays at 0.5: a class has no row to choose it from');
  return { rule: { calibrators, threshold: chosen ?? 0.5 }, warnings };
}

function fitCalibrator(kind: Calibrator['kind'], probabilities: Float64Array, labels: Float64Array): Calibrator {
  const scores = probabilities.map((probability) => scoreOf(kind, probability));
  return kind === 'isotonic' ? { kind, ...fitIsotonic(scores, labels) } : { kind, ...fitSigmoid(scores, labels) };
}

function column(outputs: Float64Array, nClasses: number, k: number): Float64Array {
  return Float64Array.from({ length: outputs.length / nClasses }, (_, row) => outputs[row * nClasses + k]!);
}
