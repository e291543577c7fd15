import { describe, expect, it } from 'vitest';
import { UnknownPluginError } from '../errors/app-error.ts';
import { createRegistry } from './registry.ts';
import { suggest } from './suggest.ts';

const fruits = createRegistry('fruit', [
  { id: 'apple', summary: 'round' },
  { id: 'banana', summary: 'bent' },
]);

describe('createRegistry', () => {
  it('lists plugins in order and gives them by id', () => {
    expect(fruits.ids).toEqual(['apple', 'banana']);
    expect(fruits.get('banana').summary).toBe('bent');
    expect([fruits.has('apple'), fruits.has('constructor')]).toEqual([true, false]);
  });
  it('says which there are when it knows none of that name', () => {
    expect(() => fruits.get('aple')).toThrow(UnknownPluginError);
    expect(() => fruits.get('aple')).toThrow(
      /unknown fruit "aple"[\s\S]*allowed: apple, banana[\s\S]*did you mean "apple"/,
    );
    expect(() => fruits.get('constructor')).toThrow(/choose one of the fruits/);
  });
  it('refuses two plugins of one id', () => {
    expect(() =>
      createRegistry('fruit', [
        { id: 'a', summary: '' },
        { id: 'a', summary: '' },
      ]),
    ).toThrow('two fruit plugins');
  });
});

describe('suggest', () => {
  it.each([
    ['chrun', ['churn', 'fraud'], 'churn'],
    ['randm_forest', ['random_forest', 'dummy'], 'random_forest'],
    ['Target', ['target'], 'target'],
    ['xyz', ['target', 'path'], undefined],
    ['', ['a'], undefined],
  ])('for %j of %j: %s', (word, candidates, expected) => expect(suggest(word, candidates)).toBe(expected));
});
