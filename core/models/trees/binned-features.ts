import { binningWasm } from '../../kernels/binning/binning.wasm.ts';
import { compileKernel } from '../../kernels/compile-kernel.ts';
import { regrowMemory } from '../../kernels/memory.ts';
import type { Features } from '../../preprocessing/features.ts';
import { type BinCategories, type Binning, binFeature, countBins, createSorter, learnBinnings } from './binning.ts';

/** Features on their way into a kernel's memory. */
export interface BinnedFeatures {
  readonly binnings: readonly Binning[];
  /** Per feature its number of bins, that of missing values aside. */
  readonly nBins: readonly number[];
  /**
   * Memory of at least so many bytes for a kernel, all 0, or undefined when it is more than WebAssembly can address. It is
   * the memory that the bins were learned in, which nothing else would give back before the kernel is done.
   */
  memory(bytes: number): WebAssembly.Memory | undefined;
  /** Writes the bins to that memory: by column, and side by side by row. */
  write(to: BinPlaces): void;
}

/** Where bins go; both may be asked for each feature. */
interface BinPlaces {
  /** Address of the feature's nSamples bins. */
  readonly column: (feature: number) => number;
  /** Address of the first row's bin, and bytes from row to row. */
  readonly line: (feature: number) => number;
  readonly stride: (feature: number) => number;
}

export function binFeatures(
  { nSamples, columns }: Features,
  maxBins?: number,
  binCategories?: BinCategories,
): BinnedFeatures {
  const sorter = createSorter(nSamples);
  const { memory } = sorter;
  const binnings = learnBinnings({ nSamples, columns }, { maxBins, binCategories, sort: sorter.sort });
  return {
    binnings,
    nBins: binnings.map(countBins),
    memory: (bytes) => (regrowMemory(memory, bytes) ? memory : undefined),
    write({ column: columnOf, line, stride }) {
      const { toLines } = new WebAssembly.Instance(compileKernel(binningWasm), { env: { memory } }).exports;
      for (const [f, column] of columns.entries()) {
        const place = columnOf(f);
        binFeature(column, binnings[f]!, new Uint8Array(memory.buffer, place, nSamples));
        toLines(place, nSamples, line(f), stride(f));
      }
    },
  };
}
