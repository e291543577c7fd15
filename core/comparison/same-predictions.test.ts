import { describe, expect, it } from 'vitest';
import type { Gate } from '../gates/gate-schema.ts';
import { someRows } from './evaluated-run.fixture.ts';
import { aDatasetComparison, forest, verdict } from './judge.fixture.ts';

/** Sixty rows of which each fold has one positive, or all rows in one cluster: nothing tells the noise. */
const oneEach = someRows(60, {
  ...{ classes: ['no', 'yes'], scale: null },
  target: Float64Array.from({ length: 60 }, (_, i) => Number(i < 5)),
});
const oneCluster = someRows(60, { clusters: new Uint32Array(60) });

describe('where the noise is not known', () => {
  it.each([
    ['one positive in each fold', oneEach, 'roc_auc'],
    ['one cluster', oneCluster, 'rmse'],
  ])('a change that predicts the same passes, and any other does not: %s', (_, rows, metric) => {
    const run = (error: number) => forest({ error, metrics: { [metric]: {} } }, rows);
    const gateOf = (error: number, gate: Gate) =>
      verdict(
        aDatasetComparison({ baseline: run(0.5), candidate: run(error), metrics: [metric], gates: { [metric]: gate } }),
      ).gates[0];
    const same = { outcome: 'pass', reason: 'within_limit', compared: { drop: 0, test: null } };
    expect(gateOf(0.5, { max_drop: 0.01 })).toMatchObject(same);
    expect(gateOf(0.5, { max_drop: 0.01, require: 'non_inferior' })).toMatchObject(same);
    expect(gateOf(0.9, { max_drop: 0.01 })).toMatchObject({ outcome: 'inconclusive', reason: 'noise_unknown' });
  });
});
