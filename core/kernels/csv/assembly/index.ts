/*
 * Finds the fields of RFC 4180 text and reads its numbers, a block of rows per call. Lines end with LF, CRLF or CR. A quote
 * inside an unquoted field is text.
 *
 * The text lies in a window of memory that may end anywhere, with TEXT_SLACK bytes behind it of which the first is LF. A row
 * that is cut off there is left for the next call, unless `isLast` says that the file ends there.
 */
import {
  OUTCOME_NEXT,
  OUTCOME_PROBLEM,
  OUTCOME_PROBLEM_AT,
  OUTCOME_RAGGED,
  OUTCOME_RAGGED_AT,
  OUTCOME_RAGGED_FIELDS,
  OUTCOME_TRAILING,
  TEXT_AFTER_QUOTE,
  UNCLOSED_QUOTE,
} from '../layout';
import { readNumber, stop } from './number';
import * as job from './parameters';
export * from './parameters';

const TAB: u32 = 0x09;
const LF: u32 = 0x0a;
const CR: u32 = 0x0d;
const SPACE: u32 = 0x20;
const QUOTE: u32 = 0x22;

/** Fields of the row that was read last. */
let found: u32 = 0;

/**
 * Reads rows of `nFields` fields; rows of another number are counted and left out.
 *
 * @param base where the first byte of the window, at `window`, lies in the file.
 * @param from the address of the first row.
 * @returns how many rows were read; the outcome says where the next one lies.
 */
export function readRows(window: usize, base: u32, from: usize, end: usize, isLast: u32, most: u32): u32 {
  const shift = base - <u32>window;
  let at = from;
  let rows: u32 = 0;
  memory.fill(job.oddCounts, 0, 4 * <usize>job.nFields);
  while (rows < most && at < end) {
    const next = readRow(at, end, isLast, shift, rows, job.nFields);
    if (next == 0) break;
    if (found == job.nFields) {
      rows++;
    } else if (found == job.nFields + 1 && isEmpty((rows + 1) * job.nFields)) {
      store<u32>(job.outcome, 1, OUTCOME_TRAILING);
      rows++;
    } else {
      noteRagged(<u32>at + shift);
    }
    at = next;
  }
  store<u32>(job.outcome, <u32>at + shift, OUTCOME_NEXT);
  return rows;
}

/** Counts the fields of a row without reading them; 0 when the row is cut off. */
export function countFields(window: usize, base: u32, end: usize, isLast: u32): u32 {
  return readRow(window, end, isLast, base - <u32>window, 0, 0) == 0 ? 0 : found;
}

@inline
function isEmpty(field: u32): bool {
  return load<u32>(job.starts + 4 * <usize>field) == load<u32>(job.ends + 4 * <usize>field);
}

function noteRagged(at: u32): void {
  const before = load<u32>(job.outcome, OUTCOME_RAGGED);
  store<u32>(job.outcome, before + 1, OUTCOME_RAGGED);
  if (before > 0) return;
  store<u32>(job.outcome, at, OUTCOME_RAGGED_AT);
  store<u32>(job.outcome, found, OUTCOME_RAGGED_FIELDS);
}

/** Reads a row and gives the address of the next one; 0 when it is cut off or has a problem. */
@inline
function readRow(from: usize, end: usize, isLast: u32, shift: u32, row: u32, nFields: u32): usize {
  const delimiter = job.delimiter;
  const numeric = job.numeric;
  const first = row * nFields;
  let startAt = job.starts + 4 * <usize>first;
  let endAt = job.ends + 4 * <usize>first;
  let at = from;
  let field: u32 = 0;
  for (;;) {
    const isNumber = field < nFields && load<u8>(numeric + field) != 0;
    let start = at;
    let close = at;
    if (at < end && <u32>load<u8>(at) == QUOTE) {
      start = at + 1;
      close = closingQuote(start, end);
      // A quote that is the last byte so far may be the first of two.
      if (close >= end || (close + 1 == end && !isLast)) return close >= end && isLast ? fail(UNCLOSED_QUOTE, at, shift) : 0;
      at = close + 1;
      if (at < end && !endsField(<u32>load<u8>(at), delimiter)) return fail(TEXT_AFTER_QUOTE, at, shift);
      if (isNumber) readField(start, close, delimiter, field, row);
    } else {
      if (isNumber) at = plainField(at, delimiter, field, row);
      else at = endOfField(at, delimiter);
      close = at;
    }
    if (at == end && !isLast) return 0;
    // The one field too many is a delimiter at the end of a line, or makes the row ragged.
    if (field <= nFields) {
      store<u32>(startAt, <u32>start + shift);
      store<u32>(endAt, <u32>close + shift);
      startAt += 4;
      endAt += 4;
    }
    field++;
    if (at >= end || <u32>load<u8>(at) != delimiter) break;
    at++;
  }
  found = field;
  if (at >= end) return end;
  if (<u32>load<u8>(at) != CR) return at + 1;
  if (at + 1 == end && !isLast) return 0;
  return at + (<u32>load<u8>(at, 1) == LF ? 2 : 1);
}

function fail(problem: u32, at: usize, shift: u32): usize {
  store<u32>(job.outcome, problem, OUTCOME_PROBLEM);
  store<u32>(job.outcome, <u32>at + shift, OUTCOME_PROBLEM_AT);
  return 0;
}

@inline
function endsField(byte: u32, delimiter: u32): bool {
  return byte == delimiter || byte == LF || byte == CR;
}

/** The end of the unquoted field at `from`: at the latest the first byte of the slack. */
@inline
function endOfField(from: usize, delimiter: u32): usize {
  const delimiters = i8x16.splat(<i8>delimiter);
  let at = from;
  let mask = fieldEnds(at, delimiters);
  while (mask == 0) {
    at += 16;
    mask = fieldEnds(at, delimiters);
  }
  return at + <usize>ctz(mask);
}

/** A bit for each of sixteen bytes that ends a field. */
@inline
function fieldEnds(at: usize, delimiters: v128): i32 {
  const bytes = v128.load(at);
  const lines = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>LF)), i8x16.eq(bytes, i8x16.splat(<i8>CR)));
  return i8x16.bitmask(v128.or(i8x16.eq(bytes, delimiters), lines));
}

/** The quote that ends a field, skipping doubled ones; `end` or beyond when there is none. */
function closingQuote(from: usize, end: usize): usize {
  let at = from;
  while (at < end) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>QUOTE)));
    if (mask == 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(mask);
    if (at + 1 >= end || <u32>load<u8>(at, 1) != QUOTE) return at;
    at += 2;
  }
  return end;
}

/** Reads an unquoted field as a number and gives its end. */
@inline
function plainField(from: usize, delimiter: u32, field: u32, row: u32): usize {
  const value = readNumber(from);
  if (stop == 0 || !endsField(<u32>load<u8>(stop), delimiter)) return blankField(from, delimiter, field, row);
  storeValue(value, field, row);
  return stop;
}

/** Reads an unquoted field that is empty, has blanks or is no plain number. */
function blankField(from: usize, delimiter: u32, field: u32, row: u32): usize {
  const at = skipBlanks(from, delimiter);
  if (endsField(<u32>load<u8>(at), delimiter)) {
    storeValue(NaN, field, row);
    return at;
  }
  const value = readNumber(at);
  if (stop != 0) {
    const end = skipBlanks(stop, delimiter);
    if (endsField(<u32>load<u8>(end), delimiter)) {
      storeValue(value, field, row);
      return end;
    }
  }
  storeOdd(field, row);
  return endOfField(from, delimiter);
}

/** Reads the field between quotes as a number. */
function readField(from: usize, close: usize, delimiter: u32, field: u32, row: u32): void {
  const at = skipBlanks(from, QUOTE);
  if (at == close) {
    storeValue(NaN, field, row);
    return;
  }
  const value = readNumber(at);
  if (stop != 0 && skipBlanks(stop, QUOTE) == close) storeValue(value, field, row);
  else storeOdd(field, row);
}

/** The first byte that is neither a space nor a tab; a delimiter is no blank. */
@inline
function skipBlanks(from: usize, delimiter: u32): usize {
  let at = from;
  let byte = <u32>load<u8>(at);
  while ((byte == SPACE || byte == TAB) && byte != delimiter) byte = <u32>load<u8>(++at);
  return at;
}

@inline
function storeValue(value: f64, field: u32, row: u32): void {
  store<f64>(job.values + 8 * <usize>(field * job.blockRows + row), value);
}

/** A row that turned out to be ragged may have noted this one already. */
function storeOdd(field: u32, row: u32): void {
  const own = job.odd + 4 * <usize>(field * job.blockRows);
  const counted = job.oddCounts + 4 * <usize>field;
  const count = load<u32>(counted);
  if (count > 0 && load<u32>(own + 4 * <usize>count - 4) == row) return;
  store<u32>(own + 4 * <usize>count, row);
  store<u32>(counted, count + 1);
}
