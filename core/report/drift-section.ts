import type { DatasetDrift, Drift } from '../drift/drift-result.ts';
import { DRIFT_HEADER, driftRows } from './drift-columns.ts';
import { driftHeadline, driftTables, movedSentences, qualitySentences } from './drift-sentences.ts';
import { type Sentence, sentence, text } from './fragments.ts';
import { bullets, fold, stack, table } from './markdown-blocks.ts';
import { plural } from './numbers.ts';
import { type Markdown, toMarkdown } from './to-markdown.ts';

/** Rows of the table, and lines of the list below it. */
const MOST_COLUMNS = 10;
const MOST_SENTENCES = 5;

/** The drift of a dataset as a part of a report: the columns that drifted, the most drifted first. */
export function driftSection(each: DatasetDrift): Markdown {
  const tables = toMarkdown(driftTables(each));
  if (!each.drift) return fold(driftHeadline(each), tables);
  const { drift } = each;
  const { rows, left } = driftedRows(drift);
  const others = [
    ...incomparable(drift).slice(0, MOST_SENTENCES),
    ...qualitySentences(drift).slice(0, MOST_SENTENCES),
    ...(left > 0 ? [sentence`${plural(left, 'more column')} drifted`] : []),
  ];
  const header = DRIFT_HEADER.slice(0, -1).map((name): Sentence => [text(name)]);
  const parts = [
    tables,
    ...(rows.length > 0 ? [table([header, ...rows], ['l', 'r', 'r', 'l', 'r', 'r'])] : []),
    ...(others.length > 0 ? [bullets(others)] : []),
  ];
  return fold(driftHeadline(each), stack(parts, '\n\n'));
}

/** Rows without their last cell, which would say the same in each. */
function driftedRows(drift: Drift): { readonly rows: Sentence[][]; readonly left: number } {
  const columns = drift.columns.filter(({ column }) => drift.moved.includes(column));
  const rows = driftRows({ ...drift, columns }).map((row) => row.slice(0, -1));
  const shown = rows.slice(0, MOST_COLUMNS);
  const told = Math.min(incomparable(drift).length, MOST_SENTENCES);
  return { rows: shown, left: Math.max(0, drift.moved.length - shown.length - told) };
}

/** Columns that drifted and have no row: their values cannot be compared. */
export function incomparable(drift: Drift): Sentence[] {
  const changed = new Set(
    drift.columns.filter(({ values, missing }) => values === null && missing.test === null).map(({ column }) => column),
  );
  return movedSentences({ ...drift, moved: drift.moved.filter((column) => changed.has(column)) });
}
