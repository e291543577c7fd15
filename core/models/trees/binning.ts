import { type BinningKernel, binningWasm } from '../../kernels/binning/binning.wasm.ts';
import { COUNTS_BYTES } from '../../kernels/binning/layout.ts';
import { BINS, MISSING_BIN } from '../../kernels/bins.ts';
import { compileKernel } from '../../kernels/compile-kernel.ts';
import { sharedMemory } from '../../kernels/memory.ts';
import type { Feature, Features, NumericFeature } from '../../preprocessing/features.ts';

/** Values have bins 0…254. */
const MOST_BINS = MISSING_BIN;
/** Rows that the borders of a feature are learned from, spread evenly over a longer table (scikit-learn's `subsample`). */
const SAMPLE = 200_000;

/** How a feature's values become bins; learned from training rows. */
export type Binning =
  /** A value's bin is the number of edges below it. */
  | { readonly kind: 'numeric'; readonly edges: Float64Array }
  /** Bin per category; several may share one. One more than categories: the bin of those that training has not seen. */
  | { readonly kind: 'categorical'; readonly bins: Uint8Array };

/**
 * Gives each category a bin below `nBins`, from the rows' codes; negative: missing. One bin more than categories: that of
 * categories which training has not seen.
 */
export type BinCategories = (codes: Int32Array, nCategories: number, nBins: number, feature: number) => Uint8Array;

/** Learns bins for each feature: one per value where there are up to `maxBins`, else at the quantiles. */
export function learnBinnings(
  { nSamples, columns }: Features,
  options: {
    readonly maxBins?: number | undefined;
    readonly binCategories?: BinCategories | undefined;
    readonly sort?: ReturnType<typeof createSorter>['sort'];
  } = {},
): Binning[] {
  const { maxBins = MOST_BINS, binCategories = categoryBins, sort = createSorter(nSamples).sort } = options;
  return columns.map((column, f) =>
    column.kind === 'numeric'
      ? { kind: 'numeric', edges: findEdges(sort(column.values), maxBins) }
      : { kind: 'categorical', bins: binCategories(column.codes, column.nCategories, MOST_BINS, f) },
  );
}

/** Number of bins of values; missing ones have a bin of their own. */
export function countBins(binning: Binning): number {
  if (binning.kind === 'numeric') return binning.edges.length + 1;
  return binning.bins.reduce((most, bin) => Math.max(most, bin + 1), 1);
}

/** Writes the bin of each of the feature's values to `out`. Categories that training has not seen are missing, unless they have a bin. */
export function binFeature(feature: Feature, binning: Binning, out: Uint8Array): void {
  if (feature.kind === 'numeric' && binning.kind === 'numeric') {
    binNumbers(feature, binning.edges, out);
    return;
  }
  if (feature.kind === 'categorical' && binning.kind === 'categorical') {
    const { codes } = feature;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row]!;
      out[row] = code < 0 ? MISSING_BIN : (binning.bins[code] ?? MISSING_BIN);
    }
    return;
  }
  throw new TypeError(`feature ${feature.name} is ${feature.kind}, not ${binning.kind}`);
}

/** Rows that the kernel is given at a time. */
const CHUNK = 32_768;
const EDGES_AT = 1024;
const COUNTS_AT = EDGES_AT + 8 * BINS;
const VALUES_AT = COUNTS_AT + COUNTS_BYTES;
const BINS_AT = VALUES_AT + 8 * CHUNK;

interface Kernel {
  readonly run: BinningKernel;
  readonly memory: WebAssembly.Memory;
}
let small: Kernel | undefined;

function createKernel(bytes: number): Kernel {
  const memory = sharedMemory(bytes)!;
  return {
    run: new WebAssembly.Instance(compileKernel(binningWasm), { env: { memory } }).exports,
    memory,
  };
}

function binNumbers({ values }: NumericFeature, edges: Float64Array, out: Uint8Array): void {
  small ??= createKernel(BINS_AT + CHUNK);
  const { run } = small;
  const { buffer } = small.memory;
  let half = 1;
  while (2 * half <= edges.length) half *= 2;
  new Float64Array(buffer, EDGES_AT, 2 * half).fill(Number.POSITIVE_INFINITY).set(edges);
  const valuesIn = new Float64Array(buffer, VALUES_AT, CHUNK);
  const bins = new Uint8Array(buffer, BINS_AT, CHUNK);
  for (let from = 0; from < values.length; from += CHUNK) {
    const part = values.subarray(from, from + CHUNK);
    valuesIn.set(part);
    run.binNumbers(VALUES_AT, part.length, EDGES_AT, half, BINS_AT);
    out.set(bins.subarray(0, part.length), from);
  }
}

interface Sorter {
  /** Sorts a sample of a feature's values, missing ones left out; the result is good until the next call. */
  sort(values: Float64Array): Float64Array;
  /** Where it sorts; free for anything else afterwards. */
  readonly memory: WebAssembly.Memory;
}

export function createSorter(nSamples: number): Sorter {
  const stride = Math.max(1, Math.ceil(nSamples / SAMPLE));
  const most = Math.ceil(nSamples / stride);
  const spare = VALUES_AT + 8 * most;
  const { run, memory } = createKernel(spare + 8 * most);
  const sorted = new Float64Array(memory.buffer, VALUES_AT, most);
  return {
    memory,
    sort(values) {
      let n = 0;
      for (let row = 0; row < values.length; row += stride) {
        const value = values[row]!;
        if (!Number.isNaN(value)) sorted[n++] = value;
      }
      run.sortNumbers(VALUES_AT, n, spare, COUNTS_AT);
      return sorted.subarray(0, n);
    },
  };
}

/** Borders half-way between neighbouring values; of many values those nearest to the quantiles. Ascending. */
function findEdges(sorted: Float64Array, maxBins: number): Float64Array {
  const n = sorted.length;
  let nDistinct = n > 0 ? 1 : 0;
  for (let i = 1; i < n; i++) if (sorted[i] !== sorted[i - 1]) nDistinct++;
  const edges: number[] = [];
  let next = 1;
  for (let i = 0; i + 1 < n; i++) {
    const value = sorted[i]!;
    const after = sorted[i + 1]!;
    if (value === after) continue;
    if (nDistinct > maxBins) {
      if ((i + 1) * maxBins < next * n) continue;
      next = Math.floor(((i + 1) * maxBins) / n) + 1;
    }
    const middle = value / 2 + after / 2;
    edges.push(middle < after ? middle : value);
  }
  return Float64Array.from(edges);
}

/** Categories beyond the 254 most frequent share the last bin. */
function categoryBins(codes: Int32Array, nCategories: number, nBins: number): Uint8Array {
  if (nCategories <= nBins) return Uint8Array.from({ length: nCategories }, (_, code) => code);
  const counts = new Float64Array(nCategories);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const frequent = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, nBins - 1);
  const bins = new Uint8Array(nCategories).fill(nBins - 1);
  for (const [bin, code] of frequent.sort((a, b) => a - b).entries()) bins[code] = bin;
  return bins;
}
