import type { RowSet } from '../evidence/evidence.ts';
import { labelsOf } from '../evidence/kept-rows.ts';
import { EVIDENCE_ROWS } from '../evidence/quantise.ts';
import { hasSamePlaces } from './same-columns.ts';
import type { EvaluationSetResult } from './verdict.ts';

/** Which rows of two row sets are the same row with the same target, and how the sets differ. */
export interface Pairing {
  readonly by: 'key' | 'position' | 'unpaired';
  /** Indices into the row sets, row by row the same row; empty when unpaired. */
  readonly baseline: Uint32Array;
  readonly candidate: Uint32Array;
  readonly counts: Pick<
    EvaluationSetResult,
    | 'baselineRows'
    | 'candidateRows'
    | 'shared'
    | 'gone'
    | 'relabelled'
    | 'edited'
    | 'ofNewClasses'
    | 'targetsUnknown'
    | 'added'
  >;
}

/**
 * Pairs the rows of a candidate with those of its baseline. Every row of the baseline is looked up by key and occurrence where both keys
 * are hashes of the same columns, and holds what it held; else by position, where the columns that are left agree value by value;
 * else none can be found again, and all are gone.
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
  // Of a large table the baseline's rows are those of the smallest keys, and the candidate kept all of them: what is not found is gone.
  const nBaseline = Math.min(baseline.keys.length, EVIDENCE_ROWS);
  const isCut = baseline.nRows > nBaseline;
  // Behind the last of them the candidate's rows may be new or not.
  const nKnown = isCut ? countBelow(candidate.keys, baseline.keys[nBaseline - 1] ?? 0) : candidate.keys.length;
  const sameTarget = targetsEqual(baseline, candidate);
  const sameContent = contentsEqual(baseline, candidate);
  const pairs: [number, number][] = [];
  let shared = 0;
  let edited = 0;
  for (let b = 0, c = 0; b < nBaseline && c < candidate.keys.length; ) {
    const key = baseline.keys[b]!;
    if (key !== candidate.keys[c]) {
      if (key < candidate.keys[c]!) b++;
      else c++;
      continue;
    }
    const bEnd = Math.min(nBaseline, groupEnd(baseline.keys, b));
    const cEnd = groupEnd(candidate.keys, c);
    shared += Math.min(bEnd - b, cEnd - c);
    const group = matchGroup([b, bEnd], [c, cEnd], sameTarget, sameContent);
    pairs.push(...group.pairs);
    edited += group.edited;
    b = bEnd;
    c = cEnd;
  }
  return {
    by: 'key',
    baseline: Uint32Array.from(pairs, ([b]) => b),
    candidate: Uint32Array.from(pairs, ([, c]) => c),
    counts: {
      baselineRows: nBaseline,
      candidateRows: Math.max(nKnown, shared),
      shared,
      gone: nBaseline - shared,
      relabelled: shared - pairs.length - edited,
      ...(edited > 0 && { edited }),
      added: Math.max(0, nKnown - shared),
    },
  };
}

type Same = (b: number, c: number) => boolean;

/**
 * Pairs of equal target and content within rows of one key, each row used once. Of the rows that are left, those of equal target are
 * edited, and the others relabelled.
 */
function matchGroup(
  [b, bEnd]: readonly [number, number],
  [c, cEnd]: readonly [number, number],
  sameTarget: Same,
  sameContent: Same,
): { readonly pairs: [number, number][]; readonly edited: number } {
  const pairs: [number, number][] = [];
  const free = Array.from({ length: cEnd - c }, (_, i) => c + i);
  const left: number[] = [];
  for (let i = b; i < bEnd; i++) {
    const at = free.findIndex((j) => sameTarget(i, j) && sameContent(i, j));
    if (at >= 0) pairs.push([i, free.splice(at, 1)[0]!]);
    else left.push(i);
  }
  let edited = 0;
  for (const i of left) {
    const at = free.findIndex((j) => sameTarget(i, j));
    if (at < 0) continue;
    free.splice(at, 1);
    edited++;
  }
  return { pairs, edited };
}

/**
 * Whether two rows of one key hold the same. Where the candidate lacks columns of the baseline, that is known of rows in the same places
 * alone, as a whole.
 */
function contentsEqual(baseline: RowSet, candidate: RowSet): Same {
  const [before] = baseline.contents ?? [];
  // Without hashes the key is made of all that a row holds.
  if (!before) return () => true;
  const after = candidate.contents?.find(({ columns }) => sameKeyColumns(columns, before.columns));
  if (after) return (b, c) => before.hashes[b] === after.hashes[c];
  const isSame = hasSamePlaces(baseline, candidate);
  return () => isSame;
}

function pairByPosition(baseline: RowSet, candidate: RowSet): Pairing | undefined {
  if (!hasSamePlaces(baseline, candidate)) return undefined;
  if (baseline.targetDigest === undefined || baseline.targetDigest !== candidate.targetDigest) return undefined;
  if (!baseline.positions || !candidate.positions) return baseline.labels ? samePlaces(baseline, candidate) : undefined;
  const candidateAt = new Map([...candidate.positions].map((position, i) => [position, i]));
  const pairs = [...baseline.positions].flatMap((position, b): [number, number][] => {
    const c = candidateAt.get(position);
    return c === undefined ? [] : [[b, c]];
  });
  const { length: n } = baseline.keys;
  return {
    by: 'position',
    baseline: Uint32Array.from(pairs, ([b]) => b),
    candidate: Uint32Array.from(pairs, ([, c]) => c),
    counts: {
      baselineRows: n,
      candidateRows: candidate.keys.length,
      shared: pairs.length,
      gone: 0,
      relabelled: 0,
      added: 0,
    },
  };
}

/** Rows that are all the same, of which no place is kept. */
function samePlaces({ nRows: baselineRows }: RowSet, { nRows: candidateRows }: RowSet): Pairing {
  return {
    by: 'position',
    baseline: new Uint32Array(0),
    candidate: new Uint32Array(0),
    counts: { baselineRows, candidateRows, shared: baselineRows, gone: 0, relabelled: 0, added: 0 },
  };
}

function unpaired(baseline: RowSet, candidate: RowSet): Pairing {
  return {
    by: 'unpaired',
    baseline: new Uint32Array(0),
    candidate: new Uint32Array(0),
    counts: {
      baselineRows: baseline.nRows,
      candidateRows: candidate.nRows,
      shared: 0,
      gone: baseline.nRows,
      relabelled: 0,
      added: candidate.nRows,
    },
  };
}

/** Whether two rows have one target: the same value or the same class name. Unknown targets count as equal, if they can be. */
function targetsEqual(baseline: RowSet, candidate: RowSet): (b: number, c: number) => boolean {
  const { target: before } = baseline;
  const { target: after } = candidate;
  if (baseline.labels || candidate.labels) {
    const [labelsBefore, labelsAfter] = [labelsOf(baseline), labelsOf(candidate)];
    return (b, c) => !labelsBefore || !labelsAfter || labelsBefore[b] === labelsAfter[c];
  }
  if (!after) return () => true;
  if (!before)
    return (_, c) => baseline.classes.length === 0 || baseline.classes.includes(candidate.classes[after[c]!]!);
  if (baseline.classes.length === 0 && candidate.classes.length === 0) return (b, c) => before[b] === after[c];
  return (b, c) => baseline.classes[before[b]!] === candidate.classes[after[c]!];
}

function countBelow(keys: Float64Array, end: number): number {
  let count = keys.length;
  while (count > 0 && keys[count - 1]! >= end) count--;
  return count;
}

function groupEnd(keys: Float64Array, start: number): number {
  let end = start + 1;
  while (end < keys.length && keys[end] === keys[start]) end++;
  return end;
}
