import { z } from 'zod';
import { defineInjector, deviation, numericColumn, withColumn } from './injector.ts';

export const slowTrend = defineInjector({
  id: 'slow_trend',
  summary: 'shifts a column gradually from the first row to the last',
  params: z.strictObject({
    column: z.string().min(1),
    by: z.number().describe('Shift at the last row, in standard deviations of the column.'),
  }),
  inject(table, { column: name, by }) {
    const column = numericColumn(table, name);
    const end = by * deviation(column.values);
    const last = Math.max(1, table.nRows - 1);
    return withColumn(table, { ...column, values: column.values.map((value, row) => value + (end * row) / last) });
  },
});
