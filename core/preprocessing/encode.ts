import { type CategoricalColumn, sortByBytes } from '../table/table.ts';

/** At most this many categories of a column get their own one-hot level. */
export const MAX_LEVELS = 50;

/** The categories that occur, in byte order, with their counts; `missing` is the number of rows without one. */
export interface CategoryCounts {
  readonly categories: readonly string[];
  readonly counts: readonly number[];
  readonly missing: number;
}

/** Counts the categories of the rows, without those that no row has. */
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

/** The `most` most frequent categories, in byte order; ties are broken by byte order. */
export function mostFrequent({ categories, counts }: CategoryCounts, most: number): string[] {
  return categories
    .map((category, rank) => ({ category, rank, count: counts[rank]! }))
    .sort((a, b) => b.count - a.count) // stable: ties stay in byte order
    .slice(0, most)
    .sort((a, b) => a.rank - b.rank)
    .map(({ category }) => category);
}

/** Codes of a column as indices into other categories, matched by text; −1 for missing ones, `unknown` for those not among them. */
export function recode(column: CategoricalColumn, categories: readonly string[], unknown = -1): Int32Array {
  const codeOf = new Map(categories.map((category, code) => [category, code]));
  const translated = column.categories.map((category) => codeOf.get(category) ?? unknown);
  return column.codes.map((code) => (code < 0 ? -1 : translated[code]!));
}

/** One 0/1 column per level; a row with level −1 is all zeros. */
export function oneHot(levels: Int32Array, nLevels: number): Float64Array[] {
  const columns = Array.from({ length: nLevels }, () => new Float64Array(levels.length));
  for (let row = 0; row < levels.length; row++) if (levels[row]! >= 0) columns[levels[row]!]![row] = 1;
  return columns;
}
