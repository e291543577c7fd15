import type { Features } from '../../preprocessing/features.ts';
import type { FittedModel, TrainingData } from '../model.ts';

/*
 * A table of whole numbers turned into doubles, the same in NumPy:
 *   i = np.arange(1500)[:, None]; j = np.arange(5)[None, :]
 *   u = (i*7919 + j*10477 + (i*i % 1009)*(j + 3)*31) % 1009; X = u/1009 - .5
 *   s = 3*u[:, 0] - 2*u[:, 1] + u[:, 2] + (i[:, 0]*6271) % 2003
 *   w = ((i[:, 0]*31) % 5)/2
 * Targets: s/1000; two classes s > 1900; three classes (s > 1000) + (s > 2600).
 */
const N = 1500;
const P = 5;
const whole = (i: number, j: number) => (i * 7919 + j * 10477 + ((i * i) % 1009) * (j + 3) * 31) % 1009;
const rows = Array.from({ length: N }, (_, i) => i);
const sum = rows.map((i) => 3 * whole(i, 0) - 2 * whole(i, 1) + whole(i, 2) + ((i * 6271) % 2003));

/** Weights 0, ½, 1, 1½, 2. */
export const someWeights = Float64Array.from(rows, (i) => ((i * 31) % 5) / 2);

export function numericFeatures(columns: readonly ArrayLike<number>[], nSamples = columns[0]?.length ?? 0): Features {
  return {
    nSamples,
    columns: columns.map((values, j) => ({ kind: 'numeric', name: `x${j}`, values: Float64Array.from(values) })),
  };
}

/** @param nClasses 0 (regression), 2 or 3. */
export function wholeTable(nClasses: 0 | 2 | 3): TrainingData {
  const columns = Array.from({ length: P }, (_, j) => rows.map((i) => whole(i, j) / 1009 - 0.5));
  const target = sum.map((s) =>
    nClasses === 0 ? s / 1000 : nClasses === 2 ? Number(s > 1900) : Number(s > 1000) + Number(s > 2600),
  );
  return { features: numericFeatures(columns), target: Float64Array.from(target), nClasses };
}

/** These rows of a table, in this order; a row may come more than once. */
export function takeRows(data: TrainingData, at: readonly number[]): TrainingData {
  const take = (values: ArrayLike<number>) => Float64Array.from(at, (row) => values[row]!);
  const columns = data.features.columns.map((column) => take(column.kind === 'numeric' ? column.values : column.codes));
  return {
    features: numericFeatures(columns, at.length),
    target: take(data.target),
    nClasses: data.nClasses,
    ...(data.weights && { weights: take(data.weights) }),
  };
}

/** The numbers of a linear model: coefficients, then a regression's intercept. */
export function coefficientsOf(model: FittedModel): number[] {
  const { state } = model;
  if (!('coefficients' in state)) throw new TypeError(`a model of the kind ${state.kind} has no coefficients`);
  return [...state.coefficients, ...(state.kind === 'linear' ? [state.intercept] : [])];
}
