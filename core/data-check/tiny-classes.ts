import { shorten } from '../errors/list-names.ts';
import { defineDataCheck } from './data-check.ts';

/** Two rows for each of five folds. */
const FEWEST = 10;

export const tinyClasses = defineDataCheck({
  id: 'tiny_classes',
  summary: 'classes of the target with hardly any rows',
  find({ target }) {
    if (!target || target.type === 'continuous') return [];
    const rows = new Array<number>(target.classes.length).fill(0);
    for (const k of target.values) rows[k]!++;
    const tiny = target.classes.flatMap((label, k) => (rows[k]! < FEWEST ? [`"${label}" (${rows[k]})`] : []));
    if (tiny.length === 0) return [];
    return [
      {
        columns: [target.name],
        message: `${tiny.length === 1 ? 'the class' : 'classes'} ${shorten(tiny)} of "${target.name}" ${tiny.length === 1 ? 'has' : 'have'} fewer than ${FEWEST} rows, so some folds have none`,
        next: 'merge rare classes, correct them if they are misspelt, or leave the rows out',
      },
    ];
  },
});
