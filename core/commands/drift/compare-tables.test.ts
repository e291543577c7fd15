import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '../../drift/drift-rules.ts';
import { type AppError, ConfigError, DataError } from '../../errors/app-error.ts';
import { readTable } from '../../table/read-table.ts';
import { compareTables } from './compare-tables.ts';

const rows = (header: string, n: number, row: (i: number) => string) =>
  [header, ...Array.from({ length: n }, (_, i) => row(i))].join('\n');
const many = rows('plan,age', 60, (i) => `${'ab'[i % 2]},${(i * 7) % 31}`);

async function compare(reference: string, current: string, asked: { target?: string; columns?: string[] } = {}) {
  const read = async (file: string, text: string) => ({
    file,
    table: await readTable(new TextEncoder().encode(`${text}\n`), { file }),
  });
  return compareTables({
    reference: await read('may.csv', reference),
    current: await read('june.csv', current),
    target: asked.target ?? null,
    ignored: new Map(),
    columns: asked.columns ?? [],
    rules: DEFAULT_RULES,
  });
}

describe('compareTables', () => {
  it('compares the columns that both have', async () => {
    const found = await compare(many, many);
    expect(found.columns.map(({ column, status }) => [column, status])).toEqual([
      ['plan', 'stable'],
      ['age', 'stable'],
    ]);
  });
  it('compares only the columns that are asked for', async () => {
    const found = await compare(many, many, { columns: ['age'] });
    expect(found.columns.map(({ column }) => column)).toEqual(['age']);
  });
  it.each<[string, string, string, object, new (...args: never[]) => AppError, object]>([
    ['no rows', many, 'plan,age', {}, DataError, { file: 'june.csv', message: 'the table has no rows' }],
    ['one row', 'plan,age\na,1', many, {}, DataError, { file: 'may.csv', message: 'the table has one row' }],
    [
      'no common column',
      many,
      rows('x,y', 40, (i) => `${i},${i % 3}`),
      {},
      DataError,
      {
        file: 'june.csv',
        message: 'the table has no column in common with may.csv',
        found: '"x", "y"',
        allowed: '"plan", "age"',
      },
    ],
    [
      'an unknown column',
      many,
      many,
      { columns: ['plam'] },
      ConfigError,
      { file: 'may.csv', message: 'the table has no column "plam"', next: 'did you mean "plan"?' },
    ],
    [
      'an unknown target',
      many,
      many,
      { target: 'salary' },
      ConfigError,
      { message: 'the table has no column "salary"', next: 'name one of these columns' },
    ],
  ])('refuses %s', async (_, reference, current, asked, kind, problem) => {
    const error = await compare(reference, current, asked).catch((cause) => cause);
    expect(error).toBeInstanceOf(kind);
    expect(error.problems).toMatchObject([problem]);
  });
  it('names both tables that are too small', async () => {
    const error = await compare('a,b', 'a,b\n1,2').catch((cause) => cause);
    expect(error.problems).toMatchObject([{ file: 'may.csv' }, { file: 'june.csv' }]);
  });
});
