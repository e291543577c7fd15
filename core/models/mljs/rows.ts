import type { Features } from '../../preprocessing/features.ts';
import { denseColumns } from '../linear-algebra.ts';

/**
 * Dense features row by row, as ml.js wants them. A table without features gets one of zeros, which says as little and
 * which the libraries do not stumble over.
 */
export function rowsOf(features: Features): number[][] {
  const columns = denseColumns(features);
  return Array.from({ length: features.nSamples }, (_, row) =>
    columns.length === 0 ? [0] : columns.map((column) => column[row]!),
  );
}
