import type { Features } from '../../preprocessing/features.ts';
import { binningWasm } from '../kernels/binning.wasm.ts';
import { compileWasm } from '../kernels/instantiate.ts';
import { type BinCategories, type Binning, binFeature, countBins, learnBinnings } from './binning.ts';

/** Features on their way into a kernel's memory. */
export interface BinnedFeatures {
  readonly binnings: readonly Binning[];
  /** Per feature its number of bins, that of missing values aside. */
  readonly nBins: readonly number[];
  /** Writes the bins to a kernel's memory: by column, and side by side by row. */
  write(memory: WebAssembly.Memory, to: BinPlaces): void;
}

/** Where bins go; both may be asked for each feature. */
interface BinPlaces {
  /** Address of the feature's nSamples bins. */
  readonly column: (feature: number) => number;
  /** Address of the first row's bin, and bytes from row to row. */
  readonly line: (feature: number) => number;
  readonly stride: number;
}

export function binFeatures(
  { nSamples, columns }: Features,
  maxBins?: number,
  binCategories?: BinCategories,
): BinnedFeatures {
  const binnings = learnBinnings({ nSamples, columns }, maxBins, binCategories);
  return {
    binnings,
    nBins: binnings.map(countBins),
    write(memory, { column: columnOf, line, stride }) {
      const { toLines } = new WebAssembly.Instance(compileWasm(binningWasm), { env: { memory } }).exports;
      for (const [f, column] of columns.entries()) {
        const place = columnOf(f);
        binFeature(column, binnings[f]!, new Uint8Array(memory.buffer, place, nSamples));
        toLines!(place, nSamples, line(f), stride);
      }
    },
  };
}
