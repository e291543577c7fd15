import { DataError } from '../errors/app-error.ts';
import { shorten } from '../errors/list-names.ts';
import { suggest } from '../registry/suggest.ts';
import { isMissing, type Table, valueText } from '../table/table.ts';

/**
 * The target of new rows for a model that is already trained: values for a regression, else indices into the model's
 * classes; NaN where it is missing. Undefined when the table has no such column.
 *
 * @param options.classes of the model; empty for a regression.
 * @throws DataError for a class that the model was not trained on, and for text as the target of a regression.
 */
export function knownTarget(
  table: Table,
  options: { readonly file: string; readonly target: string; readonly classes: readonly string[] },
): Float64Array | undefined {
  const { file, target, classes } = options;
  const column = table.column(target);
  if (!column) return undefined;
  const place = `column "${target}"`;
  if (classes.length === 0) {
    if (column.kind === 'numeric') return column.values;
    const row = column.codes.findIndex((code) => code >= 0);
    if (row < 0) return new Float64Array(table.nRows).fill(Number.NaN);
    throw new DataError({
      file,
      place,
      message: 'the model was trained on a numeric target',
      found: `text such as "${valueText(column, row)}"`,
      next: 'correct the values, or remove the column from the table',
    });
  }
  const index = new Map(classes.map((name, k) => [name, k]));
  return Float64Array.from({ length: table.nRows }, (_, row) => {
    if (isMissing(column, row)) return Number.NaN;
    const label = valueText(column, row);
    const known = index.get(label);
    if (known !== undefined) return known;
    const near = suggest(label, classes);
    throw new DataError({
      file,
      place,
      message: 'the target has a class that the model was not trained on',
      found: `"${label}" in data row ${row + 1}`,
      allowed: shorten(classes),
      next: near ? `did you mean "${near}"?` : 'correct the value, or leave it empty',
    });
  });
}
