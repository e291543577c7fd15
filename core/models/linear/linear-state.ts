import { StoreError } from '../../errors/app-error.ts';
import { arrayFromJson, arrayToJson } from '../typed-array-json.ts';

/** All that a linear regression has learned. */
export interface LinearState {
  readonly kind: 'linear';
  /** nFeatures. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

export function linearToJson({ coefficients, intercept }: LinearState): unknown {
  return { coefficients: arrayToJson(coefficients), intercept };
}

/**
 * What `linearToJson` gave, which is hostile input.
 *
 * @throws StoreError when it is not that.
 */
export function linearFromJson(json: unknown): LinearState {
  const { coefficients, intercept } = (json ?? {}) as { coefficients?: unknown; intercept?: unknown };
  const array = arrayFromJson(coefficients, 'float64');
  if (typeof intercept !== 'number' || !Number.isFinite(intercept) || !array.every(Number.isFinite)) {
    throw new StoreError({
      message: 'the linear regression in the model file is broken: a coefficient is not finite',
    });
  }
  return { kind: 'linear', coefficients: array, intercept };
}
