import { isNearUniqueText } from '../dataset/near-unique-text.ts';
import { count } from '../report/numbers.ts';
import { defineDataCheck } from './data-check.ts';

export const nearUniqueText = defineDataCheck({
  id: 'near_unique_text',
  summary: 'text that differs in most rows, such as names and addresses',
  find: ({ table, features, declared }) =>
    features.flatMap((name) => {
      const column = table.column(name)!;
      // Prices and percentages are numbers, which other checks name.
      const hasWords = column.kind === 'categorical' && column.categories.some((text) => /\p{L}/u.test(text));
      if (!hasWords || declared.includes(name) || !isNearUniqueText(column)) return [];
      return [
        {
          columns: [name],
          message: `column "${name}" has ${count(column.categories.length)} different texts in ${count(table.nRows)} rows: a model learns little from it`,
          next: `make features of it (a word that occurs, its length), or declare it: columns: { ${JSON.stringify(name)}: ignore }`,
        },
      ];
    }),
});
