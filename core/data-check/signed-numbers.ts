import { numbersAlone, signedExample } from '../dataset/signed-numbers.ts';
import { defineDataCheck, type Finding, roleOf } from './data-check.ts';

export const signedNumbers = defineDataCheck({
  id: 'signed_numbers',
  summary: 'numbers with a currency, a percent sign or a unit, which are read as text',
  find: ({ table, roles, declared }) =>
    table.columns.flatMap((column): Finding[] => {
      const role = roleOf({ roles }, column.name);
      const code = numbersAlone(column);
      if (code === null || column.kind !== 'categorical' || declared.includes(column.name)) return [];
      const found = `column ${JSON.stringify(column.name)} looks like numbers with a sign or unit (${JSON.stringify(signedExample(column))}), but is read as text`;
      const next = `write the numbers alone, in pandas: ${code}`;
      // It differs in each row, but it says nothing of which row it is.
      if (role === 'id' || role === 'ignore')
        return [
          {
            columns: [column.name],
            message: `${found} that differs in each row, so it is no feature`,
            next,
            settings: { columns: { [column.name]: 'ignore' } },
          },
        ];
      return [{ columns: [column.name], message: found, next }];
    }),
});
