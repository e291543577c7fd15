import { z } from 'zod';
import { StoreError } from '../../errors/app-error.ts';
import { linearScores } from '../linear-algebra.ts';
import { arrayFromJson, arrayToJson } from '../typed-array-json.ts';

/** All that a logistic regression has learned. */
export interface LogisticState {
  /**
   * How scores become probabilities. `logistic`: of two classes one set of coefficients scores the second, of more each has a
   * set and the softmax of the scores is taken. `one_vs_rest`: each class has a set, and its sigmoid is divided by the sum.
   */
  readonly kind: 'logistic' | 'one_vs_rest';
  readonly nClasses: number;
  /** Classes that training rows had, ascending. */
  readonly present: readonly number[];
  /** Per set: a coefficient per feature, then the intercept; none of a single class. */
  readonly coefficients: Float64Array;
  readonly nFeatures: number;
}

/** The weighted sum of a set of coefficients for each row. */
export function scoresOfSet(
  { coefficients, nFeatures }: LogisticState,
  columns: readonly Float64Array[],
  nSamples: number,
  set: number,
): Float64Array {
  const at = set * (nFeatures + 1);
  return linearScores(columns, nSamples, coefficients.subarray(at, at + nFeatures), coefficients[at + nFeatures]!);
}

const stored = z.strictObject({
  n_classes: z.int().min(1).max(256),
  n_features: z.int().min(0).max(1_000_000),
  present: z.array(z.int().min(0)).min(1).max(256),
  coefficients: z.unknown(),
});

export function logisticToJson({ nClasses, present, coefficients, nFeatures }: LogisticState): z.infer<typeof stored> {
  return {
    n_classes: nClasses,
    n_features: nFeatures,
    present: [...present],
    coefficients: arrayToJson(coefficients),
  };
}

/**
 * What `logisticToJson` gave, which is hostile input.
 *
 * @param name of the model, for messages.
 * @throws StoreError when it is not that.
 */
export function logisticFromJson(json: unknown, kind: LogisticState['kind'], name: string): LogisticState {
  const broken = (detail: string) => new StoreError({ message: `the ${name} in the model file is broken: ${detail}` });
  const parsed = stored.safeParse(json);
  if (!parsed.success) throw broken(parsed.error.issues[0]!.message);
  const { n_classes: nClasses, present, n_features: nFeatures } = parsed.data;
  const ascending = present.every((label, i) => label < nClasses && (i === 0 || label > present[i - 1]!));
  if (!ascending) throw broken('its classes are not in order');
  const sets = setsOf(kind, present.length);
  const coefficients = arrayFromJson(parsed.data.coefficients, 'float64', sets * (nFeatures + 1));
  if (!coefficients.every(Number.isFinite)) throw broken('a coefficient is not finite');
  return { kind, nClasses, present, coefficients, nFeatures };
}

/** How many sets of coefficients there are for so many classes. */
export function setsOf(kind: LogisticState['kind'], nPresent: number): number {
  if (nPresent === 1) return 0;
  return kind === 'logistic' && nPresent === 2 ? 1 : nPresent;
}
