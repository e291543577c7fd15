import { describe, expect, it } from 'vitest';
import { anEvaluatedRun, someRows } from '../comparison/evaluated-run.fixture.ts';
import { judgeWinner } from './judge-winner.ts';

const rows = someRows(400);
const judged = (current: number, winner: number) =>
  judgeWinner(anEvaluatedRun(rows, { error: current }), anEvaluatedRun(rows, { error: winner }), 'mae')!;

describe('judgeWinner', () => {
  it('says of a gain that rows prove that it is better', () => {
    const { gain, pValue, smallestGain, standardError, isBetter } = judged(0.6, 0.5);
    expect(gain).toBeCloseTo(0.08, 2);
    expect(pValue).toBeLessThan(0.001);
    // t at .90 with 399 degrees of freedom is 1.2837 (scipy.stats.t.ppf(.9, 399)); 1.7 is the power's share, as in gates.
    expect(smallestGain / standardError).toBeCloseTo(1.2837 + 1.7, 3);
    expect(isBetter).toBe(true);
  });
  it('says of a loss, and of nothing, that it is not better', () => {
    expect(judged(0.5, 0.6)).toMatchObject({ isBetter: false });
    expect(judged(0.5, 0.6).pValue).toBeGreaterThan(0.99);
    expect(judged(0.5, 0.5)).toMatchObject({ gain: 0, pValue: 1, smallestGain: 0, isBetter: false });
  });
  it('has nothing to say of a metric without a value', () => {
    expect(judgeWinner(anEvaluatedRun(rows), anEvaluatedRun(rows), 'max_error')).toBe(null);
  });
});
