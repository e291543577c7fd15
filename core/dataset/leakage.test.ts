import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { type Column, categoricalColumn, createTable } from '../table/table.ts';
import { leakWarnings } from './leakage.ts';
import type { Target } from './target.ts';

const n = 200;
const random = createRandom(1, 'leakage');
const rows = Array.from({ length: n }, (_, row) => row);
const classes = rows.map((row) => Number(row % 4 === 0));
const amounts = rows.map(() => random.normal());
const binary: Target = { type: 'binary', classes: ['No', 'Yes'], values: Float64Array.from(classes) };
const continuous: Target = { type: 'continuous', classes: [], values: Float64Array.from(amounts) };

const numeric = (values: number[]): Column => ({ kind: 'numeric', name: 'x', values: Float64Array.from(values) });
const text = (values: (string | undefined)[]) => categoricalColumn('x', values);
const warnings = (column: Column, target: Target) => leakWarnings(createTable([column]), ['x'], target, 'y');

describe('leakWarnings', () => {
  it.each<[string, Column, Target, string]>([
    ['the target in other words', text(classes.map((c) => (c ? 'left' : 'stayed'))), binary, 'determines "y"'],
    ['finer words for it', text(rows.map((row) => `${row % 4}`)), binary, 'determines "y"'],
    ['a number for it', numeric(rows.map((row) => (row % 4) * 10)), binary, 'separates the classes of "y"'],
    ['numbers in no order', numeric(rows.map((row) => [5, 1, 9, 7][row % 4]!)), binary, 'determines "y"'],
    [
      'a threshold',
      numeric(rows.map((row) => classes[row]! * 3 + random.uniform())),
      binary,
      'separates the classes of "y"',
    ],
    [
      'the date of leaving',
      numeric(rows.map((row) => (classes[row] ? row : Number.NaN))),
      binary,
      'is missing for exactly one class of "y"',
    ],
    ['the target in other units', numeric(amounts.map((y) => 3 - 1.1 * y)), continuous, 'is a linear function of "y"'],
  ])('knows %s', (_, column, target, said) => {
    expect(warnings(column, target)).toEqual([expect.stringContaining(said)]);
    expect(warnings(column, target)[0]).toContain('declare it as `ignore` under `columns`');
  });

  it.each<[string, Column, Target]>([
    ['a good feature', numeric(rows.map((row) => classes[row]! * 3 + random.normal())), binary],
    ['one of few exceptions', text(rows.map((row) => (row === 3 ? 'Yes' : classes[row] ? 'Yes' : 'No'))), binary],
    ['numbers that differ in every row', numeric(rows.map((row) => row * 1.37)), binary],
    ['text that differs in nearly every row', text(rows.map((row) => `${row >> 1}`)), binary],
    ['a constant', numeric(rows.map(() => 1)), binary],
    ['a column without a value', numeric(rows.map(() => Number.NaN)), binary],
    ['gaps in both classes', numeric(rows.map((row) => (row % 3 ? row : Number.NaN))), binary],
    ['a strong correlation', numeric(amounts.map((y) => y + 0.01 * random.normal())), continuous],
    ['a category of a regression', text(rows.map((row) => `${row % 4}`)), continuous],
    [
      'three rare positives',
      numeric(rows.map((row) => row % 2)),
      { ...binary, values: Float64Array.from(rows, (row) => Number(row < 3)) },
    ],
  ])('is silent about %s', (_, column, target) => expect(warnings(column, target)).toEqual([]));
});
