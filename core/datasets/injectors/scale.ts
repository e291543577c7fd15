import { z } from 'zod';
import { defineInjector, numericColumn, withColumn } from './injector.ts';

export const scale = defineInjector({
  id: 'scale',
  summary: 'multiplies all values of a column, as when a unit changes',
  params: z.strictObject({ column: z.string().min(1), factor: z.number() }),
  inject(table, { column: name, factor }) {
    const column = numericColumn(table, name);
    return withColumn(table, { ...column, values: column.values.map((value) => value * factor) });
  },
});
