import { z } from 'zod';
import { StoreError } from '../../errors/app-error.ts';
import { log } from '../../stats/elementary.ts';
import { type Isotonic, isotonicAt } from './isotonic.ts';
import { type Sigmoid, sigmoidAt } from './sigmoid.ts';

/** How a probability is mended; one for class 1 of two, or one for each of more classes. */
export type Calibrator = ({ readonly kind: 'isotonic' } & Isotonic) | ({ readonly kind: 'sigmoid' } & Sigmoid);

/** From a model's probabilities to what is said and decided. Plain data, kept in the model's file. */
export interface DecisionRule {
  /** Null: probabilities stay as they are. */
  readonly calibrators: readonly Calibrator[] | null;
  /** Two classes: above it the second is decided. */
  readonly threshold: number;
}

/** Log-odds are cut here; beyond it a probability is 0 or 1 to 13 digits. */
const MAX_LOGIT = 30;

/** What the two calibrations take for a probability: sigmoids want log-odds. */
export function scoreOf(kind: Calibrator['kind'], probability: number): number {
  if (kind === 'isotonic') return probability;
  if (probability <= 0 || probability >= 1) return probability <= 0 ? -MAX_LOGIT : MAX_LOGIT;
  return Math.max(-MAX_LOGIT, Math.min(MAX_LOGIT, log(probability) - log(1 - probability)));
}

/**
 * Probabilities mended: of two classes that of the second; of more each alone and then divided by their sum, all equal where that
 * is 0 (as `sklearn.calibration.CalibratedClassifierCV` does).
 *
 * @param outputs nSamples × nClasses.
 */
export function calibrated({ calibrators }: DecisionRule, outputs: Float64Array, nClasses: number): Float64Array {
  if (!calibrators) return outputs;
  const result = new Float64Array(outputs.length);
  for (let at = 0; at < outputs.length; at += nClasses) {
    if (nClasses === 2) {
      const p = mended(calibrators[0]!, outputs[at + 1]!);
      result[at] = 1 - p;
      result[at + 1] = p;
      continue;
    }
    let sum = 0;
    for (let k = 0; k < nClasses; k++) {
      result[at + k] = mended(calibrators[k]!, outputs[at + k]!);
      sum += result[at + k]!;
    }
    for (let k = 0; k < nClasses; k++) result[at + k] = sum > 0 ? result[at + k]! / sum : 1 / nClasses;
  }
  return result;
}

function mended(calibrator: Calibrator, probability: number): number {
  const score = scoreOf(calibrator.kind, probability);
  return calibrator.kind === 'isotonic' ? isotonicAt(calibrator, score) : sigmoidAt(calibrator, score);
}

const share = z.number().min(0).max(1);
const calibratorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('isotonic'), x: z.array(z.number()).min(1), y: z.array(share).min(1) }),
  z.strictObject({ kind: z.literal('sigmoid'), a: z.number(), b: z.number() }),
]);
const ruleSchema = z.strictObject({
  calibrators: z.array(calibratorSchema).min(1).max(256).nullable(),
  threshold: share,
});

/**
 * The rule in a model's file, which is hostile input.
 *
 * @throws StoreError when it is no rule for so many classes.
 */
export function loadRule(json: unknown, nClasses: number): DecisionRule {
  const parsed = ruleSchema.safeParse(json);
  if (!parsed.success)
    throw new StoreError({ message: `its decision rule is broken: ${parsed.error.issues[0]!.message}` });
  const { calibrators } = parsed.data;
  const ascends = (values: readonly number[]) => values.every((value, i) => i === 0 || value >= values[i - 1]!);
  const isSound = (each: Calibrator) =>
    each.kind === 'sigmoid' || (each.x.length === each.y.length && ascends(each.x) && ascends(each.y));
  const wanted = nClasses === 2 ? 1 : nClasses;
  if (nClasses < 2 || (calibrators && (calibrators.length !== wanted || !calibrators.every(isSound)))) {
    throw new StoreError({ message: 'its decision rule does not fit its classes' });
  }
  return parsed.data;
}
