import { trimmed } from './missing-values.ts';
import type { ReadValue } from './number-format.ts';
import type { CategoricalColumn, Column } from './table.ts';
import { areMarks, type TableNote } from './table-notes.ts';

/** The largest share of other texts in a column that is almost numeric. */
const MAX_SHARE = 0.05;
/** With fewer numbers than this, a column of text may hold them by chance. */
const MIN_NUMBERS = 10;
/** Marks that people write for "missing"; a column of numbers and these alone is almost numeric whatever their share. */
const MARKS = new Set(['?', '??', '-', '--', '.', '*', 'unknown', 'missing', 'n.a.', 'na', 'none', '#', '#n/a']);

/** What stands in a column of numbers and is none. */
interface OtherTexts {
  /** Without the blanks around them, the most frequent first. */
  readonly texts: readonly string[];
  readonly rows: number;
  /** How many rows have a value. */
  readonly of: number;
  readonly firstRow: number;
}

/**
 * The texts that keep a column of text from being numeric: at most 5 % of its values, or nothing but the usual marks for
 * missing values. Undefined for any other column.
 */
function otherTexts({ codes, categories }: CategoricalColumn, readNumber: ReadValue): OtherTexts | undefined {
  const utf8 = new TextEncoder();
  const others = new Set<number>();
  const most = Math.max(MARKS.size, MAX_SHARE * codes.length);
  for (const [code, category] of categories.entries()) {
    const bytes = utf8.encode(trimmed(category));
    if (Number.isFinite(readNumber(bytes, 0, bytes.length))) continue;
    // Most columns of text are told apart here, without a look at their rows.
    if (others.add(code).size > most) return undefined;
  }
  if (others.size === 0 || others.size === categories.length) return undefined;
  const counts = new Float64Array(categories.length);
  const inOrder: number[] = [];
  let [of, rows, firstRow] = [0, 0, -1];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    of++;
    if (counts[code]!++ === 0) inOrder.push(code);
    if (!others.has(code)) continue;
    if (rows++ === 0) firstRow = row;
  }
  if (of - rows < MIN_NUMBERS) return undefined;
  const rowsOf = new Map<string, number>();
  for (const code of inOrder) {
    if (!others.has(code)) continue;
    const text = trimmed(categories[code]!);
    rowsOf.set(text, (rowsOf.get(text) ?? 0) + counts[code]!);
  }
  const texts = [...rowsOf.keys()].sort((a, b) => rowsOf.get(b)! - rowsOf.get(a)!);
  if (rows > MAX_SHARE * of && !texts.every((text) => MARKS.has(text.toLowerCase()))) return undefined;
  return { texts, rows, of, firstRow };
}

/**
 * A note for each column that is almost numeric.
 *
 * @param declared columns whose kind the user chose.
 * @param met texts that were read as missing in any column.
 */
export function almostNumericNotes(
  columns: readonly Column[],
  source: {
    readonly file: string;
    readonly place: (row: number) => string;
    readonly readNumber: ReadValue;
    readonly declared: Readonly<Record<string, unknown>>;
    readonly met: Iterable<string>;
  },
): TableNote[] {
  const { file, place, readNumber, declared, met } = source;
  const found = columns.flatMap((column) => {
    if (column.kind !== 'categorical' || Object.hasOwn(declared, column.name)) return [];
    const others = otherTexts(column, readNumber);
    return others ? [{ column: column.name, ...others }] : [];
  });
  const marks = found.flatMap(({ texts }) => (areMarks(texts) ? texts : []));
  const missing = [...new Set([...met, ...marks])];
  return found.map(({ firstRow, ...rest }) => ({
    note: 'almost_numeric',
    file,
    place: place(firstRow),
    ...rest,
    missing,
  }));
}
