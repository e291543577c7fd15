import { BLOCK_ROWS } from '../../kernels/linear/layout.ts';
import { type Minimum, minimise } from './lbfgs.ts';
import { type LogisticLoss, type LogisticRows, logisticLoss } from './logistic-loss.ts';
import { spreadBlocks } from './row-blocks.ts';

/** Large tables are first fitted on one block of rows in so many. */
const SAMPLED = 16;
/** Fewer blocks than this are not worth it; a sample of fewer rows per coefficient would lead away from the minimum. */
const WORTH_SAMPLING = 128;
const ROWS_PER_COEFFICIENT = 20;
/** No tighter than the sample's own error, about 1/√rows. */
const SAMPLE_TOLERANCE = 1e-3;

export interface SolverOptions {
  readonly maxIterations: number;
  /** Largest component of the gradient of the mean loss at the end. */
  readonly tolerance: number;
}

/** Where the logistic loss is least: per set a coefficient per feature, then the intercept. */
export function solveLogistic(rows: LogisticRows, options: SolverOptions): Minimum {
  const loss = logisticLoss(rows);
  const minimum = minimiseOver(loss, options);
  loss.close();
  return { ...minimum, point: centreIntercepts(minimum.point, rows.columns.length) };
}

/** From zero, or, where rows are many, from the minimum for a sample of them: it is near, and cheap to find. */
function minimiseOver(loss: LogisticLoss, options: SolverOptions): Minimum {
  const over = (nBlocks: number) => loss.over(spreadBlocks(loss.nBlocks, nBlocks));
  const zero = new Float64Array(loss.nCoefficients);
  const few = Math.ceil(loss.nBlocks / SAMPLED);
  const worthIt = loss.nBlocks >= WORTH_SAMPLING && few * BLOCK_ROWS >= ROWS_PER_COEFFICIENT * loss.nCoefficients;
  if (!worthIt) return minimise(over(loss.nBlocks), zero, options);
  const tolerance = Math.max(options.tolerance, SAMPLE_TOLERANCE);
  const { point } = minimise(over(few), zero, { ...options, tolerance });
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
