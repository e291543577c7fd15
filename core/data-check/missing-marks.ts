import { listNames } from '../errors/list-names.ts';
import { DEFAULT_MISSING } from '../table/missing-values.ts';
import { defineDataCheck, roleOf } from './data-check.ts';

/** Texts that are hardly ever a category of their own. */
const MARKS = new Set(['?', '??', '-', '--', '.', '*', 'n.a.', '#n/a', '(null)', '<null>', '\\n']);

export const missingMarks = defineDataCheck({
  id: 'missing_marks',
  summary: 'categories that mean that a value is missing, such as `?`',
  find({ table, roles }) {
    const noted = new Set(table.notes.flatMap((note) => (note.note === 'almost_numeric' ? [note.column] : [])));
    const found = table.columns.flatMap((column) => {
      const role = roleOf({ roles }, column.name);
      if (column.kind !== 'categorical' || noted.has(column.name) || role !== 'categorical') return [];
      // A column of two words may mean something by "-", such as the sign of a test.
      const marks = column.categories.filter((category) => MARKS.has(category.trim().toLowerCase()));
      return column.categories.length > 2 ? marks.map((mark) => ({ column: column.name, mark: mark.trim() })) : [];
    });
    const read = table.notes.flatMap((note) => (note.note === 'read_as_missing' ? note.texts : []));
    const known = read.filter((text) => DEFAULT_MISSING.includes(text) || MARKS.has(text.toLowerCase()));
    return [...new Set(found.map(({ mark }) => mark))].map((mark) => {
      const columns = found.filter((each) => each.mark === mark).map(({ column }) => column);
      return {
        columns,
        message: `${JSON.stringify(mark)} in ${listNames(columns)} means that a value is missing`,
        next: null,
        settings: { missing: [...new Set([...known, mark])] },
      };
    });
  },
});
