import type {
  ColumnDrift,
  DataQuality,
  DatasetDrift,
  Drift,
  NumericSummary,
  TestResult,
} from '../drift/drift-result.ts';
import { FEWEST_ROWS } from '../drift/pair-columns.ts';
import { driftTests } from '../drift/tests/index.ts';
import { code, join, number, type Sentence, sentence, strong, text } from './fragments.ts';
import { MARKS, markOf } from './marks.ts';
import { number as decimal, percent, plural, pValue } from './numbers.ts';

/** Categories and columns that a sentence names. */
const NAMED = 5;
/** Repeated rows are told when their share grew by this. */
const MORE_REPEATED = 0.01;

/** What became of a dataset, first. */
export function driftHeadline({ dataset, reference, current, drift, gate }: DatasetDrift): Sentence {
  const mark = gate ? markOf(gate) : MARKS.not_judged;
  const name = strong(code(dataset ?? current ?? reference));
  if (!drift) return sentence`${mark} ${name}: there is no second table, so drift is not known`;
  if (drift.share === null) return sentence`${mark} ${name}: drift is not known, since ${whyUnknown(drift)}`;
  const moved = sentence`${String(drift.moved.length)} of ${plural(drift.judged, 'column')} drifted`;
  if (drift.moved.length === 0) return sentence`${mark} ${name}: no drift in ${plural(drift.judged, 'column')}`;
  const than = drift.drifted ? 'more than' : 'within';
  const told = sentence`${mark} ${name}: ${drift.drifted ? 'drift: ' : ''}${moved} (${percent(drift.share)}), ${than} ${percent(drift.maxShare)}`;
  return drift.drifted && !gate ? sentence`${told}; it fails nothing, since no ${code('max_share')} is set` : told;
}

function whyUnknown({ rows }: Drift): string {
  const few = Math.min(rows.reference, rows.current);
  if (few >= FEWEST_ROWS) return 'no column can be judged';
  return `the ${few === rows.reference ? 'reference' : 'current'} table has ${plural(few, 'row')}, fewer than ${FEWEST_ROWS}`;
}

/** Which tables were compared. */
export function driftTables({ reference, current, drift }: DatasetDrift): Sentence {
  if (!drift || current === null) return sentence`Reference: ${code(reference)}`;
  return sentence`${code(current)} (${plural(drift.rows.current, 'row')}) beside ${code(reference)} (${plural(drift.rows.reference, 'row')})`;
}

/** The columns that drifted, the most drifted first; a report has no more of them than people read. */
export function movedSentences({ moved, columns }: Drift): Sentence[] {
  return moved.flatMap((name) => columns.filter(({ column }) => column === name).map(columnSentence));
}

/** The columns that are not compared. */
export function notJudgedSentences({ columns }: Drift): Sentence[] {
  return columns.filter(({ status }) => status === 'not_judged').map(columnSentence);
}

/** What one column came to: what moved, and how far. */
function columnSentence(column: ColumnDrift): Sentence {
  const { role, status, why, values, missing } = column;
  const name = sentence`${code(column.column)}${role === 'target' ? ' (target)' : ''}`;
  const notJudged = why === null ? [] : [sentence`not judged: ${text(why)}`];
  const moved = values && (values.drifted || status === 'stable') ? [valuesSentence(column, values)] : [];
  const gone = missing.test?.drifted
    ? [sentence`missing ${percent(missing.reference)} → ${percent(missing.current)}`]
    : [];
  const counts = status === 'changed' ? [sentence`counts as drifted`] : [];
  return sentence`${name}: ${join([...moved, ...gone, ...notJudged, ...counts], '; ')}`;
}

function valuesSentence({ numbers, category }: ColumnDrift, values: TestResult): Sentence {
  const far = testSentence(values);
  if (numbers) {
    const [what, before, after] = whatMoved(numbers);
    return sentence`${what} ${number(before)} → ${number(after)}, ${far}`;
  }
  if (!category) return far;
  return sentence`${code(category.category)} ${percent(category.reference)} → ${percent(category.current)}, ${far}`;
}

/** The median, unless the spread moved more. */
function whatMoved({ reference, current }: NumericSummary): [name: string, before: number, after: number] {
  const isWider = Math.abs(current.iqr - reference.iqr) > Math.abs(current.median - reference.median);
  if (isWider) return ['interquartile range', reference.iqr, current.iqr];
  return ['median', reference.median, current.median];
}

/** `Wasserstein .41 sd`, `chi-square p < .001`. */
export function testSentence({ test, kind, statistic, adjustedPValue }: TestResult): Sentence {
  const { name, unit } = driftTests.get(test);
  if (kind === 'p_value') return sentence`${name} ${pValue(adjustedPValue)}`;
  return sentence`${name} ${number(statistic, distance)}${unit === undefined ? '' : ` ${unit}`}`;
}

/** A distance with two decimals, without its leading zero: `.41`, `1.64`. */
function distance(value: number | null): string {
  if (value === null) return '—';
  return value < 10 ? value.toFixed(2).replace(/^0/, '') : decimal(value);
}

/** What is wrong beside the distributions. */
export function qualitySentences({ quality }: Drift): Sentence[] {
  const { duplicates, onlyInReference, onlyInCurrent } = quality;
  const isRepeated = duplicates.current >= duplicates.reference + MORE_REPEATED;
  return [
    ...(onlyInReference.length > 0 ? [sentence`not in the current table: ${names(onlyInReference)}`] : []),
    ...(onlyInCurrent.length > 0 ? [sentence`only in the current table: ${names(onlyInCurrent)}`] : []),
    ...quality.typeChanges.map(
      ({ column, reference, current }) => sentence`${code(column)} changed its type: ${reference} → ${current}`,
    ),
    ...quality.newCategories.map(newCategories),
    ...quality.outOfRange.map(
      ({ column, share, reference: [low, high] }) =>
        sentence`${code(column)}: ${percent(share)} of values are beyond ${number(low)} – ${number(high)}, the range of the reference`,
    ),
    ...(isRepeated
      ? [
          sentence`${percent(duplicates.current)} of rows repeat an earlier one; ${percent(duplicates.reference)} in the reference`,
        ]
      : []),
  ];
}

function newCategories({ column, categories, share }: DataQuality['newCategories'][number]): Sentence {
  return sentence`${code(column)} has new categories in ${percent(share)} of rows: ${names(categories)}`;
}

function names(list: readonly string[]): Sentence {
  const shown = join(
    list.slice(0, NAMED).map((name) => code(name)),
    ', ',
  );
  return list.length > NAMED ? sentence`${shown} and ${String(list.length - NAMED)} more` : shown;
}
