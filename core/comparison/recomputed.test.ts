import { describe, expect, it } from 'vitest';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { recomputedRun } from './recomputed.ts';

const rows = someRows(200);
const r2Of = (run: ReturnType<typeof recomputedRun>) => run.run.metrics.r2!.outOfFold.value!;
const honest = anEvaluatedRun(rows, { error: 0.5 });

describe('recomputedRun', () => {
  it('says of an honest run what it says of itself after one reading', () => {
    const once = recomputedRun(honest, undefined);
    expect(recomputedRun(once, undefined)).toEqual(once);
    expect(r2Of(once)).toBeLessThan(1);
    expect(once.run.metrics.r2!.outOfFold.n).toBe(200);
  });

  it('does not believe a number that the predictions do not give', () => {
    const { r2 } = honest.run.metrics;
    const lie = { ...honest.run, metrics: { r2: { ...r2!, outOfFold: { ...r2!.outOfFold, value: 0.9999 } } } };
    expect(r2Of(recomputedRun({ ...honest, run: lie }, undefined))).toBe(r2Of(recomputedRun(honest, undefined)));
  });

  it('reads the targets of the base, not those that the change brings', () => {
    const { rowSet, evidence } = honest.predictions!;
    const turned = { rowSet: { ...rowSet, target: rowSet.target!.map((y) => -y) }, evidence };
    const lie = { ...honest, predictions: turned };
    expect(r2Of(recomputedRun(lie, undefined))).toBeLessThan(0);
    expect(r2Of(recomputedRun(lie, honest))).toBeCloseTo(r2Of(recomputedRun(honest, undefined)), 12);
  });

  it('takes numbers without predictions for a claim', () => {
    expect(recomputedRun({ ...honest, predictions: null }, honest)).toMatchObject({
      run: { measuredOn: 'self_reported' },
      predictions: null,
    });
  });
});
