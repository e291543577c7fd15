import type { RunComparison } from '../comparison/run-comparison.ts';
import type { Verdict } from '../comparison/verdict.ts';
import type { Run } from '../tracking/run.ts';
import { alignColumns, printable } from './columns.ts';
import { number, pValue, signed } from './numbers.ts';
import { runName } from './run-page.ts';
import { evaluationSetSentence, gateSentence, MARKS, markOf, missingSentence } from './sentences.ts';

const ARROWS = { maximize: '↑', minimize: '↓' } as const;

/** Two runs beside each other for a terminal: metrics, what to know of them, and the gates. */
export function renderRunComparison(
  before: Run,
  after: Run,
  { metrics, notes }: RunComparison,
  verdict: Verdict | null,
): string {
  const rows = metrics.map(({ metric, direction, baseline, candidate, delta, standardError, pValue: p }) => [
    `${metric} ${ARROWS[direction]}`,
    number(baseline),
    number(candidate),
    signed(delta),
    standardError === null ? '—' : number(standardError),
    p === null ? '—' : pValue(p),
  ]);
  const header = ['', 'baseline', 'candidate', 'Δ', 'SE of Δ', 'certainty'];
  const sentences = [
    ...(verdict?.missing ?? []).map((each) => `${MARKS.fail} missing: ${missingSentence(each)}`),
    ...(verdict?.evaluationSets ?? [])
      .filter(({ outcome }) => outcome === 'fail')
      .map((evaluationSet) => `${MARKS.fail} ${evaluationSetSentence(evaluationSet)}`),
    ...(verdict?.gates ?? []).map((gate) => `${markOf(gate)} ${gateSentence(gate)}`),
  ];
  return [
    `baseline   ${printable(before.id)}  (${runName(before)})`,
    `candidate  ${printable(after.id)}  (${runName(after)})`,
    '',
    ...alignColumns([header, ...rows], ['left', 'right', 'right', 'right', 'right', 'left']),
    '',
    ...notes.map((note) => `- ${printable(note)}`),
    ...(metrics.some(({ pValue: p }) => p !== null)
      ? ['- p: the chance of a difference as large if there were none; gates test drops alone']
      : []),
    ...(sentences.length > 0 ? ['', ...sentences.map((sentence) => sentence.replaceAll('`', ''))] : []),
    '',
  ].join('\n');
}
