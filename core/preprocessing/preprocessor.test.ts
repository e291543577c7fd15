import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, StoreError } from '../errors/app-error.ts';
import {
  type CategoricalColumn,
  type Column,
  categoricalColumn,
  createTable,
  type NumericColumn,
  type Table,
} from '../table/table.ts';
import type { Features } from './features.ts';
import { fitPreprocessor, loadPreprocessor } from './preprocessor.ts';

const MISSING = Number.NaN;
const ENCODINGS = ['dense', 'native'] as const;

const numeric = (name: string, ...values: number[]): NumericColumn => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});
const text = (name: string, ...values: (string | undefined)[]): CategoricalColumn => categoricalColumn(name, values);

const customers = createTable([
  numeric('age', 4, MISSING, 10, -2.5, 0.125),
  text('plan', 'pro', 'basic', undefined, 'basic', 'trial'),
  numeric('constant', 3, 3, 3, 3, 3),
]);

const byName = (features: Features) =>
  Object.fromEntries(
    features.columns.map((column) => [column.name, [...(column.kind === 'numeric' ? column.values : column.codes)]]),
  );
const bitsOf = (features: Features) =>
  features.columns.map((column) => [
    column.name,
    ...new Uint32Array((column.kind === 'numeric' ? column.values : column.codes).slice().buffer),
  ]);

function problemsOf(run: () => unknown): readonly unknown[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Tables of a numeric and a categorical column with gaps, at least one row. */
const anyTable = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constant(MISSING), fc.double({ noDefaultInfinity: true }), fc.integer()),
      fc.option(fc.constantFrom('a', 'b', 'ä', '😀', ''), { nil: undefined }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) => createTable([numeric('x', ...rows.map(([x]) => x)), text('k', ...rows.map(([, k]) => k))]));

describe('fitPreprocessor, dense', () => {
  it('imputes, scales and encodes, with marks for what was missing', () => {
    const fitted = fitPreprocessor(customers, ['plan', 'age', 'constant'], undefined, 'dense');
    expect(fitted.columns).toEqual(['plan', 'age', 'constant']);
    expect(fitted.featureNames).toEqual([
      'plan=basic',
      'plan=pro',
      'plan=trial',
      'plan is missing',
      'age',
      'age is missing',
      'constant',
    ]);
    const features = fitted.transform(customers);
    expect(features.nSamples).toBe(5);
    const { age, ...others } = byName(features);
    expect(others).toEqual({
      'plan=basic': [0, 1, 0, 1, 0],
      'plan=pro': [1, 0, 0, 0, 0],
      'plan=trial': [0, 0, 0, 0, 1],
      'plan is missing': [0, 0, 1, 0, 0],
      'age is missing': [0, 1, 0, 0, 0],
      constant: [0, 0, 0, 0, 0],
    });
    // make_pipeline(SimpleImputer(strategy='median'), StandardScaler()).fit_transform(age); scikit-learn 1.9.1
    const golden = [
      0.2991571774911466, -0.15994542162892983, 1.7208942586371898, -1.2410579937504003, -0.6190480207490062,
    ];
    age!.forEach((value, row) => {
      expect(value).toBeCloseTo(golden[row]!, 14);
    });
  });

  it('gives no mark for missing values that training did not have; they are the median, or all zeros', () => {
    const training = createTable([numeric('x', 1, 2, 9), text('k', 'a', 'b', 'b')]);
    const later = createTable([numeric('x', MISSING, 2), text('k', undefined, 'unseen')]);
    const fitted = fitPreprocessor(training, ['x', 'k'], undefined, 'dense');
    const { x, ...levels } = byName(fitted.transform(later));
    expect(x![0]).toBe(x![1]);
    expect(levels).toEqual({ 'k=a': [0, 0], 'k=b': [0, 0] });
  });

  it('gives levels to the 50 most frequent categories and one to all others, unseen ones included', () => {
    const names = Array.from({ length: 52 }, (_, i) => `c${String(i).padStart(2, '0')}`);
    // c51 comes three times, c50 twice, the rest once: of those c48 and c49 are the last in byte order.
    const training = createTable([text('k', ...names, 'c51', 'c51', 'c50', undefined)]);
    const fitted = fitPreprocessor(training, ['k'], undefined, 'dense');
    const kept = names.filter((name) => name !== 'c48' && name !== 'c49');
    expect(fitted.featureNames).toEqual([...kept.map((name) => `k=${name}`), 'k is other', 'k is missing']);
    const later = byName(fitted.transform(createTable([text('k', 'c48', 'unseen', undefined, 'c51', 'c00')])));
    expect(later['k is other']).toEqual([1, 1, 0, 0, 0]);
    expect(later['k is missing']).toEqual([0, 0, 1, 0, 0]);
    expect(later['k=c51']).toEqual([0, 0, 0, 1, 0]);
    expect(later['k=c00']).toEqual([0, 0, 0, 0, 1]);
  });

  it('gives 50 categories a level each', () => {
    const training = createTable([text('k', ...Array.from({ length: 50 }, (_, i) => `c${i}`))]);
    const { featureNames } = fitPreprocessor(training, ['k'], undefined, 'dense');
    expect(featureNames).toHaveLength(50);
    expect(featureNames).not.toContain('k is other');
  });

  it('never gives NaN or infinity, whatever it is fitted on and given', () => {
    fc.assert(
      fc.property(anyTable, anyTable, (training, later) => {
        const features = fitPreprocessor(training, ['x', 'k'], undefined, 'dense').transform(later);
        for (const column of features.columns) {
          expect(column.kind).toBe('numeric');
          if (column.kind === 'numeric') expect(column.values.every(Number.isFinite), column.name).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('fitPreprocessor, native', () => {
  it('gives numbers as they are, codes of the training categories, and unseen ones the code after these', () => {
    const fitted = fitPreprocessor(customers, ['age', 'plan'], [1, 2, 4], 'native');
    expect(fitted.featureNames).toEqual(['age', 'plan']);
    expect(fitted.transform(customers).columns).toEqual([
      numeric('age', 4, MISSING, 10, -2.5, 0.125),
      { kind: 'categorical', name: 'plan', codes: Int32Array.of(2, 0, -1, 0, 1), nCategories: 2 },
    ]);
  });

  it('maps a table with another dictionary by the text of its categories', () => {
    const fitted = fitPreprocessor(customers, ['plan'], undefined, 'native');
    const other = createTable([text('plan', 'trial', 'annual', 'pro', undefined, 'basic')]);
    expect(byName(fitted.transform(other))).toEqual({ plan: [2, 3, 1, -1, 0] });
  });
});

describe.each(ENCODINGS)('a preprocessor, %s', (encoding) => {
  it('learns nothing from rows it was not given', () => {
    fc.assert(
      fc.property(anyTable, anyTable, anyTable, (training, rest, otherRest) => {
        const rows = Array.from({ length: training.nRows }, (_, i) => i);
        const learned = (table: Table) => JSON.stringify(fitPreprocessor(table, ['x', 'k'], rows, encoding));
        expect(learned(stack(training, rest))).toBe(learned(stack(training, otherRest)));
        expect(learned(stack(training, rest))).toBe(
          JSON.stringify(fitPreprocessor(training, ['x', 'k'], undefined, encoding)),
        );
      }),
    );
  });

  it('does learn from rows it was given', () => {
    const table = createTable([numeric('x', 1, 2, 300), text('k', 'a', 'b', 'c')]);
    const learned = (rows: number[]) => JSON.stringify(fitPreprocessor(table, ['x', 'k'], rows, encoding));
    expect(learned([0, 1])).not.toBe(learned([0, 2]));
  });

  it('gives the same bits after a trip through JSON text', () => {
    fc.assert(
      fc.property(anyTable, anyTable, (training, later) => {
        const fitted = fitPreprocessor(training, ['k', 'x'], undefined, encoding);
        const loaded = loadPreprocessor(JSON.parse(JSON.stringify(fitted)));
        expect(bitsOf(loaded.transform(later))).toEqual(bitsOf(fitted.transform(later)));
        expect(JSON.stringify(loaded)).toBe(JSON.stringify(fitted));
        expect([loaded.encoding, loaded.columns, loaded.featureNames]).toEqual([
          encoding,
          fitted.columns,
          fitted.featureNames,
        ]);
      }),
    );
  });

  it('transforms rows alone as it does together, in the order asked for', () => {
    fc.assert(
      fc.property(anyTable, fc.array(fc.nat(), { maxLength: 8 }), (table, draws) => {
        const fitted = fitPreprocessor(table, ['x', 'k'], undefined, encoding);
        const rows = Int32Array.from(draws, (draw) => draw % table.nRows);
        const some = fitted.transform(table, rows);
        expect(some.nSamples).toBe(rows.length);
        expect(bitsOf(some)).toEqual(bitsOf(fitted.transform(table.take(rows))));
      }),
    );
  });

  it('shares no memory with the table, so that a model cannot alter it', () => {
    const before = structuredClone(customers.columns);
    const fitted = fitPreprocessor(customers, ['age', 'plan', 'constant'], undefined, encoding);
    for (const column of fitted.transform(customers).columns)
      (column.kind === 'numeric' ? column.values : column.codes).fill(77);
    expect(customers.columns).toEqual(before);
  });

  it('does not change when its JSON is changed', () => {
    const fitted = fitPreprocessor(customers, ['plan'], undefined, encoding);
    const before = JSON.stringify(fitted);
    (fitted.toJSON() as { columns: unknown[] }).columns.length = 0;
    expect(JSON.stringify(fitted)).toBe(before);
  });

  it('finds columns by name, wherever they stand', () => {
    const fitted = fitPreprocessor(customers, ['age', 'plan'], undefined, encoding);
    const turned = createTable([...customers.columns].reverse());
    expect(bitsOf(fitted.transform(turned))).toEqual(bitsOf(fitted.transform(customers)));
  });

  it('names every column that is absent or of another kind', () => {
    const fitted = fitPreprocessor(customers, ['age', 'plan', 'constant'], undefined, encoding);
    const later = createTable([text('age', 'old'), numeric('plan', 1), numeric('constants', 1)]);
    expect(problemsOf(() => fitted.transform(later))).toEqual([
      {
        message: 'column "age" is categorical, but was numeric in training',
        place: 'column "age"',
        found: 'categorical',
        allowed: 'numeric',
        next: 'correct the values, declare the kind of the column, or train the model again',
      },
      {
        message: 'column "plan" is numeric, but was categorical in training',
        place: 'column "plan"',
        found: 'numeric',
        allowed: 'categorical',
        next: 'correct the values, declare the kind of the column, or train the model again',
      },
      {
        message: 'the table has no column "constant"',
        found: '"age", "plan", "constants"',
        next: 'did you mean "constants"?',
      },
    ]);
  });

  it('takes a column without a single value for either kind', () => {
    const fitted = fitPreprocessor(customers, ['age', 'plan'], undefined, encoding);
    const swapped = createTable([text('age', undefined), numeric('plan', MISSING)]);
    const straight = createTable([numeric('age', MISSING), text('plan', undefined)]);
    expect(bitsOf(fitted.transform(swapped))).toEqual(bitsOf(fitted.transform(straight)));
  });

  it('is not fitted on a column the table lacks', () => {
    expect(problemsOf(() => fitPreprocessor(customers, ['Plan', 'zip'], undefined, encoding))).toMatchObject([
      { message: 'the table has no column "Plan"', next: 'did you mean "plan"?' },
      { message: 'the table has no column "zip"', next: 'add this column to the table' },
    ]);
  });

  it('can be fitted on no rows and transform none', () => {
    const fitted = fitPreprocessor(customers, ['age', 'plan'], [], encoding);
    const features = fitted.transform(customers, []);
    expect(features.nSamples).toBe(0);
    expect(features.columns.map(({ name }) => name)).toEqual(fitted.featureNames);
  });
});

describe('loadPreprocessor', () => {
  const age = { kind: 'numeric', name: 'age', median: 1, mean: 0, sd: 1, missing: false };
  const plan = { kind: 'categorical', name: 'plan', categories: ['a'], other: false, missing: false };

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'dense'],
    ['an unknown encoding', { encoding: 'sparse', columns: [] }],
    ['a column of no known kind', { encoding: 'native', columns: [{ kind: 'text', name: 'a' }] }],
    ['an unknown key', { encoding: 'native', columns: [{ kind: 'numeric', name: 'a', extra: 1 }] }],
    ['a native column under dense', { encoding: 'dense', columns: [{ kind: 'numeric', name: 'a' }] }],
    ['a column twice', { encoding: 'dense', columns: [age, { ...plan, name: 'age' }] }],
    ['a category twice', { encoding: 'dense', columns: [{ ...plan, categories: ['a', 'a'] }] }],
    ['too many levels', { encoding: 'dense', columns: [{ ...plan, categories: Array.from({ length: 51 }, String) }] }],
    ['a negative deviation', { encoding: 'dense', columns: [{ ...age, sd: -1 }] }],
    ['a mean that is no number', { encoding: 'dense', columns: [{ ...age, mean: null }] }],
    ['an infinite median', { encoding: 'dense', columns: [{ ...age, median: Number.POSITIVE_INFINITY }] }],
  ])('refuses %s', (_, json) => {
    expect(() => loadPreprocessor(json)).toThrow(StoreError);
  });

  it('says where the fault is', () => {
    const json = { encoding: 'dense', columns: [plan, { ...age, mean: '0' }] };
    expect(() => loadPreprocessor(json)).toThrow(/columns\.1\.mean: the preprocessor in the model file is damaged/);
  });

  it('throws nothing but StoreError, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...ENCODINGS), (value, encoding) => {
        for (const json of [value, { encoding, columns: value }, { encoding, columns: [value] }]) {
          try {
            loadPreprocessor(json);
          } catch (error) {
            if (!(error instanceof StoreError)) throw error;
          }
        }
      }),
    );
  });
});

function stack(upper: Table, lower: Table): Table {
  return createTable(upper.columns.map((column, i) => stackColumns(column, lower.columns[i]!)));
}

function stackColumns(upper: Column, lower: Column): Column {
  if (upper.kind === 'numeric' && lower.kind === 'numeric')
    return numeric(upper.name, ...upper.values, ...lower.values);
  if (upper.kind === 'categorical' && lower.kind === 'categorical') {
    const texts = [upper, lower].flatMap(({ codes, categories }) => [...codes].map((code) => categories[code]));
    return text(upper.name, ...texts);
  }
  throw new TypeError('columns of two kinds');
}
