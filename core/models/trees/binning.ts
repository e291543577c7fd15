import type { Features } from '../../preprocessing/features.ts';

/** Bin of missing values; values have bins 0…254. */
export const MISSING_BIN = 255;
const MAX_BINS = 255;

/** How a feature's values become bins; learned from training rows. */
export type Binning =
  /** A value's bin is the number of edges below it. */
  | { readonly kind: 'numeric'; readonly edges: Float64Array }
  /** Bin per category; categories beyond the 254 most frequent share the last. */
  | { readonly kind: 'categorical'; readonly bins: Uint8Array };

/** Features as the kernel reads them. */
export interface BinnedFeatures {
  readonly binnings: readonly Binning[];
  /** nFeatures × nSamples, feature by feature. */
  readonly bins: Uint8Array;
}

/** Learns bins from the rows and applies them: exact where a feature has up to 255 values, else at its quantiles. */
export function binFeatures(features: Features): BinnedFeatures {
  const { nSamples, columns } = features;
  const bins = new Uint8Array(nSamples * columns.length);
  const binnings = columns.map((column, f): Binning => {
    const own = bins.subarray(f * nSamples, (f + 1) * nSamples);
    if (column.kind === 'numeric') {
      const edges = findEdges(column.values);
      column.values.forEach((value, row) => {
        own[row] = Number.isNaN(value) ? MISSING_BIN : countBelow(edges, value);
      });
      return { kind: 'numeric', edges };
    }
    const byCategory = categoryBins(column.codes, column.nCategories);
    column.codes.forEach((code, row) => {
      own[row] = code < 0 ? MISSING_BIN : byCategory[code]!;
    });
    return { kind: 'categorical', bins: byCategory };
  });
  return { binnings, bins };
}

/** Borders half-way between neighbouring values; of many values those nearest to the 255-quantiles. Ascending. */
function findEdges(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  const distinct: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i + 1 < sorted.length && sorted[i] === sorted[i + 1]) continue;
    distinct.push(sorted[i]!);
    ends.push(i + 1);
  }
  let next = 1;
  for (let i = 0; i + 1 < distinct.length; i++) {
    if (distinct.length > MAX_BINS) {
      if (ends[i]! * MAX_BINS < next * sorted.length) continue;
      next = Math.floor((ends[i]! * MAX_BINS) / sorted.length) + 1;
    }
    const middle = distinct[i]! / 2 + distinct[i + 1]! / 2;
    edges.push(middle < distinct[i + 1]! ? middle : distinct[i]!);
  }
  return Float64Array.from(edges);
}

/** How many edges are below the value (binary search). */
export function countBelow(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function categoryBins(codes: Int32Array, nCategories: number): Uint8Array {
  if (nCategories <= MAX_BINS) return Uint8Array.from({ length: nCategories }, (_, code) => code);
  const counts = new Float64Array(nCategories);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const frequent = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, MAX_BINS - 1);
  const bins = new Uint8Array(nCategories).fill(MAX_BINS - 1);
  for (const [bin, code] of frequent.sort((a, b) => a - b).entries()) bins[code] = bin;
  return bins;
}
