import { describe, expect, it } from 'vitest';
import type { LimitGate } from './gate-result.ts';
import { aDatasetComparison } from './judge.fixture.ts';
import { withAddedRowsExplained } from './judge-added-rows.ts';

const MODEL = 'random_forest';
const whole = aDatasetComparison();
const added = { kind: 'twice' as const, without: new Map(), onThemselves: new Map([['r2', 0.02]]) };
const dataset = {
  ...whole,
  comparisons: new Map([[MODEL, { ...whole.comparisons.get(MODEL)!, added }]]),
};

const limit = (trainedOn: LimitGate['trainedOn'], outcome: LimitGate['outcome'], drop: number) =>
  ({
    ...{ kind: 'limit', dataset: 'churn', model: MODEL, metric: 'r2', trainedOn, outcome },
    reason: outcome === 'fail' ? 'drop_past_limit' : 'within_limit',
    compared: { drop },
  }) as LimitGate;

describe('a drop of a model that was trained twice', () => {
  it('is due to the added rows where it is not there without them', () => {
    const gates = withAddedRowsExplained(
      [limit('shared_rows', 'pass', 0.001), limit('all_rows', 'fail', 0.03)],
      [dataset],
    );
    expect(gates.map(({ reason }) => reason)).toEqual(['within_limit', 'added_rows']);
    expect(gates[1]!.addedRows?.drop).toBeCloseTo(0.029, 12);
    expect(gates[1]!.addedRows?.gain).toBe(0.02);
  });
  it('is due to the code where it is there without them, too', () => {
    const gates = withAddedRowsExplained(
      [limit('shared_rows', 'fail', 0.02), limit('all_rows', 'fail', 0.03)],
      [dataset],
    );
    expect(gates.map(({ reason }) => reason)).toEqual(['drop_past_limit', 'drop_past_limit']);
  });
});
