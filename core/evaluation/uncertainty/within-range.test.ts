import { describe, expect, it } from 'vitest';
import { metrics } from '../../metrics/index.ts';
import { settled, unitOf, withinRange } from './within-range.ts';

describe('withinRange', () => {
  it.each([
    ['roc_auc', 1.0000000000000062, 1],
    ['roc_auc', 1 - 1e-10, 1],
    ['roc_auc', 1e-10, 0],
    ['roc_auc', 1 - 1e-8, 1 - 1e-8],
    ['roc_auc', 0.5, 0.5],
    ['mcc', -1 - 1e-15, -1],
    ['r2', 1.0000000000000002, 1],
    ['r2', -1e300, -1e300],
    ['log_loss', 1e-13, 0],
    ['mae', -1e-17, 0],
    // In the unit of the target nothing is known to be small.
    ['mae', 1e-12, 1e-12],
    ['mape', 1e15, 1e15],
  ])('%s of %d is %d', (metric, value, expected) => {
    expect(withinRange(metrics.get(metric), value)).toBe(expected);
  });
  it('keeps what is not a number', () => {
    expect(withinRange(metrics.get('roc_auc'), Number.NaN)).toBeNaN();
  });
});

describe('settled', () => {
  it.each([
    ['a drop of rounding', 1e-16, 1, 0],
    ['an improvement of rounding', -1e-16, 1, 0],
    ['rounding of a large value', 1e-4, 1e6, 0],
    ['a small drop', 2e-9, 1, 2e-9],
    ['a small improvement', -2e-9, 1, -2e-9],
  ])('%s', (_title, moved, unit, expected) => {
    expect(settled(moved, unit)).toBe(expected);
  });
});

describe('unitOf', () => {
  it.each([
    ['a share', 'accuracy', 0.3, null, 1],
    ['a large value', 'rmse', 4000, { sd: 500 }, 4000],
    ['an error of a target that hardly varies', 'mae', 1e-13, { sd: 1e-12 }, 1e-12],
    ['an error of a target that varies', 'mae', 1e-15, { sd: 300 }, 1],
    ['an error of a target that nobody knows', 'mae', 1e-15, null, 1e-15],
    ['a loss of classes', 'log_loss', 1e-13, null, 1],
  ])('%s', (_title, metric, value, scale, expected) => {
    expect(unitOf(metrics.get(metric), value, scale)).toBe(expected);
  });
});
