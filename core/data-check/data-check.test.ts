import { describe, expect, it } from 'vitest';
import { columnsSchema, missingSchema } from '../config/columns-key.ts';
import { guessedRoles } from '../dataset/columns.ts';
import { readTarget } from '../dataset/target.ts';
import { createRandom } from '../random/random.ts';
import { readCsv } from '../table/csv.ts';
import { checkTable } from './check-table.ts';
import type { CheckedTable } from './data-check.ts';
import { dataChecks } from './index.ts';

type CheckId = (typeof dataChecks.ids)[number];
type Cell = string | number;

const ROWS = 200;
const random = createRandom(1);
const noise = Float64Array.from({ length: ROWS }, () => random.uniform());

/** A table of 200 rows: what `row` says, beside a feature `z` of noise and, unless it is said, a target `y`. */
function checked(row: (i: number) => Readonly<Record<string, Cell>>, rows = ROWS): CheckedTable {
  const written = Array.from({ length: rows }, (_, i) => ({
    z: noise[i % ROWS]!,
    y: noise[(7 * i + 3) % ROWS]!,
    ...row(i),
  }));
  const names = Object.keys(written[0]!);
  const lines = written.map((each) => names.map((name) => `"${(each as Record<string, Cell>)[name]}"`).join(','));
  const table = readCsv(new TextEncoder().encode(`${names.join(',')}\n${lines.join('\n')}\n`), { file: 'd.csv' });
  const { roles } = guessedRoles(table, { file: 'd.csv', target: 'y', declared: {} });
  const features = roles.flatMap(({ name, kind }) => (['numeric', 'categorical', 'date'].includes(kind) ? [name] : []));
  const target = readTarget(table, { file: 'd.csv', target: 'y', task: null, posLabel: null });
  return { file: 'd.csv', table, roles, declared: [], features, target: { ...target, name: 'y' } };
}

const pad = (n: number) => String(n).padStart(2, '0');
type Row = (i: number) => Record<string, Cell>;

/** The check, what the table has, its rows, what the message says, and the settings. */
const FOUND: readonly (readonly [CheckId, string, Row, string, object?])[] = [
  [
    'almost_numeric',
    'question marks among numbers',
    (i) => ({ x: i % 50 ? i : '?' }),
    '"?" among its numbers (4 of 200 values, the first in line 2)',
    { missing: ['?'] },
  ],
  ['almost_numeric', 'many other texts', (i) => ({ x: i % 30 ? i : `${i}a` }), 'correct them'],
  [
    'missing_marks',
    'a category that is a mark',
    (i) => ({ x: ['Rome', 'Oslo', '?'][i % 3]! }),
    '"?" in "x" means that a value is missing',
    { missing: ['?'] },
  ],
  [
    'missing_marks',
    'a mark beside NA',
    (i) => ({ x: ['Rome', 'Oslo', '-', 'NA'][i % 4]! }),
    '"-" in "x"',
    { missing: ['NA', '-'] },
  ],
  ['signed_numbers', 'dollars', (i) => ({ x: `$${i % 60},835.00 ` }), 'numbers with a sign or unit'],
  [
    'signed_numbers',
    'a minus that the advice keeps',
    (i) => ({ x: `${i % 2 ? '\u2212' : ''}${i % 60}.5` }),
    String.raw`df["x"].str.replace("\u2212", "-").str.replace(r"[^0-9.-]"`,
  ],
  [
    'signed_numbers',
    'brackets of accountants',
    (i) => ({ x: i % 2 ? `(${i % 60}.5)` : `${i % 60}.5` }),
    String.raw`df["x"].str.replace(r"^\s*\((.*)\)\s*$", r"-\1", regex=True).str.replace(`,
  ],
  ['signed_numbers', 'groups of digits', (i) => ({ x: `${i % 60}\u00a0${100 + i}` }), 'numbers with a sign or unit'],
  ['signed_numbers', 'percentages', (i) => ({ x: `${i % 60}%` }), 'df["x"]'],
  [
    'signed_numbers',
    'units, different in each row',
    (i) => ({ x: `${i} km/h` }),
    'so it is no feature',
    { columns: { x: 'ignore' } },
  ],
  [
    'signed_numbers',
    'prices, different in each row beside an id',
    (i) => ({ id: `a${i}`, x: `$${i}.00` }),
    'so it is no feature',
  ],
  [
    'dates',
    'day first',
    (i) => ({ x: `${pad((i % 28) + 1)}-10-2012` }),
    'written as %d-%m-%Y',
    { columns: { x: { role: 'date', format: '%d-%m-%Y' } } },
  ],
  [
    'dates',
    'day first, different in each row',
    (i) => ({ x: `${pad((i % 28) + 1)}/10/${2000 + i}` }),
    '%d/%m/%Y',
    { columns: { x: { role: 'date', format: '%d/%m/%Y' } } },
  ],
  [
    'ambiguous_numbers',
    'a comma before three digits',
    (i) => ({ x: i % 3 ? `${1 + (i % 9)},${String((i * 37) % 1000).padStart(3, '0')}` : i }),
    'which can mean',
  ],
  [
    'ambiguous_numbers',
    'a comma before three digits, different in each row',
    (i) => ({ x: `${i + 1},000` }),
    'can mean 1000 or 1.000',
    { columns: { x: 'ignore' } },
  ],
  [
    'dates',
    'two formats',
    (i) => ({ x: i % 2 ? `2012-10-${pad((i % 28) + 1)}` : `${pad((i % 28) + 1)}/10/2012` }),
    'in more than one format ("01/10/2012", "2012-10-02")',
  ],
  ['dates', 'two readings', (i) => ({ x: `${pad((i % 12) + 1)}/10/2012` }), '%d/%m/%Y or %m/%d/%Y'],
  [
    'dates',
    'seconds',
    (i) => ({ timestamp: 1351468800 + 60 * (i % 90) }),
    'epoch_s',
    { columns: { timestamp: { role: 'date', format: 'epoch_s' } } },
  ],
  [
    'dates',
    'nanoseconds',
    (i) => ({ created_at: `17356896${pad(i % 60)}000000001` }),
    'epoch_ns',
    { columns: { created_at: { role: 'date', format: 'epoch_ns' } } },
  ],
  [
    'ids',
    'numbers without a gap',
    (i) => ({ x: ((i * 3) % 200) + 5 }),
    'the row id, not a feature',
    { columns: { x: 'id' } },
  ],
  [
    'ids',
    'PassengerId beside names',
    (i) => ({ PassengerId: 3 * i, Name: `Mr. ${i}` }),
    '"Name" with a different text',
    { columns: { PassengerId: 'id', Name: 'ignore' } },
  ],
  [
    'ids',
    'RowNumber beside an id',
    (i) => ({ RowNumber: i + 1, CustomerId: 9 * i + 7 }),
    '"RowNumber" counts the rows: not a feature',
    { columns: { RowNumber: 'ignore' } },
  ],
  [
    'ids',
    'a counter beside an id of text',
    (i) => ({ n: i, customerID: `C-${i}` }),
    '"n" counts the rows: not a feature',
    { columns: { n: 'ignore' } },
  ],
  ['near_unique_text', 'addresses', (i) => ({ x: `${i % 150} Main Street` }), '150 different texts in 200 rows'],
  ['constant_columns', 'one value', () => ({ x: 'a' }), '"x" has the same value'],
  ['similar_labels', 'case', (i) => ({ x: ['Rome', 'rome '][i % 2]! }), '"Rome" and "rome "'],
  [
    'similar_labels',
    'a full stop, in the target',
    (i) => ({ y: ['>50K', '<=50K', '>50K.'][i % 3]! }),
    'each is a class',
  ],
  ['tiny_classes', 'a class of one row', (i) => ({ y: i === 5 ? 'c' : 'ab'[i % 2]! }), '"c" (1)'],
  ['copies', 'each row twice', (i) => ({ z: noise[i >> 1]!, y: noise[i >> 1]! }), '100 of 200 rows are copies'],
  [
    'near_copies',
    'each row twice, with a little noise',
    (i) => {
      const near = (k: number) => noise[((i >> 1) * 7 + 31 * k) % 200]! + 0.001 * noise[i]!;
      return { a: near(0), b: near(1), c: near(2), d: near(3), z: near(4) };
    },
    'half of the 200 rows looked at are at most 0.0',
  ],
  ['leaks', 'the target in other words', (i) => ({ y: i % 2, x: i % 2 ? 'yes' : 'no' }), 'determines'],
  [
    'strong_features',
    'all but one row',
    (i) => ({ y: Number(i >= 100), x: i === 3 ? 22500.5 : i * i }),
    'roc_auc 0.995',
  ],
  [
    'strong_features',
    'nearly the target',
    (i) => ({ x: noise[(7 * i + 3) % ROWS]! * 3 + 0.01 * noise[i]! }),
    'r2 1.000',
  ],
  [
    'strong_features',
    'nearly the logarithm of the target',
    (i) => ({ y: Math.exp(9 * noise[i]!), x: noise[i]! + 0.001 * noise[(i * 3) % ROWS]! }),
    'alone predicts the order of "y" with r2 of ranks 1.000',
  ],
  [
    'sums',
    'two parts',
    (i) => ({ a: noise[i]!, b: noise[(i * 3) % ROWS]!, y: noise[i]! + 2 * noise[(i * 3) % ROWS]!, z: 0.5 + (i % 7) }),
    '"y" is a sum or difference of',
  ],
];

const NOT_FOUND: readonly (readonly [CheckId, string, Row])[] = [
  ['almost_numeric', 'codes', (i) => ({ x: i % 10 ? i : 'A1' })],
  ['missing_marks', 'two signs', (i) => ({ x: '+-'[i % 2]! })],
  ['signed_numbers', 'codes', (i) => ({ x: `${'ABCDEFGH'[i % 8]}${i % 60}` })],
  ['ambiguous_numbers', 'fractions below 1', (i) => ({ x: i % 2 ? '0,125' : `${i},500` })],
  ['ambiguous_numbers', 'pairs of numbers', (i) => ({ x: `${i % 9},${100 + i},${i}` })],
  ['ambiguous_numbers', 'a fraction of two digits', (i) => ({ x: i % 2 ? `${i},25` : '1,234' })],
  ['signed_numbers', 'few categories', (i) => ({ x: `${i % 5} stars` })],
  ['dates', 'dates that are read already', (i) => ({ x: `2012-10-${pad((i % 28) + 1)}` })],
  ['dates', 'ids of more than fifteen digits', (i) => ({ x: `90071992547409${1000 + i}` })],
  ['dates', 'phone numbers', (i) => ({ phone: 1351468800 + 60 * (i % 90) })],
  ['dates', 'dates and a word', (i) => ({ x: i ? `${pad((i % 28) + 1)}/10/2012` : 'soon' })],
  ['ids', 'distinct prices', (i) => ({ price: i * 1000 + (i % 7) })],
  ['ids', 'an id that repeats', (i) => ({ customer_id: i % 150 })],
  ['ids', 'a name that only ends in the letters', (i) => ({ paid: 3 * i })],
  ['near_unique_text', 'prices', (i) => ({ x: `$${i % 150}.00` })],
  ['near_unique_text', 'cities', (i) => ({ x: `city ${i % 90}` })],
  ['constant_columns', 'a value or none', (i) => ({ x: i % 2 ? 'a' : '' })],
  ['similar_labels', 'signs that mean something', (i) => ({ x: ['>50K', '<=50K', '-1', '1', '1.5', '15'][i % 6]! })],
  ['tiny_classes', 'ten rows each', (i) => ({ y: i % 20 })],
  ['copies', 'none', () => ({})],
  ['strong_features', 'a good feature', (i) => ({ y: Number(noise[i]! + noise[(i * 3) % ROWS]! > 1), x: noise[i]! })],
  [
    'sums',
    'a sum with noise',
    (i) => ({
      a: noise[i]!,
      b: noise[(i * 3) % ROWS]!,
      y: noise[i]! + noise[(i * 3) % ROWS]! + 0.2 * noise[(i * 7) % ROWS]!,
    }),
  ],
];

describe.each(dataChecks.all)('$id', ({ id, find }) => {
  for (const [check, title, row, message, settings] of FOUND) {
    if (check !== id) continue;
    it(`finds ${title}`, () => {
      const found = find(checked(row));
      expect(found.map((each) => each.message + (each.next ?? '')).join('\n')).toContain(message);
      if (settings) expect(found.map((each) => each.settings)).toContainEqual(settings);
    });
  }
  for (const [check, title, row] of NOT_FOUND) {
    if (check === id) it(`finds nothing in ${title}`, () => expect(find(checked(row))).toEqual([]));
  }
  it('has a case of its own', () => {
    expect(FOUND.some(([check]) => check === id)).toBe(true);
  });
  it('proposes only what `mlops.yml` takes', () => {
    for (const [, , row] of FOUND)
      for (const { settings = {} } of find(checked(row))) {
        if (settings.missing) expect(missingSchema.parse(settings.missing)).toEqual(settings.missing);
        if (settings.columns) expect(columnsSchema.parse(settings.columns)).toEqual(settings.columns);
      }
  });
  it('copes with one row, no target and no feature', () => {
    const one = checked((i) => ({ y: i }), 2);
    expect(find({ ...one, target: null })).toBeInstanceOf(Array);
    expect(find({ ...one, table: one.table.take([0]), features: [] })).toBeInstanceOf(Array);
    expect(find({ ...one, table: one.table.take([]) })).toBeInstanceOf(Array);
  });
});

it('a column whose role is said is not told what else it could be', () => {
  const rows = (i: number) => ({
    seen: `${pad((i % 12) + 1)}/10/2012`,
    street: `${i % 150} Main Street`,
    paid: `$${i}.00`,
  });
  const found = (declared: readonly string[]) => {
    const { roles, ...table } = checked(rows);
    const said = roles.map((role) => (declared.includes(role.name) ? { ...role, kind: 'categorical' as const } : role));
    return checkTable({ ...table, roles: said, declared }).flatMap(({ columns }) => columns);
  };
  expect(found([])).toEqual(expect.arrayContaining(['seen', 'street', 'paid']));
  expect(found(['seen', 'street', 'paid'])).toEqual([]);
});

it('a table with nothing odd has no finding', () => {
  const plain = checked((i) => ({
    city: ['Rome', 'Oslo', 'Bern'][i % 3]!,
    age: 20 + (i % 50),
    y: Number(noise[i]! > 0.5),
  }));
  expect(checkTable({ ...plain, features: ['city', 'age'] })).toEqual([]);
});
