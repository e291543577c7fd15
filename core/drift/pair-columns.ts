import { type CategoricalColumn, type Column, columnLength, isMissing, valueText } from '../table/table.ts';
import type { CategoricalSamples, NumericSamples } from './tests/drift-test.ts';

/** With fewer values nothing can be told from chance. */
export const FEWEST_ROWS = 30;
/** Numbers with no more distinct values than this in both tables together are compared as categories. */
const FEW_VALUES = 5;
/** Share of distinct texts among the rows of the reference, above which they are names of rows or free text. */
const MOSTLY_DISTINCT = 0.5;

/** A column of both tables, ready to be compared. */
export type PairedColumn =
  | { readonly kind: 'numeric'; readonly samples: NumericSamples }
  /** `categories` are in the order of the counts. */
  | { readonly kind: 'categorical'; readonly samples: CategoricalSamples; readonly categories: readonly string[] }
  /** `isChange`: the current table is the reason, so the column counts as drifted. */
  | { readonly kind: 'not_judged'; readonly why: string; readonly isChange: boolean };

/** The values of a column in both tables, or why they cannot be compared. */
export function pairColumns(reference: Column, current: Column): PairedColumn {
  const [n, m] = [presentRows(reference), presentRows(current)];
  if (n === 0 && m === 0) return notJudged('no value in either table');
  if (n === 0) return notJudged('no value in the reference table');
  if (m === 0) return notJudged('no value in the current table');
  const [was, is] = [kindOf(reference), kindOf(current)];
  if (was !== is) return changed(`${was} in the reference table, ${is} in the current one`);
  if (was === 'dates') return notJudged('dates move on by themselves');
  const fewest = Math.min(n, m);
  if (fewest < FEWEST_ROWS) {
    const where = n < FEWEST_ROWS ? 'reference' : 'current';
    return notJudged(`${fewest} ${fewest === 1 ? 'value' : 'values'} in the ${where} table, fewer than ${FEWEST_ROWS}`);
  }
  if (reference.kind === 'numeric' && current.kind === 'numeric') return pairNumbers(reference, current);
  return pairTexts(reference as CategoricalColumn, current as CategoricalColumn, n);
}

/** How many rows have a value. */
export function presentRows(column: Column): number {
  let n = 0;
  for (let row = 0; row < columnLength(column); row++) if (!isMissing(column, row)) n++;
  return n;
}

/** What a column holds, in words. */
export function kindOf(column: Column): 'numbers' | 'dates' | 'text' {
  if (column.kind === 'categorical') return 'text';
  return column.isDate ? 'dates' : 'numbers';
}

function pairNumbers(reference: Extract<Column, { kind: 'numeric' }>, current: typeof reference): PairedColumn {
  if (numbersRows(reference.values) && numbersRows(current.values)) return notJudged('it numbers the rows');
  const samples: NumericSamples = {
    kind: 'numeric',
    reference: ascending(reference.values),
    current: ascending(current.values),
  };
  const values = new Set<number>();
  for (const list of [samples.reference, samples.current])
    for (let i = 0; i < list.length && values.size <= FEW_VALUES; i++) values.add(list[i]!);
  if (values.size <= FEW_VALUES) return pairCounts(countTexts(reference), countTexts(current));
  if (samples.reference[0] === samples.reference.at(-1))
    return changed(`the same value in every row of the reference table: ${samples.reference[0]}`);
  return { kind: 'numeric', samples };
}

function pairTexts(reference: CategoricalColumn, current: CategoricalColumn, present: number): PairedColumn {
  const counts = countTexts(reference);
  if (counts.size > MOSTLY_DISTINCT * present)
    return notJudged(`${counts.size} different texts in ${present} rows: an id, or free text`);
  return pairCounts(counts, countTexts(current));
}

function pairCounts(reference: ReadonlyMap<string, number>, current: ReadonlyMap<string, number>): PairedColumn {
  const categories = [...new Set([...reference.keys(), ...current.keys()])];
  if (categories.length === 1) return notJudged('the same value in every row of both tables');
  if (![...current.keys()].some((category) => reference.has(category)))
    return changed('no value of the current table is in the reference table');
  const counts = (of: ReadonlyMap<string, number>) =>
    Float64Array.from(categories, (category) => of.get(category) ?? 0);
  return {
    kind: 'categorical',
    samples: { kind: 'categorical', reference: counts(reference), current: counts(current) },
    categories,
  };
}

/** Rows of each value, in the order of the values. */
export function countTexts(column: Column): Map<string, number> {
  if (column.kind === 'categorical') {
    const counts = new Float64Array(column.categories.length);
    for (const code of column.codes) if (code >= 0) counts[code]!++;
    return new Map(column.categories.flatMap((category, k) => (counts[k]! > 0 ? [[category, counts[k]!]] : [])));
  }
  const counts = new Map<number, number>();
  for (const value of ascending(column.values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map(
    [...counts].map(([value, count]) => [valueText({ ...column, values: Float64Array.of(value) }, 0), count]),
  );
}

/** Whole numbers, each larger than the one before. */
function numbersRows(values: Float64Array): boolean {
  return values.every((value, i) => Number.isInteger(value) && (i === 0 || value > values[i - 1]!));
}

function ascending(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

function notJudged(why: string): PairedColumn {
  return { kind: 'not_judged', why, isChange: false };
}

function changed(why: string): PairedColumn {
  return { kind: 'not_judged', why, isChange: true };
}
