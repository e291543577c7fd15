import type { Feature, Features } from '../../preprocessing/features.ts';
import type { Binning } from './binning.ts';
import { isSwept, sweepTrees } from './sweep-trees.ts';
import type { TreeBlocks } from './tree-blocks.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import { usedBins } from './used-bins.ts';
import { walkTrees } from './walk-trees.ts';

/** Outputs of an ensemble for rows, before any link: nSamples × nOutputs, row by row. */
export type TreePredictor = (features: Features) => Float64Array;

/** Makes trees ready for prediction, when they are first asked. Sums run in the order of the trees. */
export function createTreePredictor(ensemble: TreeEnsemble, binnings: readonly Binning[]): TreePredictor {
  const { nOutputs, base, scale } = ensemble;
  let own: TreeBlocks | undefined;
  return ({ nSamples, columns }) => {
    own ??= load(ensemble, binnings);
    const result = new Float64Array(nSamples * nOutputs);
    for (let from = 0; from < nSamples; from += own.block) {
      const n = Math.min(own.block, nSamples - from);
      const sums = own.sums(
        columns.map((column) => rowsOf(column, from, from + n)),
        n,
      );
      result.set(sums, from * nOutputs);
    }
    for (let i = 0; i < result.length; i++) result[i] = base[i % nOutputs]! + result[i]! * scale;
    return result;
  };
}

function load(ensemble: TreeEnsemble, binnings: readonly Binning[]): TreeBlocks {
  const used = usedBins(ensemble, binnings);
  return (isSwept(used.ensemble) ? sweepTrees : walkTrees)(used.ensemble, used.binnings);
}

function rowsOf(column: Feature, from: number, to: number): Feature {
  return column.kind === 'numeric'
    ? { ...column, values: column.values.subarray(from, to) }
    : { ...column, codes: column.codes.subarray(from, to) };
}
