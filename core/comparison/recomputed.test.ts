import { describe, expect, it } from 'vitest';
import type { MetricResult } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
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
    expect(recomputedRun({ ...honest, run: lie }, undefined)).toEqual(recomputedRun(honest, undefined));
    const [test, folds] = [{ ...r2!.test, value: 0.9999 }, [0.9999, 0.9999]];
    const other = { ...honest.run, metrics: { r2: { ...r2!, test, folds } } };
    const { run } = recomputedRun({ ...honest, run: other }, undefined);
    expect(run).toEqual(recomputedRun(honest, undefined).run);
    expect([run.metrics.r2!.test.n, run.metrics.r2!.folds.length]).toEqual([40, 5]);
    expect(run.metrics.r2!.test.value).toBeCloseTo(run.metrics.r2!.folds[0]!, 12);
  });

  it('reads the targets of the base, not those that the change brings', () => {
    const { rowSet, evidence } = honest.predictions!;
    const turned = { rowSet: { ...rowSet, target: rowSet.target!.map((y) => -y) }, evidence };
    const lie = { ...honest, predictions: turned };
    expect(r2Of(recomputedRun(lie, undefined))).toBeLessThan(0);
    expect(r2Of(recomputedRun(lie, honest))).toBeCloseTo(r2Of(recomputedRun(honest, undefined)), 12);
  });

  it('does not believe what a run says of the noise of its seeds: much of it would let any drop pass', () => {
    const { r2 } = honest.run.metrics;
    const loud = { variance: 1, df: 100 };
    const lie: MetricResult = {
      ...r2!,
      seedNoise: loud,
      history: { seedNoise: { ...loud, runs: 20 }, values: [1, 2, 3, 4, 5] },
    };
    const believed = recomputedRun({ ...honest, run: { ...honest.run, metrics: { r2: lie } } }, honest);
    expect(believed).toEqual(recomputedRun(honest, honest));
    expect(believed.run.metrics.r2).not.toHaveProperty('history');
  });

  it('counts repeats and tested rows itself', () => {
    const claim = { ...honest.run, split: { ...honest.run.split, repeats: 50 } };
    expect(recomputedRun({ ...honest, run: claim }, undefined).run.split.repeats).toBe(1);
    const untested = someRows(200, { folds: Uint8Array.from({ length: 200 }, (_, i) => (i % 5 === 0 ? 0 : 255)) });
    expect(recomputedRun(anEvaluatedRun(untested), undefined).run).toMatchObject({ measuredOn: 'test' });
    expect(recomputedRun(honest, undefined).run.measuredOn).toBeUndefined();
  });

  describe('slices', () => {
    const region = {
      column: 'region',
      values: ['north', 'south'],
      codes: Uint8Array.from({ length: 200 }, (_, i) => i % 2),
    };
    const sliced = anEvaluatedRun(someRows(200, { slices: [region] }), { error: 0.5 });
    const of = (run: EvaluatedRun, value: string) => run.run.slices?.find((slice) => slice.value === value);

    it('are measured on their rows alone, whatever the run says', () => {
      const lie = { ...sliced.run, slices: [{ column: 'region', value: 'north', n: 100, metrics: {} }] };
      const { run } = recomputedRun({ ...sliced, run: lie }, undefined);
      expect(run.slices?.map(({ value, n }) => [value, n])).toEqual([
        ['north', 100],
        ['south', 100],
      ]);
      expect(run.slices![0]!.metrics.r2!.value).not.toBe(run.slices![1]!.metrics.r2!.value);
      expect(run.slices![0]!.metrics.r2!.n).toBe(100);
    });

    it('are those of the base where it has the row: none is moved out of its slice, and none hidden', () => {
      const moved = { ...region, values: ['south'], codes: new Uint8Array(200) };
      for (const slices of [[moved], undefined]) {
        const { slices: _, ...rowSet } = sliced.predictions!.rowSet;
        const lie = {
          ...sliced,
          predictions: { ...sliced.predictions!, rowSet: { ...rowSet, ...(slices && { slices }) } },
        };
        const believed = recomputedRun(lie, sliced);
        expect(of(believed, 'north')).toEqual(of(recomputedRun(sliced, sliced), 'north'));
        expect(believed.predictions!.rowSet.slices).toEqual([region]);
      }
    });

    it('with few rows have no value', () => {
      const few = { ...region, codes: Uint8Array.from({ length: 200 }, (_, i) => Number(i >= 29)) };
      const { run } = recomputedRun(anEvaluatedRun(someRows(200, { slices: [few] })), undefined);
      expect(run.slices!.map(({ metrics: { r2 } }) => r2!.value === null)).toEqual([true, false]);
    });
  });

  it('takes numbers without predictions for a claim', () => {
    expect(recomputedRun({ ...honest, predictions: null }, honest)).toMatchObject({
      run: { measuredOn: 'self_reported' },
      predictions: null,
    });
  });
});
