import { describe, expect, it } from 'vitest';
import { studentTSurvival } from '../core/stats/student-t.ts';
import type { RecordedRun } from './replicate.ts';
import { againstHistory, calibratedCutoff, type Evidence, historyOf, rules } from './rules.ts';

const run = (value: number, se = 0.01): RecordedRun => ({
  test: { r2: [value, value + 0.001] },
  metrics: {
    r2: { test: { value, ci: null, se, n: 140 }, outOfFold: { value: value + 0.02, ci: null, se: se / 2, n: 700 } },
  },
});

const evidence = (changes: Partial<Evidence> = {}): Evidence => ({
  metric: 'r2',
  observation: { drop: 0.03, standardError: 0.01, df: 600, fails: [true] },
  baseline: run(0.8),
  candidate: run(0.77),
  history: [0.79, 0.81, 0.8, 0.8, 0.79, 0.81, 0.8, 0.8, 0.79, 0.81],
  ...changes,
});

const alarms = (one: Evidence) => rules.filter((rule) => rule.alarms(one)).map(({ id }) => id);

describe('rules', () => {
  it.each([
    ['a drop of .03', evidence(), ['gate', 'fixed-0.005', 'fixed-0.01', 'last-ten', 'intervals-all']],
    ['a drop of .007', evidence({ candidate: run(0.793) }), ['gate', 'fixed-0.005']],
    [
      'a drop of .05',
      evidence({ candidate: run(0.75) }),
      ['gate', 'fixed-0.005', 'fixed-0.01', 'ratio', 'last-ten', 'intervals', 'intervals-all'],
    ],
    ['a gain', evidence({ candidate: run(0.9), observation: { ...evidence().observation, fails: [false] } }), []],
  ])('raise their alarms on %s', (_, one, expected) => expect(alarms(one)).toEqual(expected));

  it('t-test of the last ten is that of one new value', () => {
    // scipy 1.17: h = [.79, .81, .8, .8, .79, .81, .8, .8, .79, .81]; (mean(h) - .77) / (std(h, ddof=1) * sqrt(1.1))
    const score = againstHistory(1, 0.77, evidence().history);
    expect(score).toBeCloseTo(3.5032452, 6);
    expect(studentTSurvival(score, 9)).toBeLessThan(0.01);
  });

  it('history without spread makes any drop certain, and no drop none', () => {
    expect(againstHistory(1, 0.79, [0.8, 0.8])).toBe(Number.POSITIVE_INFINITY);
    expect(againstHistory(1, 0.8, [0.8, 0.8])).toBe(0);
    expect(againstHistory(-1, 0.79, [0.8, 0.8])).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('calibratedCutoff', () => {
  it.each([100, 150, 1000])('lets one of a hundred of %d past', (n) => {
    const scores = Array.from({ length: n }, (_, i) => (i * 7919) % n);
    const cutoff = calibratedCutoff(scores);
    expect(scores.filter((score) => score > cutoff).length).toBe(Math.floor(n / 100));
  });
});

describe('historyOf', () => {
  const runs = [run(0.1), run(0.2), run(0.3)];
  it('leaves the candidate out and fills up to ten', () => {
    const history = historyOf(runs, [0, 1, 2], { kind: 'seed', baseline: 0, candidate: 1 }, 'r2');
    expect(history).toHaveLength(10);
    expect(new Set(history)).toEqual(new Set([0.1, 0.101, 0.3, 0.301]));
  });
  it('of a model without seeds is its baseline', () => {
    const history = historyOf(runs, [], { kind: 'folds', baseline: 2, candidate: 1 }, 'r2');
    expect(new Set(history)).toEqual(new Set([0.3, 0.301]));
  });
});
