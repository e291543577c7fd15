import { describe, expect, it } from 'vitest';
import { hashDifferences, hashesNotComputed } from './hash-differences.ts';

const committed = { forest: { model: 'aaaa', predictions: 'bbbb' }, linear: { model: 'cccc' } };

describe('hashDifferences', () => {
  it('finds nothing where everything computed is as committed, even if it is not everything', () => {
    expect(hashDifferences(committed, { forest: { model: 'aaaa', predictions: 'bbbb' } })).toEqual([]);
  });
  it.each([
    [
      'another hash',
      { forest: { model: 'aaaa', predictions: 'beef' } },
      'forest: predictions beef, models.json has bbbb',
    ],
    ['a model that is not committed', { boosting: { model: 'dddd' } }, 'boosting: model dddd, models.json has nothing'],
    ['a part that is not committed', { linear: { metrics: 'eeee' } }, 'linear: metrics eeee, models.json has nothing'],
  ])('names %s', (_, computed, line) => {
    expect(hashDifferences(committed, computed as never)).toEqual([line]);
  });
});

describe('hashesNotComputed', () => {
  it('names what no way computed', () => {
    expect(hashesNotComputed(committed, [{ forest: { model: 'aaaa' } }, { linear: { model: 'other' } }])).toEqual([
      'forest: predictions is in models.json, and nothing computes it',
    ]);
  });
});
