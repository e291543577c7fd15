import { describe, expect, it } from 'vitest';
import { budgets } from '../budgets/index.ts';
import { timesInTurn } from '../tracking/run.fixture.ts';
import { riseOfTime } from './rise-of-time.ts';

const fit = budgets.get('fit_cpu_seconds').time!;
const predict = budgets.get('predict_microseconds').time!;
const before = [0.1, 0.12, 0.11, 0.1, 0.13];
const after = [0.14, 0.17, 0.15, 0.16, 0.18];

describe('a rise of a time', () => {
  it('is what scipy says of the logarithms of the ratios', () => {
    const rise = riseOfTime(timesInTurn(before, after), fit)!;
    // numpy: r = log(after / before); scipy.stats.ttest_1samp(r, 0, alternative="greater").pvalue
    expect(rise.pValue).toBeCloseTo(0.00011838581862006616, 12);
    expect(rise.degreesOfFreedom).toBe(4);
    // scipy.stats.sem(r)
    expect(rise.standardError).toBeCloseTo(0.028681564384959245, 12);
    // scipy.stats.gmean
    expect(rise.baseline).toBeCloseTo(0.11140468543860915, 12);
    expect(rise.value).toBeCloseTo(0.15937204331251167, 12);
    expect(rise.ratio).toBeCloseTo(1.4305685859176498, 12);
    // exp of scipy.stats.ttest_1samp(r, 0).confidence_interval(.95)
    expect(rise.ci[0]).toBeCloseTo(1.3210662672340858, 8);
    expect(rise.ci[1]).toBeCloseTo(1.5491474801633023, 8);
    expect(rise.logRatios).toEqual(before.map((time, i) => expect.closeTo(Math.log(after[i]! / time), 12)));
  });

  it('is a fall when sides are swapped', () => {
    const { ratio, pValue } = riseOfTime(timesInTurn(after, before), fit)!;
    expect(ratio).toBeCloseTo(1 / 1.4305685859176498, 12);
    expect(pValue).toBeCloseTo(1 - 0.00011838581862006616, 12);
  });

  it('of predictions is per row, whatever rows each side has', () => {
    const rise = riseOfTime(timesInTurn([0.1, 0.1], [0.1, 0.1], { rows: [100, 200] }), predict)!;
    expect(rise).toMatchObject({ baseline: expect.closeTo(1000, 8), value: expect.closeTo(500, 8) });
    expect(rise.ratio).toBeCloseTo(0.5, 12);
  });

  it.each([
    ['one fit', fit, 0.16],
    ['all predictions', predict, 0.8],
  ])('knows how long %s of the candidate took', (_, time, seconds) => {
    expect(riseOfTime(timesInTurn(before, after), time)!.seconds).toBeCloseTo(seconds, 12);
  });

  it('of equal times is none, and of times that all rise alike is sure', () => {
    expect(riseOfTime(timesInTurn(before, before), fit)).toMatchObject({ ratio: 1, ci: [1, 1], pValue: 1 });
    expect(riseOfTime(timesInTurn([1, 1], [2, 2]), fit)).toMatchObject({ standardError: 0, pValue: 0 });
  });

  it('is not known where a clock saw nothing pass', () => {
    expect(riseOfTime(timesInTurn([0.1, 0], [0.1, 0.1]), fit)).toBeNull();
    expect(riseOfTime(timesInTurn([0.1, 0.1], [0.1, 0]), fit)).toBeNull();
  });
});
