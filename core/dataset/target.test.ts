import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { createTable } from '../table/table.ts';
import { readTarget } from './target.ts';

const read = (values: readonly number[]) =>
  readTarget(createTable([{ kind: 'numeric', name: 'y', values: Float64Array.from(values) }]), {
    ...{ file: 'd.csv', target: 'y', task: 'regression', posLabel: null },
  });

function problemOf(values: readonly number[]): unknown {
  try {
    return read(values);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return error.problems[0];
  }
}

describe('a target of numbers that cannot be squared', () => {
  it.each<[string, number[], object]>([
    [
      '1e300',
      [1e300, 2e300, 1.5e300],
      { message: 'the target is too large: metrics square it', allowed: 'at most 1e+60' },
    ],
    ['-1e300', [-1e300, 2.5, 0.5], { found: 'values from -1e+300 to 2.5' }],
    ['1e-170', [1e-170, 2e-170, 3e-170], { message: expect.stringContaining('too close together') }],
  ])('is refused with what to do: %s', (_, values, problem) => {
    expect(problemOf(values)).toMatchObject({
      ...{ file: 'd.csv', place: 'column "y"', next: 'write the target in another unit, or its logarithm' },
      ...problem,
    });
  });
  it.each([[[1e60, -1e60, 0.5]], [[1e-60, 3e-60, 2.5e-60]]])('is read up to there: %j', (values) => {
    expect([...read(values).values]).toEqual(values);
  });
});
