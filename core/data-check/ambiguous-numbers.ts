import { writtenNumbers } from '../dataset/written-numbers.ts';
import { defineDataCheck, roleOf } from './data-check.ts';

/** `1,234`: the comma may part thousands, or whole and fraction. */
const AMBIGUOUS = /^[+-]?\d{1,3}(,\d{3})?$/;

const next = 'say which for this dataset: `thousands: ","` or `decimal: ","`';

export const ambiguousNumbers = defineDataCheck({
  id: 'ambiguous_numbers',
  summary: 'numbers such as `1,234`, whose comma may part thousands or a fraction, which are read as text',
  find: ({ table, roles, declared }) =>
    table.columns.flatMap((column) => {
      const role = roleOf({ roles }, column.name);
      if (column.kind !== 'categorical' || role === 'target' || declared.includes(column.name)) return [];
      if (writtenNumbers(column)) return [];
      const texts = column.categories.map((text) => text.trim());
      const example = texts.find((text) => text.includes(','));
      if (example === undefined || !texts.every((text) => AMBIGUOUS.test(text))) return [];
      const [thousands, decimal] = [example.replace(',', ''), example.replace(',', '.')];
      return [
        {
          columns: [column.name],
          message: `column "${column.name}" has numbers such as "${example}", which can mean ${thousands} or ${decimal}, so they are read as text${role === 'id' ? '; they differ in each row, so the column is no feature' : ''}`,
          next: role === 'id' ? `${next}, and leave the column out of \`columns\`` : next,
          // They say nothing of which row it is.
          ...(role === 'id' && { settings: { columns: { [column.name]: 'ignore' as const } } }),
        },
      ];
    }),
});
