import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainers } from '../trainers/index.ts';
import { fileStem } from './file-stem.ts';

describe('fileStem', () => {
  it('is dataset and model joined, unless a longer model would make the same of a shorter dataset', () => {
    expect(fileStem({ dataset: 'shop', model: 'random_forest' })).toBe('shop_random_forest');
    expect(fileStem({ dataset: 'shop', model: 'mljs_random_forest' })).toBe('shop_mljs_random_forest');
    expect(fileStem({ dataset: 'shop_mljs', model: 'random_forest' })).toBe('shop_mljs.random_forest');
    expect(fileStem({ dataset: 'shop_mljs', model: 'dummy' })).toBe('shop_mljs_dummy');
    expect(fileStem({ dataset: 'mljs', model: 'random_forest' })).toBe('mljs_random_forest');
  });

  it('differs between any two datasets and models', () => {
    const words = ['a', 'b', 'mljs', 'random', 'forest', 'custom', '', ...trainers.ids];
    const dataset = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
      .map((parts) => `d${parts.join('_')}`);
    const named = fc.record({ dataset, model: fc.constantFrom(...trainers.ids) });
    fc.assert(
      fc.property(named, fc.constantFrom(...trainers.ids), (one, model) => {
        // The other dataset that could have the same joined name.
        const joined = `${one.dataset}_${one.model}`;
        const other = { dataset: joined.slice(0, -model.length - 1), model };
        if (model === one.model || !joined.endsWith(`_${model}`) || other.dataset === '') return;
        expect(fileStem(other)).not.toBe(fileStem(one));
      }),
      { numRuns: 5000 },
    );
  });
});
