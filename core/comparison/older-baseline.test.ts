import { expect, it } from 'vitest';
import { aRun } from '../tracking/run.fixture.ts';
import type { Baseline } from './baseline.ts';
import { olderBaseline } from './older-baseline.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T12:00:00Z');
const of = (...days: number[]): Extract<Baseline, { sha: string }> => ({
  kind: 'base',
  sha: 'a'.repeat(40),
  commitsBehind: 3,
  sameInputs: false,
  provenance: 'verified',
  branch: 'main',
  evaluatedRuns: new Map(
    days.map((age, i) => [
      `m${i}`,
      { run: aRun({ createdAt: new Date(NOW - age * DAY).toISOString() }), predictions: null },
    ]),
  ),
  keyColumns: [],
  passedOver: [],
  notes: [],
});

it.each<[string, Baseline, number | null, number | null]>([
  ['is allowed while it is young enough', of(5.5), 14, 5],
  ['is allowed on its last day', of(14), 14, 14],
  ['is too old after that', of(14.01), 14, null],
  ['is as old as the oldest of its models', of(1, 15), 14, null],
  ['is not allowed by default', of(0), null, null],
  ['is never a champion, which has a rule of its own', { ...of(1), kind: 'champion' }, 14, null],
  ['has to be there', { kind: 'none', why: { reason: 'no_run' } }, 14, null],
])('an older run %s', (_title, nearest, maxAge, days) => {
  const found = olderBaseline(nearest, maxAge, NOW);
  if (days === null) expect(found).toBeNull();
  else expect(found).toEqual({ ...nearest, notes: [{ note: 'older_run', days, maxAge }] });
});
