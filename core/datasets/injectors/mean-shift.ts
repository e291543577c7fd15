import { z } from 'zod';
import { defineInjector, deviation, numericColumn, withColumn } from './injector.ts';

export const meanShift = defineInjector({
  id: 'mean_shift',
  summary: 'adds a constant to all values of a column',
  params: z.strictObject({
    column: z.string().min(1),
    by: z.number().describe('In standard deviations of the column.'),
  }),
  inject(table, { column: name, by }) {
    const column = numericColumn(table, name);
    const shift = by * deviation(column.values);
    return withColumn(table, { ...column, values: column.values.map((value) => value + shift) });
  },
});
