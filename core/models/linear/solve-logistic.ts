import { minimise } from './lbfgs.ts';
import { type LogisticLoss, type LogisticRows, logisticLoss } from './logistic-loss.ts';
import { spreadBlocks } from './row-blocks.ts';

/** Large tables are first fitted on one block of rows in so many; fewer than this many blocks are not worth it. */
const SAMPLED = 16;
const WORTH_SAMPLING = 128;
/** No tighter than the sample's own error, about 1/√rows. */
const SAMPLE_TOLERANCE = 1e-3;

export interface SolverOptions {
  readonly maxIterations: number;
  /** Largest component of the gradient of the mean loss at the end. */
  readonly tolerance: number;
}

/**
 * The coefficients that minimise the logistic loss (per set one per feature, then the intercept), and whether the solver
 * got there within its steps.
 */
export function solveLogistic(
  rows: LogisticRows,
  options: SolverOptions,
): { readonly coefficients: Float64Array; readonly converged: boolean } {
  const { point, converged } = minimiseOver(logisticLoss(rows), options);
  return { coefficients: centreIntercepts(point, rows.columns.length), converged };
}

/** From zero, or, where rows are many, from the minimum for a sample of them: it is near, and cheap to find. */
function minimiseOver(loss: LogisticLoss, options: SolverOptions) {
  const over = (nBlocks: number) => loss.over(spreadBlocks(loss.nBlocks, nBlocks));
  const zero = new Float64Array(loss.nCoefficients);
  if (loss.nBlocks < WORTH_SAMPLING) return minimise(over(loss.nBlocks), zero, options);
  const tolerance = Math.max(options.tolerance, SAMPLE_TOLERANCE);
  const { point } = minimise(over(Math.ceil(loss.nBlocks / SAMPLED)), zero, { ...options, tolerance });
  return minimise(over(loss.nBlocks), point, options);
}

/** Of several sets the intercepts are unique up to a constant: their sum is made 0, as scikit-learn's is. */
function centreIntercepts(coefficients: Float64Array, nFeatures: number): Float64Array {
  const size = nFeatures + 1;
  if (coefficients.length === size) return coefficients;
  const intercepts = coefficients.filter((_, i) => i % size === nFeatures);
  const mean = intercepts.reduce((sum, intercept) => sum + intercept, 0) / intercepts.length;
  return coefficients.map((value, i) => (i % size === nFeatures ? value - mean : value));
}
