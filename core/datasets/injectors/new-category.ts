import { z } from 'zod';
import { categoricalColumn, valueText } from '../../table/table.ts';
import { categoricalColumnOf, defineInjector, withColumn } from './injector.ts';

export const newCategory = defineInjector({
  id: 'new_category',
  summary: 'replaces a share of a column with a new category',
  params: z.strictObject({
    column: z.string().min(1),
    category: z.string().min(1),
    share: z.number().min(0).max(1),
  }),
  inject(table, { column: name, category, share }, random) {
    const column = categoricalColumnOf(table, name);
    const values = Array.from({ length: table.nRows }, (_, row) =>
      random.uniform() < share ? category : valueText(column, row) || undefined,
    );
    return withColumn(table, categoricalColumn(name, values));
  },
});
