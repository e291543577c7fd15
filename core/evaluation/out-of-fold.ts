import type { DecidedPredictions } from '../models/predictions.ts';

/** Gathers the predictions of folds to those of all rows of a file. */
export interface OutOfFoldPredictions {
  /** @param predictions of these rows, in their order. */
  put(rows: Uint32Array, predictions: DecidedPredictions): void;
  /** Per row of the file; 0 where no fold predicted it. */
  predictions(): DecidedPredictions;
}

export function createOutOfFold(nRows: number, nClasses: number): OutOfFoldPredictions {
  const width = Math.max(1, nClasses);
  const outputs = new Float64Array(nRows * width);
  const predictedClass = nClasses === 0 ? outputs : new Float64Array(nRows);
  let hasProbabilities = nClasses > 0;
  return {
    put(rows, fold) {
      hasProbabilities &&= fold.hasProbabilities;
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        for (let k = 0; k < width; k++) outputs[row * width + k] = fold.outputs[i * width + k]!;
        predictedClass[row] = fold.predictedClass[i]!;
      }
    },
    predictions: () => ({ outputs, nClasses, predictedClass, hasProbabilities }),
  };
}
