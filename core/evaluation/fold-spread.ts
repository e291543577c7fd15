import { mean, standardDeviation } from 'simple-statistics';

/** Mean and standard deviation over folds (`numpy.std`), of those that have a value; null for none. */
export function foldSpread(folds: readonly (number | null)[]): {
  readonly mean: number | null;
  readonly sd: number | null;
} {
  const values = folds.filter((value) => value !== null);
  return values.length === 0 ? { mean: null, sd: null } : { mean: mean(values), sd: standardDeviation(values) };
}
