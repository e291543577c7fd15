import type { RowSet } from '../evidence/evidence.ts';
import type { EvaluationSetResult } from './verdict.ts';

/** Which rows of two row sets are the same row with the same target, and how the sets differ. */
export interface Pairing {
  readonly by: 'key' | 'position' | 'unpaired';
  /** Indices into the row sets, row by row the same row; empty when unpaired. */
  readonly baseline: Uint32Array;
  readonly candidate: Uint32Array;
  readonly counts: Pick<
    EvaluationSetResult,
    'baselineRows' | 'candidateRows' | 'shared' | 'gone' | 'relabelled' | 'targetsUnknown' | 'added'
  >;
}

/**
 * Pairs the rows of a candidate with those of its baseline: by key and occurrence when both keys are hashes of the same
 * columns, else by position when the targets are equal in order, else not at all (then only how many rows of each target
 * are gone is known). Where a set holds only the smallest keys, rows beyond the smaller of the two ranges are left out.
 *
 * @param sameKeys whether both sides' keys were made from the same columns.
 */
export function pairRows(baseline: RowSet, candidate: RowSet, sameKeys: boolean): Pairing {
  if (sameKeys) return pairByKey(baseline, candidate);
  return pairByPosition(baseline, candidate) ?? unpaired(baseline, candidate);
}

/** Whether keys made of these columns can be compared. */
export function sameKeyColumns(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join('\n') === [...b].sort().join('\n');
}

function pairByKey(baseline: RowSet, candidate: RowSet): Pairing {
  const end = Math.min(keyEnd(baseline), keyEnd(candidate));
  const nBaseline = countBelow(baseline.keys, end);
  const nCandidate = countBelow(candidate.keys, end);
  const sameTarget = targetsEqual(baseline, candidate);
  const pairs: [number, number][] = [];
  let shared = 0;
  for (let b = 0, c = 0; b < nBaseline && c < nCandidate; ) {
    const key = baseline.keys[b]!;
    if (key !== candidate.keys[c]) {
      if (key < candidate.keys[c]!) b++;
      else c++;
      continue;
    }
    const bEnd = groupEnd(baseline.keys, b, nBaseline);
    const cEnd = groupEnd(candidate.keys, c, nCandidate);
    shared += Math.min(bEnd - b, cEnd - c);
    pairs.push(...matchGroup(b, bEnd, c, cEnd, sameTarget));
    b = bEnd;
    c = cEnd;
  }
  return {
    by: 'key',
    baseline: Uint32Array.from(pairs, ([b]) => b),
    candidate: Uint32Array.from(pairs, ([, c]) => c),
    counts: {
      baselineRows: nBaseline,
      candidateRows: nCandidate,
      shared,
      gone: nBaseline - shared,
      relabelled: shared - pairs.length,
      added: nCandidate - shared,
    },
  };
}

/** Pairs of equal target within rows of one key, each row used once. */
function matchGroup(
  b: number,
  bEnd: number,
  c: number,
  cEnd: number,
  sameTarget: (b: number, c: number) => boolean,
): [number, number][] {
  const pairs: [number, number][] = [];
  const free = Array.from({ length: cEnd - c }, (_, i) => c + i);
  for (let i = b; i < bEnd; i++) {
    const at = free.findIndex((j) => sameTarget(i, j));
    if (at >= 0) pairs.push([i, free.splice(at, 1)[0]!]);
  }
  return pairs;
}

function pairByPosition(baseline: RowSet, candidate: RowSet): Pairing | undefined {
  const n = baseline.nRows;
  const whole = (set: RowSet) => set.nRows === n && set.keys.length === n && set.positions;
  if (!whole(baseline) || !whole(candidate)) return undefined;
  const sameTarget = targetsEqual(baseline, candidate);
  const candidateAt = new Uint32Array(n);
  candidate.positions!.forEach((position, i) => {
    candidateAt[position] = i;
  });
  const pairs = Array.from(baseline.positions!, (position, b): [number, number] => [b, candidateAt[position]!]);
  if (!pairs.every(([b, c]) => sameTarget(b, c))) return undefined;
  return {
    by: 'position',
    baseline: Uint32Array.from(pairs, ([b]) => b),
    candidate: Uint32Array.from(pairs, ([, c]) => c),
    counts: { baselineRows: n, candidateRows: n, shared: n, gone: 0, relabelled: 0, added: 0 },
  };
}

function unpaired(baseline: RowSet, candidate: RowSet): Pairing {
  const before = targetCounts(baseline);
  const after = targetCounts(candidate);
  const missing = (from: Map<unknown, number>, to: Map<unknown, number>) =>
    [...from].reduce((sum, [label, count]) => sum + Math.max(0, count - (to.get(label) ?? 0)), 0);
  return {
    by: 'unpaired',
    baseline: new Uint32Array(0),
    candidate: new Uint32Array(0),
    counts: {
      baselineRows: baseline.nRows,
      candidateRows: candidate.nRows,
      shared: 0,
      gone: Math.max(missing(before, after), baseline.nRows - candidate.nRows),
      relabelled: 0,
      added: Math.max(0, candidate.nRows - baseline.nRows),
    },
  };
}

function targetCounts(set: RowSet): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const y of set.target ?? []) {
    const label = set.classes.length > 0 ? set.classes[y] : y;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** Whether two rows have one target: the same value or the same class name. Unknown targets count as equal, if they can be. */
function targetsEqual(baseline: RowSet, candidate: RowSet): (b: number, c: number) => boolean {
  const { target: before } = baseline;
  const { target: after } = candidate;
  if (!after) return () => true;
  if (!before)
    return (_, c) => baseline.classes.length === 0 || baseline.classes.includes(candidate.classes[after[c]!]!);
  if (baseline.classes.length === 0 && candidate.classes.length === 0) return (b, c) => before[b] === after[c];
  return (b, c) => baseline.classes[before[b]!] === candidate.classes[after[c]!];
}

/** Keys from here on may be incomplete: the last key kept of a set that was cut. */
function keyEnd(set: RowSet): number {
  return set.nRows > set.keys.length ? (set.keys.at(-1) ?? 0) : Number.POSITIVE_INFINITY;
}

function countBelow(keys: Float64Array, end: number): number {
  let count = keys.length;
  while (count > 0 && keys[count - 1]! >= end) count--;
  return count;
}

function groupEnd(keys: Float64Array, start: number, n: number): number {
  let end = start + 1;
  while (end < n && keys[end] === keys[start]) end++;
  return end;
}
