import { listNames } from '../errors/list-names.ts';
import { type Column, isMissing } from '../table/table.ts';
import { defineDataCheck } from './data-check.ts';

export const constantColumns = defineDataCheck({
  id: 'constant_columns',
  summary: 'features that have the same value in every row',
  find({ table, features }) {
    const columns = features.filter((name) => table.nRows > 1 && isConstant(table.column(name)!, table.nRows));
    if (columns.length === 0) return [];
    return [
      {
        columns,
        message: `${listNames(columns)} ${columns.length === 1 ? 'has' : 'have'} the same value in every row, so no model learns from ${columns.length === 1 ? 'it' : 'them'}`,
        next: null,
      },
    ];
  },
});

function isConstant(column: Column, nRows: number): boolean {
  if (isMissing(column, 0)) return false;
  const values = column.kind === 'numeric' ? column.values : column.codes;
  for (let row = 1; row < nRows; row++) if (values[row] !== values[0]) return false;
  return true;
}
