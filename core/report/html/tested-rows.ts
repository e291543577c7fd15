import type { RunPredictions } from '../../comparison/paired-difference.ts';
import { UNTESTED } from '../../dataset/evaluation-set.ts';
import { dequantise, dequantiseProbabilities } from '../../evidence/quantise.ts';

/** What a run predicted for the rows that were tested, decoded. */
export interface TestedRows {
  readonly classes: readonly string[];
  /** nSamples, as are the folds and what each repeat predicted. */
  readonly target: Float64Array;
  readonly folds: Uint8Array;
  readonly repeats: readonly TestedRepeat[];
}

interface TestedRepeat {
  /** Predicted values, or of two classes the probability of the second. */
  readonly score: Float64Array;
  /** Class indices; empty for regression. */
  readonly decided: Uint8Array;
  /** Of more than two classes the probability of one; null where only classes are known. */
  readonly probabilityOf: ((index: number) => Float64Array) | null;
}

/** Undefined where the targets were not kept. */
export function testedRows({ rowSet, evidence }: RunPredictions): TestedRows | undefined {
  const { target, classes, scale } = rowSet;
  if (!target) return undefined;
  const rows = Uint32Array.from(rowSet.folds.keys()).filter((row) => rowSet.folds[row] !== UNTESTED);
  const pick = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
  return {
    classes,
    target: pick(target),
    folds: Uint8Array.from(rows, (row) => rowSet.folds[row]!),
    repeats: evidence.repeats.map(({ predictions, decisions, probabilities }) => {
      const all = probabilities && dequantiseProbabilities(probabilities);
      return {
        score: pick(dequantise(predictions, scale)),
        decided: Uint8Array.from(rows, (row) => decisions[row] ?? 0),
        probabilityOf: all ? (index) => Float64Array.from(rows, (row) => all[row * classes.length + index]!) : null,
      };
    }),
  };
}
