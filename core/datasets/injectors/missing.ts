import { z } from 'zod';
import { type Column, isMissing } from '../../table/table.ts';
import { defineInjector, withColumn } from './injector.ts';

export const missing = defineInjector({
  id: 'missing',
  summary: 'removes values of a column at random',
  params: z.strictObject({ column: z.string().min(1), share: z.number().min(0).max(1) }),
  inject(table, { column: name, share }, random) {
    const column = table.column(name);
    if (!column) throw new RangeError(`the table has no column "${name}"`);
    const goes = Array.from({ length: table.nRows }, (_, row) => random.uniform() < share && !isMissing(column, row));
    const gone: Column =
      column.kind === 'numeric'
        ? { ...column, values: column.values.map((value, row) => (goes[row] ? Number.NaN : value)) }
        : { ...column, codes: column.codes.map((code, row) => (goes[row] ? -1 : code)) };
    return withColumn(table, gone);
  },
});
