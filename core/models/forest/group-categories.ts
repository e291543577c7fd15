import { square } from '../../stats/elementary.ts';
import { categorySums } from './category-sums.ts';
import { deviateOf, drawMeans, hash } from './draw-means.ts';
import type { ForestData } from './forest-input.ts';

/** Categories that a bin of its own is left for, where there are more than bins; the others share the rest. */
const FREQUENT = 204;
/**
 * The bin of a category is the same for all trees, so its noise does not average out: it falls faster with the rows than
 * where each tree draws its own. A category of ten rows keeps a quarter of it, one of a single row five sixths.
 */
const PRIOR = 10;
const RARE = { prior: PRIOR, damping: (rows: number) => square(PRIOR / (rows + PRIOR)) };

/**
 * The bin of each category, and after them that of categories which training rows do not have. With more categories than
 * bins the rarest are brought together by what their rows say: by mean target, or by the class that they have most more
 * often than other rows do. Means are drawn, so that rows of the same bin do not tell each other's target.
 *
 * @param codes per row its category; negative: missing.
 * @param key what is drawn by.
 */
export function groupCategories(
  codes: Int32Array,
  nCategories: number,
  nBins: number,
  data: ForestData,
  key: number,
): Uint8Array {
  const bins = new Uint8Array(nCategories + 1);
  // The last bin is that of unseen categories.
  const nSeen = nBins - 1;
  bins[nCategories] = Math.min(nCategories, nSeen);
  if (nCategories <= nSeen) {
    for (let code = 0; code < nCategories; code++) bins[code] = code;
    return bins;
  }
  const counts = new Uint32Array(nCategories);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const keys = drawKeys(codes, nCategories, data, key);
  const byCount = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
  const frequent = byCount.slice(0, FREQUENT).sort((a, b) => a - b);
  for (const [bin, code] of frequent.entries()) bins[code] = bin;
  const rare = byCount.slice(FREQUENT).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const nRows = rare.reduce((sum, code) => sum + counts[code]!, 0);
  let before = 0;
  for (const code of rare) {
    bins[code] =
      FREQUENT + Math.min(nSeen - FREQUENT - 1, Math.floor((before * (nSeen - FREQUENT)) / Math.max(1, nRows)));
    before += counts[code]!;
  }
  return bins;
}

/** What rare categories are sorted by. */
function drawKeys(codes: Int32Array, nCategories: number, data: ForestData, key: number): Float64Array {
  const { weights, sums, width, squares } = categorySums(codes, nCategories, data);
  const meansOf = (k: number) => {
    const said = weights.map((_, code) => sums[code * width + k]!);
    const own = width > 1 ? said.reduce((sum, each) => sum + each, 0) : squares;
    const ofClass = hash(key, k);
    const deviate = (code: number) => deviateOf((place) => hash(ofClass, place), code);
    return drawMeans({ weights, said, squares: own }, data.unit, deviate, RARE);
  };
  if (width === 1) return meansOf(0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = Array.from({ length: width }, (_, k) => {
    const share = weights.reduce((sum, _, code) => sum + sums[code * width + k]!, 0) / total;
    return meansOf(k).map((mean) => mean - share);
  });
  return weights.map((_, code) => {
    const above = shares.map((of) => of[code]!);
    const largest = Math.max(...above);
    // What a share lies above that of all rows counts half, so that it never reaches the next class.
    return above.indexOf(largest) + Math.min(1, largest) / 2;
  });
}
