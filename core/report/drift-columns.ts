import type { ColumnDrift, Drift } from '../drift/drift-result.ts';
import { testSentence } from './drift-sentences.ts';
import { code, number, type Sentence, sentence, text } from './fragments.ts';
import { percent, pNumber } from './numbers.ts';

/** What the table of columns has beside the column's name. */
export const DRIFT_HEADER = ['Column', 'Reference', 'Current', 'Moved', 'p-value', 'Missing', ''] as const;

/** A row for each column that was compared, the drifted ones first. */
export function driftRows({ columns, moved }: Drift): Sentence[][] {
  const judged = columns.filter(({ values, missing }) => values !== null || missing.test !== null);
  const rank = ({ column }: ColumnDrift) => (moved.includes(column) ? moved.indexOf(column) : moved.length);
  return judged.sort((a, b) => rank(a) - rank(b)).map(row);
}

const NONE: Sentence = [text('—')];

function row({ column, role, status, values, numbers, category, missing }: ColumnDrift): Sentence[] {
  const side = (of: 'reference' | 'current'): Sentence => {
    if (numbers) return [number(numbers[of].median)];
    return category ? sentence`${code(category.category)} ${percent(category[of])}` : NONE;
  };
  return [
    sentence`${code(column)}${role === 'target' ? ' (target)' : ''}`,
    side('reference'),
    side('current'),
    values ? testSentence(values) : NONE,
    values ? [text(pNumber(values.adjustedPValue))] : NONE,
    missing.test ? sentence`${percent(missing.reference)} → ${percent(missing.current)}` : NONE,
    status === 'stable' || status === 'not_judged' ? [] : [text('drifted')],
  ];
}
