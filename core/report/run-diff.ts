import type { RunDifference } from '../tracking/diff-runs.ts';
import type { Run } from '../tracking/run.ts';
import { alignColumns } from './columns.ts';
import { number, signed } from './numbers.ts';
import { printable } from './printable.ts';

/** Longest value in a column; `--json` has them whole. */
const WIDTH = 48;

/** What differs between two runs, for a terminal. */
export function renderRunDiff(before: Run, after: Run, differences: readonly RunDifference[]): string {
  const head = [`- ${before.id}`, `+ ${after.id}`].map(printable);
  if (differences.length === 0) return `${[...head, '', 'the runs do not differ'].join('\n')}\n`;
  const sections = [...new Set(differences.map(({ section }) => section))];
  const lines = sections.flatMap((section) => {
    const rows = differences
      .filter((each) => each.section === section)
      .map(({ name, before: left, after: right, delta }) => [
        name,
        shown(left, section),
        '→',
        shown(right, section),
        ...(delta === undefined ? [] : [signed(delta)]),
      ]);
    return ['', section, ...alignColumns(rows, ['left', 'right', 'left', 'left', 'right']).map((line) => `  ${line}`)];
  });
  return `${[...head, ...lines].join('\n')}\n`;
}

function shown(value: RunDifference['before'], section: RunDifference['section']): string {
  if (value === undefined) return '(absent)';
  if (section === 'metrics' && typeof value !== 'string') return number(value as number | null);
  const text = value === '' ? '(empty)' : String(value);
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}
