import type { Baseline } from './baseline.ts';

const DAY = 86_400_000;

/**
 * The nearest older run as a baseline, where the rules allow one of its age although its inputs are others than the base commit's.
 *
 * @param maxAge days; null: none is allowed. @param now when it is compared with, in milliseconds.
 */
export function olderBaseline(nearest: Baseline, maxAge: number | null, now: number): Baseline | null {
  if (maxAge === null || nearest.kind === 'none' || nearest.kind === 'champion') return null;
  const days = ageOf(nearest, now) / DAY;
  if (!(days <= maxAge)) return null;
  return { ...nearest, notes: [...nearest.notes, { note: 'older_run', days: Math.max(0, Math.floor(days)), maxAge }] };
}

/** Milliseconds since the first of its models was trained. */
function ageOf({ evaluatedRuns }: Extract<Baseline, { sha: string }>, now: number): number {
  return Math.max(...[...evaluatedRuns.values()].map(({ run }) => now - Date.parse(run.createdAt)));
}
