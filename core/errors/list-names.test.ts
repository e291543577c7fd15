import { expect, it } from 'vitest';
import { listNames, shorten } from './list-names.ts';

const letters = [...'abcdefghijkl'];

it('puts each name in quotes', () => {
  expect(listNames(['age', 'plan'])).toBe('"age", "plan"');
});

it('shows ten items in full and counts the rest', () => {
  expect(shorten(letters.slice(0, 10))).toBe('a, b, c, d, e, f, g, h, i, j');
  expect(shorten(letters)).toBe('a, b, c, d, e, f, g, h, i, j and 2 more');
});

it('is empty without items', () => {
  expect(shorten([])).toBe('');
});
