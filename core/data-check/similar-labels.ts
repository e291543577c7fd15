import { alikeLabels } from '../dataset/alike-labels.ts';
import { shorten } from '../errors/list-names.ts';
import { defineDataCheck } from './data-check.ts';

/** A column with more categories is text, in which much is nearly the same. */
const MOST_CATEGORIES = 1000;

export const similarLabels = defineDataCheck({
  id: 'similar_labels',
  summary: 'labels that differ only in case, blanks or punctuation',
  find: ({ table, roles }) =>
    roles.flatMap(({ name, kind }) => {
      const column = table.column(name);
      if ((kind !== 'target' && kind !== 'categorical') || column?.kind !== 'categorical') return [];
      if (column.categories.length > MOST_CATEGORIES) return [];
      const similar = alikeLabels(column.categories);
      if (similar.length === 0) return [];
      const shown = similar.map((labels) => labels.map((label) => JSON.stringify(label)).join(' and '));
      return [
        {
          columns: [name],
          message: `"${name}" has labels that differ only in case, blanks or punctuation: ${shorten(shown)}`,
          next: `write them alike${kind === 'target' ? ': each is a class of its own now' : ''}`,
        },
      ];
    }),
});
