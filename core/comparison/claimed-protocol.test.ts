import { describe, expect, it } from 'vitest';
import { withAddedRows } from './compare-added-rows.ts';
import { compareModels, type EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';

const rows = someRows(200);
const baseline = anEvaluatedRun(rows, { error: 0.5 });

describe('what a change says of its own protocol', () => {
  it('does not make all rows one cluster, of which no noise is known', () => {
    const clustered = someRows(200, { clusters: new Uint32Array(200), isInTime: true });
    const change = anEvaluatedRun(clustered, { error: 0.9 });
    const { differences } = compareModels(baseline, change, ['r2']);
    expect(differences.get('r2')).toEqual(
      compareModels(baseline, anEvaluatedRun(rows, { error: 0.9 }), ['r2']).differences.get('r2'),
    );
  });

  it('does not turn rows that it adds into rows that it could only learn from in the order of time', () => {
    const more = anEvaluatedRun(someRows(250), { error: 0.5 });
    const inTime: EvaluatedRun = { ...more, run: { ...more.run, split: { ...more.run.split, time: 'day' } } };
    const judged = (candidate: EvaluatedRun) =>
      withAddedRows(compareModels(baseline, candidate, ['r2']), { baseline, candidate }, ['r2']).added;
    expect(judged(more)).toEqual({ kind: 'unknown' });
    expect(judged(inTime)).toEqual({ kind: 'unknown' });
  });
});
