import { describe, expect, it } from 'vitest';
import { categoricalColumn, columnLength, createTable, isMissing, type Table, valueText } from '../../table/table.ts';
import { generators } from '../index.ts';
import { type Injection, injectDrift, injectors } from './index.ts';

const n = 2000;
const table = createTable([
  { kind: 'numeric', name: 'x', values: Float64Array.from({ length: n }, (_, row) => (row % 100) / 10) },
  categoricalColumn(
    'plan',
    Array.from({ length: n }, (_, row) => ['a', 'b', undefined, 'b'][row % 4]),
  ),
  categoricalColumn(
    'y',
    Array.from({ length: n }, (_, row) => (row % 10 === 0 ? 'yes' : 'no')),
  ),
]);
const numbers = (of: Table) => [...(of.column('x') as { values: Float64Array }).values];
const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
const share = (of: Table, name: string, value: string) => {
  const column = of.column(name)!;
  return Array.from({ length: n }, (_, row) => valueText(column, row)).filter((text) => text === value).length / n;
};
const sd = Math.sqrt(mean(numbers(table).map((value) => (value - mean(numbers(table))) ** 2)));

const EXAMPLES: readonly [Injection, (drifted: Table) => [number, number]][] = [
  [{ id: 'mean_shift', column: 'x', by: 0.5 }, (drifted) => [mean(numbers(drifted)), mean(numbers(table)) + 0.5 * sd]],
  [{ id: 'scale', column: 'x', factor: 3 }, (drifted) => [mean(numbers(drifted)), 3 * mean(numbers(table))]],
  [{ id: 'slow_trend', column: 'x', by: 2 }, (drifted) => [numbers(drifted).at(-1)! - numbers(table).at(-1)!, 2 * sd]],
  [{ id: 'missing', column: 'x', share: 0.3 }, (drifted) => [numbers(drifted).filter(Number.isNaN).length / n, 0.3]],
  [{ id: 'missing', column: 'plan', share: 0.4 }, (drifted) => [share(drifted, 'plan', ''), 0.25 + 0.75 * 0.4]],
  [{ id: 'category_swap', column: 'plan', between: ['a', 'b'] }, (drifted) => [share(drifted, 'plan', 'a'), 0.5]],
  [
    { id: 'category_swap', column: 'plan', between: ['a', 'c'], share: 0.5 },
    (drifted) => [share(drifted, 'plan', 'c'), 0.125],
  ],
  [{ id: 'new_category', column: 'plan', category: 'z', share: 0.2 }, (drifted) => [share(drifted, 'plan', 'z'), 0.2]],
  [{ id: 'label_shift', column: 'y', value: 'yes', share: 0.4 }, (drifted) => [share(drifted, 'y', 'yes'), 0.4]],
];

describe('drift injectors', () => {
  it('are all shown here', () => {
    expect(new Set(EXAMPLES.map(([{ id }]) => id))).toEqual(new Set(injectors.ids));
  });
  it.each(EXAMPLES)('%j does what it says', (injection, measured) => {
    const [found, expected] = measured(injectDrift(table, [injection], 1));
    expect(Math.abs(found - expected)).toBeLessThan(0.04 * Math.max(1, Math.abs(expected)));
  });
  it.each(EXAMPLES)('%j keeps rows, columns, kinds and the table it was given; same seed, same rows', (injection) => {
    const before = structuredClone(table.columns);
    const drifted = injectDrift(table, [injection], 1);
    expect(table.columns).toEqual(before);
    expect(drifted.columns.map(({ name, kind }) => [name, kind])).toEqual(
      table.columns.map(({ name, kind }) => [name, kind]),
    );
    expect(drifted.columns.map(columnLength)).toEqual([n, n, n]);
    expect(injectDrift(table, [injection], 1).columns).toEqual(drifted.columns);
  });
  it.each<Injection>([
    { id: 'mean_shift', column: 'plan', by: 1 },
    { id: 'scale', column: 'z', factor: 1 },
    { id: 'category_swap', column: 'x', between: ['a', 'b'] },
    { id: 'missing', column: 'z', share: 0.1 },
    { id: 'label_shift', column: 'y', value: 'maybe', share: 0.1 },
  ])('refuses %j', (injection) => expect(() => injectDrift(table, [injection], 1)).toThrow(RangeError));
});

describe.each(generators.all)('the second window of $id', (generator) => {
  const { drift, defaultRows, target } = generator;
  it('drifts in at least three ways, and not in the names of its columns', () => {
    expect(new Set(drift.map(({ id }) => id)).size).toBeGreaterThanOrEqual(3);
    const made = generator.generate({ rows: Math.min(defaultRows, 3000), seed: 2 });
    const drifted = injectDrift(made, drift, 2);
    expect(drifted.columns.map(({ name }) => name)).toEqual(made.columns.map(({ name }) => name));
    expect(drifted.columns).not.toEqual(made.columns);
    const last = drifted.column(target)!;
    for (let row = 0; row < drifted.nRows; row++) expect(isMissing(last, row)).toBe(false);
  });
});
