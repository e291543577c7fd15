import { expect } from 'vitest';
import type { Feature } from '../../preprocessing/features.ts';
import type { Subject } from './subject.fixture.ts';

/** One thing that every model does, told as a sentence about it. */
export interface Check {
  readonly title: string;
  /** Absent: it concerns every model. Asked before anything is learned: of what the plugin declares. */
  readonly concerns?: (subject: Subject) => boolean;
  /** Gives a reason when it finds, once the model has learned, that it has nothing to check. */
  readonly run: (subject: Subject) => Promise<string | undefined>;
}

export const IGNORES_FEATURES = 'it ignores features';

export const isClassifier = ({ task }: Pick<Subject, 'task'>): boolean => task === 'classification';
export const isRegressor = ({ task }: Pick<Subject, 'task'>): boolean => task === 'regression';

/** As far apart as rounding may bring them: `tolerance` × the largest of the numbers expected. */
export function expectClose(found: Float64Array, expected: Float64Array, tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const error = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
  expect(error).toBeLessThanOrEqual(tolerance * size);
}

/** Mean absolute difference. */
export function distance(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]!), 0) / one.length;
}

/** Finite, and shares of 1 where they are probabilities. */
export function expectSound(outputs: Float64Array, nClasses: number): void {
  expect(outputs.findIndex((value) => !Number.isFinite(value))).toBe(-1);
  if (nClasses === 0) return;
  for (let at = 0; at < outputs.length; at += nClasses) {
    const row = outputs.subarray(at, at + nClasses);
    expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...row)).toBeLessThanOrEqual(1);
    expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  }
}

/** The numbers of a feature, whatever its kind. */
export function dataOf(feature: Feature): Float64Array | Int32Array {
  return feature.kind === 'numeric' ? feature.values : feature.codes;
}
