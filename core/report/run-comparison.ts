import type { RunComparison } from '../comparison/run-comparison.ts';
import type { Verdict } from '../comparison/verdict.ts';
import type { Run } from '../tracking/run.ts';
import { alignColumns } from './columns.ts';
import { ARROWS } from './gate-row.ts';
import { number, pNumber, signed } from './numbers.ts';
import { printable } from './printable.ts';
import { runName } from './run-page.ts';
import { toTerminal } from './to-terminal.ts';
import { verdictSentences } from './verdict-sentences.ts';

/** Two runs beside each other for a terminal: metrics, what to know of them, and the gates. */
export function renderRunComparison(
  before: Run,
  after: Run,
  { metrics, notes }: RunComparison,
  verdict: Verdict | null,
): string {
  const rows = metrics.map(({ metric, direction, baseline, candidate, delta, standardError, pValue }) => [
    `${metric} ${ARROWS[direction]}`,
    number(baseline),
    number(candidate),
    signed(delta),
    number(standardError),
    pValue === null ? '—' : pNumber(pValue),
  ]);
  const header = ['', 'baseline', 'candidate', 'Δ', '± SE', 'p-value'];
  const sentences = verdict ? verdictSentences(verdict) : [];
  return [
    `baseline   ${printable(before.id)}  (${runName(before)})`,
    `candidate  ${printable(after.id)}  (${runName(after)})`,
    '',
    ...alignColumns([header, ...rows], ['left', 'right', 'right', 'right', 'right', 'right']),
    '',
    ...notes.map((note) => `- ${printable(note)}`),
    ...(metrics.some(({ pValue }) => pValue !== null)
      ? ['- p-value: two-sided, for any difference; gates test for drops only']
      : []),
    ...(sentences.length > 0 ? ['', ...sentences.map(toTerminal)] : []),
    '',
  ].join('\n');
}
