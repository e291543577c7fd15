import { type CategoricalColumn, sortByBytes } from '../table/table.ts';

/** Most categories of a column that get a one-hot level of their own. */
export const MAX_LEVELS = 50;

/** Which categories the rows hold, in byte order, and how often; `missing` counts the rows without one. */
export interface CategoryCounts {
  readonly categories: readonly string[];
  readonly counts: readonly number[];
  readonly missing: number;
}

/** Counts the categories that occur; those of the dictionary that no row has are left out. */
export function countCategories(column: CategoricalColumn): CategoryCounts {
  const byCode = new Float64Array(column.categories.length);
  let missing = 0;
  for (const code of column.codes) {
    if (code < 0) missing++;
    else byCode[code]!++;
  }
  const counts = new Map<string, number>();
  column.categories.forEach((category, code) => {
    if (byCode[code]! > 0) counts.set(category, byCode[code]!);
  });
  const categories = sortByBytes(counts.keys());
  return { categories, counts: categories.map((category) => counts.get(category)!), missing };
}

/** The `most` categories of the highest count, in byte order; of equal counts the first in byte order. */
export function mostFrequent({ categories, counts }: CategoryCounts, most: number): string[] {
  return categories
    .map((category, rank) => ({ category, rank, count: counts[rank]! }))
    .sort((a, b) => b.count - a.count) // stable: ties stay in byte order
    .slice(0, most)
    .sort((a, b) => a.rank - b.rank)
    .map(({ category }) => category);
}

/** Codes of a column in another dictionary, matched by text; −1 where missing or not in it. */
export function recode(column: CategoricalColumn, categories: readonly string[]): Int32Array {
  const codeOf = new Map(categories.map((category, code) => [category, code]));
  const translated = column.categories.map((category) => codeOf.get(category) ?? -1);
  return column.codes.map((code) => (code < 0 ? -1 : translated[code]!));
}

/** One column of zeros and ones per level; a row of level −1 has zeros only. */
export function oneHot(levels: Int32Array, nLevels: number): Float64Array[] {
  const columns = Array.from({ length: nLevels }, () => new Float64Array(levels.length));
  for (let row = 0; row < levels.length; row++) if (levels[row]! >= 0) columns[levels[row]!]![row] = 1;
  return columns;
}
