import { z } from 'zod';
import { categoricalColumn, valueText } from '../../table/table.ts';
import { categoricalColumnOf, defineInjector, withColumn } from './injector.ts';

export const categorySwap = defineInjector({
  id: 'category_swap',
  summary: 'swaps two categories of a column',
  params: z.strictObject({
    column: z.string().min(1),
    between: z.tuple([z.string(), z.string()]),
    share: z.number().min(0).max(1).default(1).describe('Share of the rows with one of the two categories.'),
  }),
  inject(table, { column: name, between: [a, b], share }, random) {
    const column = categoricalColumnOf(table, name);
    const values = Array.from({ length: table.nRows }, (_, row) => {
      const value = valueText(column, row);
      if ((value !== a && value !== b) || random.uniform() >= share) return value === '' ? undefined : value;
      return value === a ? b : a;
    });
    return withColumn(table, categoricalColumn(name, values));
  },
});
