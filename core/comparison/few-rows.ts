import type { Metric, MetricInput } from '../metrics/metric.ts';
import { mcNemarExact, mcNemarMidP } from '../stats/mcnemar.ts';
import { rowSwapPValue } from './row-swaps.ts';

/** Rows that two models decide differently, up to which they are counted and not averaged. */
const FEW_DISCORDANT = 25;
/** A slice with fewer rows than this is a small one. */
const SMALL_SLICE = 60;
/** Rows of the rarest class below which a ratio of classes is not normal. */
const FEW_OF_A_CLASS = 20;

/** Two sides of a comparison on the rows they share: the same rows as predicted by each repeat. */
export interface ComparedInputs {
  readonly before: readonly MetricInput[];
  readonly after: readonly MetricInput[];
  /** nSamples; null where each row is on its own. */
  readonly clusters: Uint32Array | null;
  /** A hexadecimal id. */
  readonly seed: string;
  /** Whether the rows are those of a slice. */
  readonly isSlice: boolean;
}

/**
 * What a drop's p-value is at least, since few rows tell too little for Student's t; null where there are enough of them. Of rows that are
 * right or wrong only those count on which the sides differ (McNemar). Ratios of classes are compared by swapping rows.
 */
export function fewRowsPValue(metric: Metric, compared: ComparedInputs): number | null {
  if (metric.fewRows === 'discordant_rows') return discordantPValue(compared);
  if (metric.fewRows === 'row_swaps') return swapsPValue(metric, compared);
  return null;
}

function discordantPValue({ before, after, clusters, isSlice }: ComparedInputs): number | null {
  if (clusters || before.length > 1 || after.length > 1) return null;
  const differences = rightDifferences(before, after);
  const worse = differences.filter((moved) => moved < 0).length;
  const better = differences.filter((moved) => moved > 0).length;
  if (isSlice && differences.length < SMALL_SLICE) return mcNemarExact(worse, better);
  return worse + better <= FEW_DISCORDANT ? mcNemarMidP(worse, better) : null;
}

/** nSamples: by how much more often a row is decided right after than before, mean over repeats. */
export function rightDifferences(before: readonly MetricInput[], after: readonly MetricInput[]): Float64Array {
  const right = (inputs: readonly MetricInput[], row: number) =>
    inputs.reduce((sum, input) => sum + Number(input.predictedClass[row] === input.target[row]), 0) / inputs.length;
  return before[0]!.target.map((_, row) => right(after, row) - right(before, row));
}

function swapsPValue(metric: Metric, { before, after, clusters, seed }: ComparedInputs): number | null {
  const ofRarest = (metric.degreesOfFreedom?.(before[0]!.target) ?? Number.POSITIVE_INFINITY) + 1;
  if (ofRarest >= FEW_OF_A_CLASS || before.length !== after.length) return null;
  return rowSwapPValue(metric, before, after, { clusters, seed });
}
