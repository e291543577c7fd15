import { describe, expect, it } from 'vitest';
import { fitToBudget } from './fit-to-budget.ts';
import { text } from './fragments.ts';
import { count, multiple, number, percent, plural, pValue, signed } from './numbers.ts';
import { sparkline } from './sparkline.ts';
import { toMarkdown } from './to-markdown.ts';

describe('numbers for people', () => {
  it.each([
    [0.84344, '0.8434'],
    [-0.5, '−0.5000'],
    [12.345, '12.35'],
    [123.45, '123.5'],
    [123456, '123,456'],
    [0.00001, '1.0e−5'],
    [0, '0'],
    [null, '—'],
    [Number.NaN, '—'],
  ])('%d is %s', (value, text) => expect(number(value)).toBe(text));
  it.each([
    [0.01, '+0.0100'],
    [-0.01, '−0.0100'],
    [0, '0'],
    [null, '—'],
  ])('a difference of %d is %s', (value, text) => expect(signed(value)).toBe(text));
  it.each([
    [0.0001, 'p < .001'],
    [0.0123, 'p = .012'],
    [0.4, 'p = .40'],
    [1, 'p > .99'],
  ])('a p-value of %d is %s', (p, text) => expect(pValue(p)).toBe(text));
  it('counts with separators and the right plural', () => {
    expect([count(20640), plural(1, 'row'), plural(7043, 'row'), percent(1), percent(0.035)]).toEqual([
      '20,640',
      '1 row',
      '7,043 rows',
      '100 %',
      '3.5 %',
    ]);
  });
});

describe('sparkline', () => {
  it('spans from the lowest to the highest value', () => expect(sparkline([1, 2, 3])).toBe('▁▅█'));
  it('is flat for equal values and empty for none', () =>
    expect([sparkline([2, 2]), sparkline([])]).toEqual(['▄▄', '']));
});

describe('fitToBudget', () => {
  const sections = [
    { priority: 0, text: toMarkdown([text('head')]) },
    { priority: 2, text: toMarkdown([text('x'.repeat(50))]), instead: toMarkdown([text('cut')]) },
    { priority: 1, text: toMarkdown([text('y'.repeat(50))]) },
  ];
  it('keeps everything that fits', () => expect(fitToBudget(sections, 1000)).toContain('xxx'));
  it('drops the least important first', () => {
    const fitted = fitToBudget(sections, 70);
    expect(fitted).toContain('yyy');
    expect(fitted).toContain('cut');
    expect(fitted).not.toContain('xxx');
  });
  it('keeps priority 0 whatever happens', () => expect(fitToBudget(sections, 1)).toContain('head'));
});

it.each([
  [2.4881, '2.5'],
  [4.5, '4.5'],
  [2, '2'],
  [0.04, '0'],
  [1234.4, '1,234'],
])('%d as a multiple is %s', (value, text) => {
  expect(multiple(value)).toBe(text);
});
