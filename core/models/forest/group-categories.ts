import { categorySums } from './category-sums.ts';
import type { ForestData } from './forest-input.ts';

/** Categories that a bin of its own is left for, where there are more than bins; the others share the rest. */
const FREQUENT = 204;

/**
 * The bin of each category. With more categories than bins the rarest are brought together by what their rows say: by
 * mean target, or by their most frequent class and its share.
 *
 * @param codes per row its category; negative: missing.
 */
export function groupCategories(codes: Int32Array, nCategories: number, nBins: number, data: ForestData): Uint8Array {
  if (nCategories <= nBins) return Uint8Array.from({ length: nCategories }, (_, code) => code);
  const { weights, sums, width } = categorySums(codes, nCategories, data);
  const counts = new Uint32Array(nCategories);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const keys = Array.from(weights, (weight, code) => {
    if (weight === 0) return 0;
    const own = sums.subarray(code * width, (code + 1) * width);
    const largest = own.reduce((most, sum) => Math.max(most, sum), Number.NEGATIVE_INFINITY);
    // A share counts half, so that it never reaches the next class.
    return width === 1 ? largest / weight : own.indexOf(largest) + largest / weight / 2;
  });
  const byCount = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
  const bins = new Uint8Array(nCategories);
  for (const [bin, code] of byCount
    .slice(0, FREQUENT)
    .sort((a, b) => a - b)
    .entries())
    bins[code] = bin;
  const rare = byCount.slice(FREQUENT).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const nRows = rare.reduce((sum, code) => sum + counts[code]!, 0);
  let before = 0;
  for (const code of rare) {
    bins[code] =
      FREQUENT + Math.min(nBins - FREQUENT - 1, Math.floor((before * (nBins - FREQUENT)) / Math.max(1, nRows)));
    before += counts[code]!;
  }
  return bins;
}
