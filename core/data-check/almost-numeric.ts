import { areMarks, tableWarnings } from '../table/table-notes.ts';
import { defineDataCheck } from './data-check.ts';

export const almostNumeric = defineDataCheck({
  id: 'almost_numeric',
  summary: 'text columns that are numeric but for a few values',
  find: ({ table }) =>
    table.notes.flatMap((note) => {
      if (note.note !== 'almost_numeric') return [];
      const { column, place, texts, rows, of, missing } = note;
      if (!areMarks(texts)) return [{ columns: [column], message: tableWarnings([note])[0]!, next: null }];
      const shown = texts.map((text) => JSON.stringify(text)).join(', ');
      return [
        {
          columns: [column],
          message: `column "${column}" has ${shown} among its numbers (${rows} of ${of} values, the first in ${place}): marks for missing values`,
          next: null,
          settings: { missing },
        },
      ];
    }),
});
