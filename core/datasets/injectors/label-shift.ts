import { z } from 'zod';
import { valueText } from '../../table/table.ts';
import { defineInjector } from './injector.ts';

export const labelShift = defineInjector({
  id: 'label_shift',
  summary: 'makes a class more or less frequent, by resampling rows within classes',
  params: z.strictObject({
    column: z.string().min(1).describe('The target.'),
    value: z.string().describe('The class.'),
    share: z.number().min(0).max(1).describe('Share of all rows afterwards.'),
  }),
  inject(table, { column: name, value, share }, random) {
    const column = table.column(name);
    if (!column) throw new RangeError(`the table has no column "${name}"`);
    const rows = Array.from({ length: table.nRows }, (_, row) => row);
    const isOf = rows.map((row) => valueText(column, row) === value);
    const [own, others] = [rows.filter((row) => isOf[row]), rows.filter((row) => !isOf[row])];
    if (own.length === 0 || others.length === 0)
      throw new RangeError(
        `column "${name}" has the value "${value}" in all rows or in none; label_shift needs both kinds`,
      );
    const draw = (from: readonly number[]) => from[random.integer(from.length)]!;
    return table.take(rows.map(() => draw(random.uniform() < share ? own : others)));
  },
});
