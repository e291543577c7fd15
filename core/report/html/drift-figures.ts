import type { ColumnDrift, DatasetDrift, TestResult } from '../../drift/drift-result.ts';
import { log } from '../../stats/elementary.ts';
import { DRIFT_HEADER, driftRows } from '../drift-columns.ts';
import { incomparable } from '../drift-section.ts';
import { driftHeadline, driftTables, notJudgedSentences, qualitySentences } from '../drift-sentences.ts';
import { type Sentence, shownName, text } from '../fragments.ts';
import type { Html } from '../to-html.ts';
import type { Figures } from './figures.ts';
import { fold, html, list, NOTHING, table } from './html-blocks.ts';

/** Columns that the chart has. The table has all. */
const MOST_BARS = 15;
/** Where bars end: a p-value may be next to nothing. */
const LONGEST_BAR = 10;
/** Columns that are not judged, and are told. */
const MOST_LINES = 40;

/** How far each column moved. Different tests are compared by how many times their threshold was reached. */
export function driftFigures(each: DatasetDrift, figures: Figures): Html {
  const { drift } = each;
  if (!drift) return NOTHING;
  const bars = drift.columns
    .map((column) => ({ ...column, times: timesThreshold(column) }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times)
    .slice(0, MOST_BARS);
  const figure =
    bars.length === 0
      ? NOTHING
      : figures.add([text(`How far columns moved: times their threshold, at most ${LONGEST_BAR}`)], {
          kind: 'bars',
          unit: 'Times the threshold',
          bars: bars.map(({ column, times, status }) => ({
            ...{ name: shownName(column), value: times },
            isMarked: status === 'drifted',
          })),
          threshold: 1,
        });
  // A wide table shows its first columns.
  const [name, ...rest] = DRIFT_HEADER.slice(0, -1);
  const columns = [name!, 'Outcome', ...rest].map((heading, i) => ({
    heading: [text(heading)] as Sentence,
    isNumeric: i > 1 && heading !== 'Moved',
  }));
  const rows = driftRows(drift).map((row) =>
    [row[0]!, row.at(-1)!, ...row.slice(1, -1)].map((content) => ({ content })),
  );
  const told = [...incomparable(drift), ...qualitySentences(drift), ...notJudgedSentences(drift)].slice(0, MOST_LINES);
  return fold(
    driftHeadline(each),
    html`<p>${driftTables(each)}</p><div class="figures">${figure}</div>
${rows.length === 0 ? NOTHING : table([text('Columns that were compared, the most drifted first')], columns, rows)}${list(told)}`,
    { isOpen: true },
  );
}

function timesThreshold({ values, missing }: ColumnDrift): number {
  return Math.min(LONGEST_BAR, Math.max(0, ...[values, missing.test].map((test) => (test ? timesOf(test) : 0))));
}

/** Of p-values, orders of magnitude. */
function timesOf({ kind, statistic, threshold, adjustedPValue }: TestResult): number {
  if (kind === 'distance') return statistic / threshold;
  return adjustedPValue === 0 ? LONGEST_BAR : log(adjustedPValue) / log(threshold);
}
