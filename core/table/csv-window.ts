import {
  NO_PROBLEM,
  OUTCOME_BYTES,
  OUTCOME_NEXT,
  OUTCOME_PROBLEM,
  OUTCOME_PROBLEM_AT,
  OUTCOME_RAGGED,
  OUTCOME_RAGGED_AT,
  OUTCOME_RAGGED_FIELDS,
  OUTCOME_TRAILING,
  TEXT_SLACK,
} from '../kernels/csv/layout.ts';
import { createLayout } from '../kernels/memory.ts';
import { setParameters } from '../kernels/set-parameters.ts';
import { closeCsvKernel, growTo, OWN_END, openCsvKernel, TABLES } from './csv-kernel.ts';

const LF = 0x0a;
/** Bytes of the file that the kernel is given at a time; more when a row is longer. */
const WINDOW = 2 ** 17;
/** Rows and fields per block: few enough that their text is still in the processor's cache when the columns are read. */
const MOST_ROWS = 512;
const LEAST_ROWS = 16;
const MOST_FIELDS = 2 ** 14;

/** A part of a file as the kernel reads it. */
export interface TextRange {
  readonly bytes: Uint8Array;
  /** Where the next row starts. */
  readonly from: number;
  /** Where the text ends, without the line breaks at its end. */
  readonly length: number;
  /** Bytes, both of them. */
  readonly delimiter: number;
  readonly point: number;
}

/** Rows that the kernel reads from a window of the file, which moves on by itself. */
export interface CsvWindow {
  /** The fields of the first row; 0 when there is a problem. To be called before any row is read. */
  countFields(): number;
  /** Reads rows of `nFields` fields, a block or fewer, and gives how many; 0 at the end, or when there is a problem. */
  readRows(most?: number): number;
  /** Of the rows read last: the first byte of each field in the file, and the byte after it; by row. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** 1 for the columns that are read as numbers; to be written by the caller. */
  readonly numeric: Uint8Array;
  /** The numbers of a column. */
  valuesOf(column: number): Float64Array;
  /** Rows of a column without a plain number; some may lie behind the rows that were read. */
  oddRowsOf(column: number): Uint32Array;
  readonly outcome: {
    readonly problem: number;
    readonly problemAt: number;
    readonly raggedRows: number;
    readonly raggedAt: number;
    readonly raggedFields: number;
    readonly hasTrailing: boolean;
    /** Where the first row lies that was not read. */
    readonly next: number;
  };
  /** Gives the memory back; nothing of the window is good afterwards. */
  close(): void;
}

/** Opens a window for rows of so many fields. */
export function openWindow(range: TextRange, nFields: number): CsvWindow {
  const { bytes, length } = range;
  const inFile = Math.floor((length - range.from) / Math.max(1, nFields)) + 1;
  const blockRows = Math.min(
    Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_FIELDS / Math.max(1, nFields)))),
    inFile,
  );
  const { at, text } = layoutOf(nFields, blockRows);
  const kernel = openCsvKernel(text + WINDOW + TEXT_SLACK);
  const { run, memory } = kernel;
  setParameters(run, { ...TABLES, ...at, delimiter: range.delimiter, point: range.point, nFields, blockRows });
  new Uint8Array(memory.buffer, at.outcome, OUTCOME_BYTES).fill(0);

  const viewsOf = () => {
    const { buffer } = memory;
    return {
      starts: new Uint32Array(buffer, at.starts, nFields * blockRows + 1),
      ends: new Uint32Array(buffer, at.ends, nFields * blockRows + 1),
      numeric: new Uint8Array(buffer, at.numeric, nFields),
      values: new Float64Array(buffer, at.values, nFields * blockRows),
      odd: new Uint32Array(buffer, at.odd, nFields * blockRows),
      oddCounts: new Uint32Array(buffer, at.oddCounts, nFields),
      outcome: new DataView(buffer, at.outcome, OUTCOME_BYTES),
      text: new Uint8Array(buffer, text),
    };
  };
  let views = viewsOf();
  views.numeric.fill(0);
  const told = (offset: number) => views.outcome.getUint32(offset, true);
  let next = range.from;
  let base = next;
  let size = 0;
  /** Fills the window from the next row on; with more than before when that row did not fit. */
  const fill = () => {
    const wanted = base === next && size > 0 ? 2 * size : Math.max(size, WINDOW);
    base = next;
    size = Math.min(wanted, length - base);
    if (growTo(memory, text + size + TEXT_SLACK)) views = viewsOf();
    views.text.set(bytes.subarray(base, base + size));
    views.text[size] = LF;
  };
  return {
    get starts() {
      return views.starts;
    },
    get ends() {
      return views.ends;
    },
    get numeric() {
      return views.numeric;
    },
    valuesOf: (column) => views.values.subarray(column * blockRows, (column + 1) * blockRows),
    oddRowsOf: (column) => views.odd.subarray(column * blockRows, column * blockRows + views.oddCounts[column]!),
    readRows(most = blockRows) {
      if (size === 0) fill();
      while (next < length) {
        const isLast = base + size === length ? 1 : 0;
        const rows = run.readRows(text, base, text + next - base, text + size, isLast, most);
        next = told(OUTCOME_NEXT);
        if (told(OUTCOME_PROBLEM) !== NO_PROBLEM) return 0;
        if (rows > 0) return rows;
        if (next < length) fill();
      }
      return 0;
    },
    countFields() {
      if (size === 0) fill();
      for (;;) {
        const isLast = base + size === length ? 1 : 0;
        const n = run.countFields(text, base, text + size, isLast);
        if (n > 0 || told(OUTCOME_PROBLEM) !== NO_PROBLEM) return n;
        fill();
      }
    },
    get outcome() {
      return {
        problem: told(OUTCOME_PROBLEM),
        problemAt: told(OUTCOME_PROBLEM_AT),
        raggedRows: told(OUTCOME_RAGGED),
        raggedAt: told(OUTCOME_RAGGED_AT),
        raggedFields: told(OUTCOME_RAGGED_FIELDS),
        hasTrailing: told(OUTCOME_TRAILING) === 1,
        next,
      };
    },
    close: () => closeCsvKernel(kernel),
  };
}

/** Where the parts of a block lie, and last of all the text, which may have to grow. */
function layoutOf(nFields: number, blockRows: number) {
  const { take, end } = createLayout(OWN_END);
  const cells = nFields * blockRows;
  const at = {
    outcome: take(OUTCOME_BYTES),
    numeric: take(nFields),
    oddCounts: take(4 * nFields),
    // One more than the fields of the block: room for what stands after a delimiter at the end of the last line.
    starts: take(4 * (cells + 1)),
    ends: take(4 * (cells + 1)),
    odd: take(4 * cells),
    values: take(8 * cells),
  };
  return { at, text: end() };
}
