import { DataError } from '../errors/app-error.ts';
import { suggest } from '../registry/suggest.ts';
import { isMissing, type Table, valueText } from '../table/table.ts';

/**
 * The target of new rows, as a model that was trained before knows it: values, or indices of its classes (none for a
 * regression); NaN where it is missing. Undefined when the table has no such column.
 *
 * @throws DataError for a class that the model does not know, and for text where it learned values.
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
      message: 'the model was trained on numbers as its target',
      found: `text such as "${valueText(column, row)}"`,
      next: 'correct the values, or take the column out of the table',
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
      message: 'the target has a class that the model does not know',
      found: `"${label}" in data row ${row + 1}`,
      allowed: classes.slice(0, 20).join(', '),
      next: near ? `did you mean "${near}"?` : 'correct the value, or leave it empty',
    });
  });
}
