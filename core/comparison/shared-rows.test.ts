import { expect, it } from 'vitest';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { sharedRowsOf } from './shared-rows.ts';

const rows = someRows(100);
const half = someRows(50, { keys: rows.keys.slice(0, 50), target: rows.target!.slice(0, 50) });
const whole = anEvaluatedRun(rows);
const baseline = whole.predictions!;
const onTest = { ...whole, run: { ...whole.run, measuredOn: 'test' as const } };

it.each<[string, Parameters<typeof sharedRowsOf>[0], readonly string[], number | null]>([
  ['all rows', [whole], ['b', 'a'], 1],
  ['half of them', [anEvaluatedRun(half)], ['a', 'b'], 0.5],
  ['all rows, by position, where keys are made of other columns', [whole], ['a'], 1],
  ['an unknown share, where neither tells', [anEvaluatedRun(half)], ['a'], null],
  ['an unknown share, of a test set alone', [onTest], ['a', 'b'], null],
  ['what the first run that knows all rows has', [onTest, anEvaluatedRun(half)], ['a', 'b'], 0.5],
  ['an unknown share, without predictions', [{ ...whole, predictions: null }], ['a', 'b'], null],
])('a candidate shares %s', (_, candidate, keyColumns, share) => {
  expect(sharedRowsOf(candidate, baseline.rowSet, keyColumns)).toBe(share);
});
