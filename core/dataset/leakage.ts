import { isMissing, type Table } from '../table/table.ts';
import type { Target } from './target.ts';

/** With fewer rows of a kind than this, a pattern may be chance. */
const FEW = 5;
/** Average number of rows per distinct value that a column needs before it can be said to determine the target. */
const ROWS_PER_VALUE = 5;
const MIN_ROWS = 20;

/**
 * Warns about features that reveal the target: they are a linear function of it, each of their values goes with one value of
 * the target, one threshold separates the two classes, or they are missing for exactly one class. These are only warnings:
 * a feature may really be that good, but it is rarely known before the target is.
 */
export function leakWarnings(table: Table, features: readonly string[], target: Target, name: string): string[] {
  if (table.nRows < MIN_ROWS) return [];
  return features.flatMap((feature) => {
    const how = leak(table, feature, target);
    return how === undefined
      ? []
      : `column "${feature}" ${how} "${name}": if it is not known before "${name}", it leaks the target; declare it as \`ignore\` under \`columns\``;
  });
}

function leak(table: Table, feature: string, target: Target): string | undefined {
  const column = table.column(feature)!;
  const { values } = target;
  if (missingDetermines(table, feature, target)) return 'is missing for exactly one class of';
  if (column.kind === 'categorical') return codesDetermine(column.codes, values) ? 'determines' : undefined;
  if (target.type === 'continuous' && isLinear(column.values, values)) return 'is a linear function of';
  if (target.type === 'binary' && isSeparated(column.values, values))
    return 'has a threshold that separates the classes of';
  return numbersDetermine(column.values, values) ? 'determines' : undefined;
}

/** Whether the rows without a value are all of one class and the other rows all of another. False for a regression. */
function missingDetermines(table: Table, feature: string, { type, values }: Target): boolean {
  if (type === 'continuous') return false;
  const column = table.column(feature)!;
  const [present, missing] = [new Set<number>(), new Set<number>()];
  let nMissing = 0;
  for (let row = 0; row < table.nRows; row++) {
    const gone = isMissing(column, row);
    if (gone) nMissing++;
    (gone ? missing : present).add(values[row]!);
    if (present.size > 1 || missing.size > 1) return false;
  }
  const [kept] = present;
  return nMissing >= FEW && table.nRows - nMissing >= FEW && !missing.has(kept!);
}

/** Whether equal codes always go with equal targets and each code has enough rows; missing counts as a code. */
function codesDetermine(codes: ArrayLike<number>, target: Float64Array): boolean {
  const targetOf = new Map<number, number>();
  const rowsOf = new Map<number, number>();
  for (let row = 0; row < target.length; row++) {
    const code = codes[row]!;
    const known = targetOf.get(code);
    if (known === undefined) targetOf.set(code, target[row]!);
    else if (known !== target[row]) return false;
    rowsOf.set(code, (rowsOf.get(code) ?? 0) + 1);
    if (targetOf.size * ROWS_PER_VALUE > target.length) return false;
  }
  const rowsOfTarget = new Map<number, number>();
  for (const [code, rows] of rowsOf) {
    const value = targetOf.get(code)!;
    rowsOfTarget.set(value, (rowsOfTarget.get(value) ?? 0) + rows);
  }
  return rowsOfTarget.size > 1 && [...rowsOfTarget.values()].every((rows) => rows >= FEW);
}

function numbersDetermine(values: Float64Array, target: Float64Array): boolean {
  const codeOf = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    let code = codeOf.get(values[row]!);
    if (code === undefined) {
      code = codeOf.size;
      if (code * ROWS_PER_VALUE > values.length) return false;
      codeOf.set(values[row]!, code);
    }
    codes[row] = code;
  }
  return codesDetermine(codes, target);
}

/** Whether every value of one class lies below every value of the other. */
function isSeparated(values: Float64Array, target: Float64Array): boolean {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const rows = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const k = target[row]!;
    if (Number.isNaN(value)) return false;
    low[k] = Math.min(low[k]!, value);
    high[k] = Math.max(high[k]!, value);
    rows[k]!++;
  }
  return rows[0]! >= FEW && rows[1]! >= FEW && (high[0]! < low[1]! || high[1]! < low[0]!);
}

/** Whether the target equals a + b · value, up to rounding, in every row that has a value. */
function isLinear(values: Float64Array, target: Float64Array): boolean {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let row = 0; row < values.length; row++) {
    const x = values[row]!;
    if (Number.isNaN(x)) continue;
    n++;
    const dx = x - meanX;
    const dy = target[row]! - meanY;
    meanX += dx / n;
    meanY += dy / n;
    xx += dx * (x - meanX);
    yy += dy * (target[row]! - meanY);
    xy += dx * (target[row]! - meanY);
  }
  return n >= MIN_ROWS && xx > 0 && yy > 0 && xy * xy > (1 - 1e-9) * xx * yy;
}
