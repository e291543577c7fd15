import { nearCopies as nearCopiesIn, nearCopiesSentence } from '../dataset/near-copies.ts';
import { defineDataCheck } from './data-check.ts';

export const nearCopies = defineDataCheck({
  id: 'near_copies',
  summary: 'rows that have a near copy, such as copies with a little noise or rows of one subject',
  find({ table, roles, features }) {
    // Rows that resemble each other are meant to be there, and are kept together.
    if (roles.some(({ kind }) => kind === 'group' || kind === 'time')) return [];
    const found = nearCopiesIn(table, features);
    if (!found) return [];
    return [
      {
        columns: [],
        message: nearCopiesSentence(found),
        next: 'if they are copies with a little noise, remove them; if a person, a device or a moment has many rows, name its column in `split.group` or `split.time`',
      },
    ];
  },
});
