import { describe, expect, it } from 'vitest';
import { generators } from '../datasets/index.ts';
import { type Injection, injectDrift } from '../datasets/injectors/index.ts';
import { createRandom } from '../random/random.ts';
import { type Column, categoricalColumn, createTable, type Table } from '../table/table.ts';
import { driftSchema } from './drift-result.ts';
import { DEFAULT_RULES } from './drift-rules.ts';
import { driftOf, someTable, twoTables } from './tables.fixture.ts';

const injected = (...injections: Injection[]) => twoTables(1500, (table) => injectDrift(table, injections, 1));
const columnOf = (tables: readonly [Table, Table], name: string) =>
  driftOf(tables).columns.find(({ column }) => column === name)!;

describe.each(generators.all)('the second window of $id', ({ defaultRows, drift, target, generate }) => {
  const reference = generate({ rows: defaultRows, seed: 42 });
  const next = generate({ rows: defaultRows, seed: 43 });
  // Categories that change places keep most of their shares: that is not to be seen in one column.
  const moved = drift.filter(({ id }) => id !== 'category_swap').map(({ column }) => String(column));

  it('has the columns that were moved, and no other', () => {
    const found = driftOf([reference, injectDrift(next, drift, 43)], { target });
    expect([...found.moved].sort()).toEqual(moved.sort());
    expect(found.drifted).toBe(false);
    expect(driftSchema.parse(found)).toEqual(found);
  });
  it('has none when nothing was moved', () => {
    expect(driftOf([reference, next], { target }).moved).toEqual([]);
  });
});

describe('detectDrift', () => {
  it.each<[string, Injection]>([
    ['normal', { id: 'mean_shift', column: 'normal', by: 0.5 }],
    ['normal', { id: 'scale', column: 'normal', factor: 1.5 }],
    ['skewed', { id: 'scale', column: 'skewed', factor: 1.4 }],
    ['whole', { id: 'slow_trend', column: 'whole', by: 1 }],
    ['plan', { id: 'new_category', column: 'plan', category: 'd', share: 0.1 }],
    ['plan', { id: 'label_shift', column: 'plan', value: 'a', share: 0.5 }],
    ['gaps', { id: 'missing', column: 'gaps', share: 0.2 }],
    ['rare', { id: 'missing', column: 'rare', share: 0.1 }],
  ])('finds in %s: %j', (column, injection) => {
    const found = driftOf(injected(injection));
    expect(found.moved[0]).toBe(column);
  });

  it('puts the most drifted column first', () => {
    const found = driftOf(
      injected(
        { id: 'mean_shift', column: 'normal', by: 0.4 },
        { id: 'mean_shift', column: 'whole', by: 2 },
        { id: 'missing', column: 'gaps', share: 0.9 },
      ),
    );
    expect(found.moved).toEqual(['whole', 'gaps', 'normal']);
    expect(found).toMatchObject({ judged: 10, share: 0.3, drifted: false });
  });

  describe('by a test of two categories', () => {
    const rules = { ...DEFAULT_RULES, categorical: 'z' as const };
    const table = (counts: Record<string, number>) =>
      createTable([
        categoricalColumn(
          'plan',
          Object.entries(counts).flatMap(([name, n]) => Array<string>(n).fill(name)),
        ),
      ]);
    const planOf = (reference: Record<string, number>, current: Record<string, number>) =>
      driftOf([table(reference), table(current)], { rules }).columns[0]!;

    it('judges a column of two', () => {
      expect(planOf({ a: 50, b: 50 }, { a: 90, b: 10 })).toMatchObject({ status: 'drifted', values: { test: 'z' } });
      expect(planOf({ a: 50, b: 50 }, { a: 48, b: 52 }).status).toBe('stable');
    });
    it('does not judge a column of more, and says which test does', () => {
      const { status, why } = planOf({ a: 50, b: 50, c: 20 }, { a: 50, b: 50 });
      expect(status).toBe('not_judged');
      expect(why).toContain('categorical: chisquare');
    });
    it('takes a third category that is new for a change', () => {
      expect(planOf({ a: 50, b: 50 }, { a: 50, b: 30, c: 20 }).status).toBe('changed');
    });
  });

  it('counts the share of missing values and the values apart', () => {
    const { values, missing, status } = columnOf(injected({ id: 'missing', column: 'gaps', share: 0.3 }), 'gaps');
    expect(status).toBe('drifted');
    expect(values?.drifted).toBe(false);
    expect(missing.test?.drifted).toBe(true);
    expect(missing.current).toBeGreaterThan(0.25);
  });

  it('does not call a distance that chance gives, however large', () => {
    const tables = [someTable(40, createRandom(3, 'a')), someTable(40, createRandom(3, 'b'))] as const;
    const found = driftOf(tables);
    const far = found.columns.filter(({ values }) => values && values.statistic >= values.threshold);
    expect(far.length).toBeGreaterThan(2);
    expect(found.moved).toEqual([]);
  });

  it('does not call what is certain, but small', () => {
    const one = createTable([
      { kind: 'numeric', name: 'x', values: Float64Array.from({ length: 20_000 }, (_, i) => i % 997) },
    ]);
    const two = injectDrift(one, [{ id: 'mean_shift', column: 'x', by: 0.06 }], 1);
    const [x] = driftOf([one, two]).columns;
    expect(x?.values?.adjustedPValue).toBeLessThan(0.01);
    expect(x?.status).toBe('stable');
  });

  it('finds a rare class of a target that became three times as frequent, and asks more of a feature', () => {
    const classes = (share: number) =>
      categoricalColumn(
        'y',
        Array.from({ length: 10_000 }, (_, i) => (i % 1000 < share * 1000 ? 'fraud' : 'fine')),
      );
    const tables = [createTable([classes(0.002)]), createTable([classes(0.006)])] as const;
    expect(driftOf(tables, { target: 'y' }).moved).toEqual(['y']);
    expect(driftOf(tables).moved).toEqual([]);
  });

  it('gives the same bits again, whatever the order of rows and columns', () => {
    const [reference, current] = injected({ id: 'label_shift', column: 'plan', value: 'a', share: 0.5 });
    const found = driftOf([reference, current]);
    expect(driftOf([reference, current])).toStrictEqual(found);
    const rows = createRandom(1, 'rows').shuffle(Array.from({ length: current.nRows }, (_, i) => i));
    const names = current.columns.map(({ name }) => name).reverse();
    expect(driftOf([reference, current.take(rows).select(names)])).toStrictEqual(found);
  });

  it('keeps a threshold and a test that are asked for', () => {
    const tables = injected({ id: 'mean_shift', column: 'normal', by: 0.5 });
    expect(driftOf(tables).moved).toEqual(['normal']);
    expect(driftOf(tables, { rules: { ...DEFAULT_RULES, thresholds: { wasserstein: 0.7 } } }).moved).toEqual([]);
    for (const numeric of ['ks', 'psi', 'jensenshannon'] as const) {
      const found = driftOf(tables, { rules: { ...DEFAULT_RULES, numeric } });
      expect(found.columns[0]?.values?.test).toBe(numeric);
      expect(found.moved).toEqual(['normal']);
    }
    const chisquare = driftOf(injected({ id: 'label_shift', column: 'plan', value: 'a', share: 0.5 }), {
      rules: { ...DEFAULT_RULES, categorical: 'chisquare' },
    });
    expect(chisquare.moved).toEqual(['plan']);
  });
});

describe('a column that cannot be judged is one line', () => {
  const n = 60;
  const numbers = (of: (i: number) => number): Column => ({
    kind: 'numeric',
    name: 'x',
    values: Float64Array.from({ length: n }, (_, i) => of(i)),
  });
  const texts = (of: (i: number) => string | undefined) =>
    categoricalColumn(
      'x',
      Array.from({ length: n }, (_, i) => of(i)),
    );
  const dates: Column = { ...numbers((i) => 20_000 + (i % 9)), isDate: true } as Column;
  const varied = numbers((i) => ((i * 7) % 23) / 4);

  it.each<[why: string, status: string, reference: Column, current: Column]>([
    ['no value in either table', 'not_judged', numbers(() => Number.NaN), texts(() => undefined)],
    ['no value in the current table', 'drifted', varied, numbers(() => Number.NaN)],
    ['no value in the reference table', 'drifted', texts(() => undefined), texts((i) => 'ab'[i % 2])],
    ['the same value in every row of both tables', 'not_judged', numbers(() => 5), numbers(() => 5)],
    ['the same value in every row of both tables', 'not_judged', texts(() => 'a'), texts(() => 'a')],
    ['the same value in every row of the reference table: 5', 'changed', numbers(() => 5), varied],
    ['numbers in the reference table, text in the current one', 'changed', varied, texts((i) => 'ab'[i % 2])],
    [
      'no value of the current table is in the reference table',
      'changed',
      texts((i) => 'ab'[i % 2]),
      texts((i) => 'cd'[i % 2]),
    ],
    ['dates move on by themselves', 'not_judged', dates, dates],
    ['it numbers the rows', 'not_judged', numbers((i) => i), numbers((i) => 100 + i)],
    [
      '60 different texts in 60 rows: an id, or free text',
      'not_judged',
      texts((i) => `id ${i}`),
      texts((i) => `id ${100 + i}`),
    ],
    [
      '20 values in the current table, fewer than 30',
      'drifted',
      varied,
      numbers((i) => (i % 3 === 0 ? i % 11 : Number.NaN)),
    ],
  ])('%s: %s', (why, status, reference, current) => {
    const others: Column = {
      kind: 'numeric',
      name: 'other',
      values: Float64Array.from({ length: n }, (_, i) => (i * i) % 31),
    };
    const found = driftOf([createTable([reference, others]), createTable([current, others])]);
    expect(found.columns[0]).toMatchObject({ column: 'x', status, why, values: null });
    expect(found.columns[1]).toMatchObject({ status: 'stable' });
    expect(found.judged).toBe(status === 'not_judged' ? 1 : 2);
    expect(found.moved).toEqual(status === 'not_judged' ? [] : ['x']);
    expect(driftSchema.parse(found)).toEqual(found);
  });
  it('a constant that became another one is judged', () => {
    const found = driftOf([createTable([texts((i) => (i === 0 ? 'b' : 'a'))]), createTable([texts(() => 'b')])]);
    expect(found.moved).toEqual(['x']);
  });
  it('a feature that is gone counts as drifted, a target does not', () => {
    const [reference, current] = twoTables(100);
    const without = current.select(current.columns.map(({ name }) => name).filter((name) => name !== 'plan'));
    expect(driftOf([reference, without]).moved).toEqual(['plan']);
    expect(driftOf([reference, without], { target: 'plan' }).moved).toEqual([]);
    expect(driftOf([reference, without]).quality.onlyInReference).toEqual(['plan']);
    expect(driftOf([without, reference]).quality.onlyInCurrent).toEqual(['plan']);
  });
  it('an ignored column is not compared, and says why', () => {
    const found = driftOf(injected({ id: 'mean_shift', column: 'normal', by: 3 }), {
      ignored: new Map([['normal', 'nobody asks for it']]),
    });
    expect(found.moved).toEqual([]);
    expect(found.columns[0]).toMatchObject({
      status: 'not_judged',
      why: 'nobody asks for it',
      missing: { test: null },
    });
  });
  it('with fewer than 30 rows nothing is', () => {
    const found = driftOf([someTable(29, createRandom(1, 'few')), someTable(500, createRandom(1, 'many'))]);
    expect(found).toMatchObject({ drifted: null, share: null, moved: [] });
  });
  it('numbers near the ends of what a number can be do no harm', () => {
    const wide = numbers((i) => (i % 2 === 0 ? 1 : -1) * (1e308 - i * 1e300));
    const found = driftOf([createTable([wide]), createTable([varied])]);
    expect(driftSchema.parse(found)).toEqual(found);
  });
});

describe('data quality', () => {
  it('tells new categories, values out of range and repeated rows', () => {
    const [reference, current] = injected(
      { id: 'new_category', column: 'plan', category: 'd', share: 0.1 },
      { id: 'mean_shift', column: 'normal', by: 2 },
    );
    const twice = current.take(Array.from({ length: current.nRows }, (_, i) => Math.floor(i / 2)));
    const { quality } = driftOf([reference, twice]);
    expect(quality.newCategories.find(({ column }) => column === 'plan')).toMatchObject({ categories: ['d'] });
    expect(quality.outOfRange.map(({ column }) => column)).toEqual(['normal']);
    expect(quality.duplicates).toEqual({ reference: 0, current: 0.5 });
    expect(quality.typeChanges).toEqual([]);
  });
  it('tells another type', () => {
    const one = createTable([
      { kind: 'numeric', name: 'x', values: Float64Array.from({ length: 50 }, (_, i) => i % 9) },
    ]);
    const two = createTable([
      categoricalColumn(
        'x',
        Array.from({ length: 50 }, (_, i) => `${i % 9} kg`),
      ),
    ]);
    expect(driftOf([one, two]).quality.typeChanges).toEqual([{ column: 'x', reference: 'numbers', current: 'text' }]);
  });
});
