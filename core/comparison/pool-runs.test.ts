import { describe, expect, it } from 'vitest';
import { metrics } from '../metrics/index.ts';
import type { EvaluatedRun } from './compare-models.ts';
import { anEvaluatedRun, someRows } from './evaluated-run.fixture.ts';
import { pairRows } from './pair-rows.ts';
import { pairedDifference } from './paired-difference.ts';
import { poolRuns } from './pool-runs.ts';

const rowSet = someRows(60);
/** A training at one commit, by the workflow run of this number; each seed predicts a little differently. */
const trained = (runId: number, seeds: readonly number[] = [runId], attempt = 1): EvaluatedRun => {
  const { run, predictions } = anEvaluatedRun(rowSet, { seeds, noise: 0.5 });
  const id = `20261124-073812-churn-random_forest-000000${runId}${attempt}`;
  return { run: { ...run, id, workflow: { runId, attempt } }, predictions };
};
const pooled = (runs: readonly EvaluatedRun[]) => {
  const found = poolRuns(runs);
  return { run: found.evaluatedRuns.get('random_forest')!, notes: found.notes };
};
const repeatsOf = ({ predictions }: EvaluatedRun) => predictions!.evidence.repeats;

describe('poolRuns', () => {
  it('leaves a single run as it is', () => {
    const run = trained(1);
    expect(pooled([run])).toEqual({ run, notes: [] });
  });

  it('counts equal predictions once, whatever the run is called', () => {
    const [first, again] = [trained(1, [7, 8]), trained(2, [7, 8])];
    for (const order of [
      [first, again],
      [again, first],
    ])
      expect(pooled(order)).toEqual({ run: first, notes: [] });
  });

  it('makes repeats of different ones, the earliest first, by GitHub’s numbers and not by the record’s time', () => {
    const early = trained(1, [1, 2]);
    const late = { ...trained(2, [3, 4]), run: { ...trained(2).run, createdAt: '2020-01-01T00:00:00.000Z' } };
    const again = trained(1, [5, 6], 2);
    const { run, notes } = pooled([late, again, early]);
    expect(run.run).toBe(early.run);
    expect(repeatsOf(run)).toEqual([...repeatsOf(early), ...repeatsOf(again), ...repeatsOf(late)]);
    expect(notes).toEqual([{ note: 'runs_pooled', model: 'random_forest', runs: 3 }]);
  });

  it('keeps as many repeats as evidence may have, the earliest', () => {
    const many = Array.from({ length: 5 }, (_, i) =>
      trained(
        i + 1,
        Array.from({ length: 30 }, (_, seed) => 100 * i + seed),
      ),
    );
    const { run } = pooled(many);
    expect(repeatsOf(run)).toHaveLength(100);
    expect(repeatsOf(run).slice(0, 30)).toEqual(repeatsOf(many[0]!));
  });

  it('does not pool what is measured on the test set with what is measured in folds', () => {
    const first = trained(1, [1, 2]);
    const other = trained(2, [3, 4]);
    const onTest = { ...other, run: { ...other.run, measuredOn: 'test' as const } };
    expect(repeatsOf(pooled([first, onTest]).run)).toEqual(repeatsOf(first));
    expect(repeatsOf(pooled([first, other]).run)).toHaveLength(4);
  });

  it('takes the earliest of those on other rows, and says so', () => {
    const first = trained(1);
    const { run, predictions } = anEvaluatedRun(someRows(50));
    const other: EvaluatedRun = {
      run: { ...run, id: `${first.run.id.slice(0, -1)}9`, workflow: { runId: 9, attempt: 1 } },
      predictions,
    };
    expect(pooled([other, first])).toEqual({
      run: first,
      notes: [{ note: 'runs_not_pooled', model: 'random_forest', run: first.run.id, others: 1 }],
    });
  });

  it('takes the earliest where predictions were not kept', () => {
    const [first, second] = [1, 2].map((runId) => ({ ...trained(runId), predictions: null })) as [
      EvaluatedRun,
      EvaluatedRun,
    ];
    expect(pooled([second, first])).toEqual({ run: first, notes: [] });
    const lower = { ...second, run: { ...second.run, metrics: {} } };
    expect(pooled([lower, first]).run).toBe(first);
    expect(pooled([lower, first]).notes).toMatchObject([{ note: 'runs_not_pooled', others: 1 }]);
  });

  it('gives nobody a low baseline who dispatches again and again until one comes', () => {
    const metric = metrics.get('r2');
    const pairing = pairRows(rowSet, rowSet, true);
    const valueFor = ({ predictions }: EvaluatedRun) =>
      pairedDifference(metric, pairing, predictions!, predictions!).baseline;
    const honest = trained(1, [1, 2]);
    const dice = [51, 52, 53, 54, 55]
      .map((seed) => trained(seed - 49, [seed]))
      .sort((a, b) => valueFor(b) - valueFor(a));
    const rolled = [honest, ...dice].map((one, i) => ({
      ...one,
      run: { ...one.run, workflow: { runId: i, attempt: 1 } },
    }));
    const lowest = valueFor(rolled.at(-1)!);
    expect(valueFor(honest) - lowest).toBeGreaterThan(0.04);
    const mean = (2 * valueFor(honest) + dice.reduce((sum, one) => sum + valueFor(one), 0)) / 7;
    expect(valueFor(pooled(rolled).run)).toBeCloseTo(mean, 12);
    expect(valueFor(honest) - mean).toBeLessThan((valueFor(honest) - lowest) / 2);
    // A worse change: better than the lowest of the dice, which the newest would be, and worse than all of them together.
    const others = Array.from({ length: 100 }, (_, i) => trained(9, [100 + i]));
    const worse = others.find((one) => valueFor(one) > lowest + 1e-3 && valueFor(one) < mean - 1e-3)!.predictions!;
    const dropFrom = (baseline: EvaluatedRun) => pairedDifference(metric, pairing, baseline.predictions!, worse).drop;
    expect(dropFrom(rolled.at(-1)!)).toBeLessThan(0);
    expect(dropFrom(pooled(rolled).run)).toBeGreaterThan(0);
  });
});
