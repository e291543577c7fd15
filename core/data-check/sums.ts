import { listNames } from '../errors/list-names.ts';
import { square } from '../stats/elementary.ts';
import { defineDataCheck } from './data-check.ts';

/** The target is as good as a sum when this share of its variance is left at most. */
const LEFT = 1e-4;
/** A sum of more columns than this is a model. */
const MOST_PARTS = 6;
const MOST_ROWS = 5_000;
const MIN_ROWS = 50;

export const sums = defineDataCheck({
  id: 'sums',
  summary: 'numeric features of which the target is a sum or difference',
  find({ table, features, target }) {
    if (target?.type !== 'continuous' || table.nRows < MIN_ROWS) return [];
    const step = Math.ceil(table.nRows / MOST_ROWS);
    const rows = Array.from({ length: Math.floor(table.nRows / step) }, (_, i) => i * step);
    const columns = features.flatMap((name) => {
      const column = table.column(name)!;
      if (column.kind !== 'numeric') return [];
      const values = centred(rows.map((row) => column.values[row]!));
      return values.every(Number.isFinite) && norm(values) > 0 ? [{ name, values }] : [];
    });
    const parts = partsOf(centred(rows.map((row) => target.values[row]!)), columns);
    // One part alone is named by the checks of single features.
    if (parts.length < 2) return [];
    return [
      {
        columns: parts,
        message: `"${target.name}" is a sum or difference of ${listNames(parts)}, so a model that has them knows it`,
        next: `declare as \`ignore\` under \`columns\` what is not known before "${target.name}"`,
      },
    ];
  },
});

/**
 * The fewest columns, found greedily, of which the target is a linear combination: orthogonal matching pursuit. Empty where
 * more than `MOST_PARTS` are needed. All columns have mean 0.
 */
function partsOf(
  target: readonly number[],
  columns: readonly { readonly name: string; readonly values: readonly number[] }[],
): string[] {
  const whole = dot(target, target);
  let rest = target;
  let open = columns.map(({ name, values }) => ({ name, length: norm(values), values }));
  const parts: string[] = [];
  while (whole > 0 && parts.length < MOST_PARTS && open.length > 0) {
    const gains = open.map(({ values }) => square(dot(rest, values)) / dot(values, values));
    const best = open[gains.indexOf(Math.max(...gains))];
    if (!best) return [];
    parts.push(best.name);
    rest = without(rest, best.values);
    if (dot(rest, rest) <= LEFT * whole) return parts;
    open = open
      .filter((each) => each !== best)
      .map((each) => ({ ...each, values: without(each.values, best.values) }))
      // What is left of a column that the chosen ones explain is rounding.
      .filter(({ values, length }) => norm(values) > 1e-6 * length);
  }
  return [];
}

function without(values: readonly number[], part: readonly number[]): number[] {
  const factor = dot(values, part) / dot(part, part);
  return values.map((value, i) => value - factor * part[i]!);
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(values: readonly number[]): number {
  return Math.sqrt(dot(values, values));
}
