import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { readCsv } from '../table/csv.ts';
import { columnRoles } from './columns.ts';
import { readTarget } from './target.ts';

const table = (text: string) => readCsv(new TextEncoder().encode(text), { file: 'data.csv' });
const target = (text: string, changes: Partial<Parameters<typeof readTarget>[1]> = {}) =>
  readTarget(table(text), { file: 'data.csv', target: 'y', task: null, posLabel: null, ...changes });
const problemsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof DataError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('readTarget', () => {
  it.each([
    ['two words', 'x,y\n1,Yes\n2,No\n', 'binary', ['No', 'Yes'], [1, 0]],
    ['0 and 1', 'x,y\n1,0\n2,1\n3,0\n', 'binary', ['0', '1'], [0, 1, 0]],
    [
      'whole numbers, in the order of numbers',
      'x,y\n1,10\n2,9\n3,10\n4,2\n',
      'multiclass',
      ['2', '9', '10'],
      [2, 1, 2, 0],
    ],
    ['other numbers', 'x,y\n1,0.5\n2,1.5\n3,2\n', 'continuous', [], [0.5, 1.5, 2]],
  ])('takes %s for what they are', (_, text, type, classes, values) => {
    expect(target(text)).toEqual({ type, classes, values: Float64Array.from(values) });
  });
  it('makes pos_label the last class', () => {
    expect(target('x,y\n1,Yes\n2,No\n', { posLabel: 'No' })).toMatchObject({ classes: ['Yes', 'No'] });
  });
  it.each([
    ['absent', 'x,Y\n1,2\n', {}, 'did you mean "Y"?'],
    ['missing in a row', 'x,y\n1,2\n2,\n', {}, 'target_missing: drop'],
    ['text for a regression', 'x,y\n1,a\n2,b\n', { task: 'regression' as const }, 'task: classification'],
    ['without the pos_label', 'x,y\n1,Yes\n2,No\n', { posLabel: 'yes' }, 'did you mean "Yes"?'],
  ])('says what to do about a target that is %s', (_, text, changes, next) => {
    expect(problemsOf(() => target(text, changes))[0]).toMatchObject({
      file: 'data.csv',
      next: expect.stringContaining(next),
    });
  });
  it('refuses a constant target', () => {
    expect(problemsOf(() => target('x,y\n1,2\n2,2\n'))[0]!.message).toBe('the target has the same value in every row');
  });
  it.each([
    ['blanks around a name', 'x, y\n1,2\n', 'did you mean " y"?'],
    ['no name that is near', 'a,b\n1,2\n', 'name one of these columns as the target'],
    ['no header', '0.5,2,1\n0.7,3,0\n', 'the table has no header: write the names of its columns into the first line'],
  ])('a target that is not there: %s', (_title, text, next) => {
    expect(problemsOf(() => target(text))).toMatchObject([{ next }]);
  });
});

describe('columnRoles', () => {
  const roles = (text: string, declared = {}) => columnRoles(table(text), { file: 'data.csv', target: 'y', declared });
  it('ignores a column without a name, unless it is declared', () => {
    expect(roles(',x,y\n0,5,0\n1,6,1\n')).toMatchObject({
      features: ['x'],
      notes: [expect.stringContaining('column "Unnamed: 0" has no name in the file')],
    });
    expect(roles(',x,y\n0,5,0\n1,6,1\n', { 'Unnamed: 0': 'id' })).toMatchObject({
      keyColumns: ['Unnamed: 0'],
      notes: [],
    });
  });
  it('ignores text that differs in every row where another column is the id', () => {
    expect(roles('no,name,x,y\n1,a,5,0\n2,b,6,1\n', { no: 'id' })).toMatchObject({
      features: ['x'],
      keyColumns: ['no'],
      notes: ['column "name" has a different text in each row: ignored, since another column is the id'],
    });
  });
  it('takes no column for the id that is numeric but for a few texts', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i === 9 ? '?' : i / 7},${i % 3},${i % 2}`);
    expect(roles(`x,z,y\n${rows.join('\n')}\n`)).toMatchObject({ features: ['x', 'z'], keyColumns: ['x', 'z'] });
  });
  it('names the marks of numbers that are read as text, unless other columns have a decimal point', () => {
    expect(roles('a,x,y\n"1,5",2,0\n"2,5",2,1\n"1,5",3,1\n').notes).toEqual([
      'column "a" looks like numbers but was read as text: set decimal: "," for this dataset',
    ]);
    expect(roles('a,x,y\n"1,5",2.5,0\n"2,5",2,1\n"1,5",3,1\n').notes).toEqual([
      'column "a" looks like numbers but was read as text: other columns have a decimal point; write the numbers of all columns alike',
    ]);
  });
  it('refuses text alone that differs in most rows, unless it is declared', () => {
    const text = `y,message\n${Array.from({ length: 40 }, (_, i) => `${i % 2},hello ${i % 30}`).join('\n')}\n`;
    expect(problemsOf(() => roles(text))).toMatchObject([
      {
        message: 'the table has no column that a model can learn from',
        found: '"message": text that differs in most of the 40 rows',
      },
    ]);
    expect(roles(text, { message: 'categorical' })).toMatchObject({ features: ['message'] });
  });
  it('of text alone that looks like numbers, says how to write them', () => {
    const text = (distinct: number) =>
      `y,price\n${Array.from({ length: 40 }, (_, i) => `${i % 2},"1.${100 + (i % distinct)},50 €"`).join('\n')}\n`;
    for (const distinct of [40, 30])
      expect(problemsOf(() => roles(text(distinct)))[0]!.next).toBe(
        '"price" looks like numbers with a sign or unit: write them alone, in pandas: df["price"].str.replace(r"[^0-9,-]", "", regex=True).str.replace(",", ".").astype(float)',
      );
  });
  it('says that a target is a date', () => {
    expect(roles('a,y\n1,2024-01-31\n2,2024-02-01\n').notes).toEqual([
      'the target "y" is a date: models predict it as days since 1970-01-01',
    ]);
  });
  it('takes text that differs in every row for the id, and says so', () => {
    const found = roles('id,x,y\na1,1,0\na2,1,1\n');
    expect(found).toMatchObject({ features: ['x'], keyColumns: ['id'] });
    expect(found.notes).toEqual(['column "id" has a different text in each row: used as the row id, not as a feature']);
  });
  it('hashes the features where there is no id, and obeys what is declared', () => {
    expect(roles('a,b,c,y\n1,u,5,0\n2,u,6,1\n', { c: 'ignore' })).toMatchObject({
      features: ['a', 'b'],
      keyColumns: ['a', 'b'],
    });
  });
  it('leaves out a column without a value', () => {
    expect(roles('a,b,y\n1,,0\n2,,1\n').features).toEqual(['a']);
  });
  it('refuses a declared column that is not there, and a table without features', () => {
    expect(problemsOf(() => roles('age,y\n1,0\n2,1\n', { agee: 'numeric' }))[0]).toMatchObject({
      next: 'did you mean "age"?',
    });
    expect(problemsOf(() => roles('id,y\na,0\nb,1\n'))[0]!.message).toBe(
      'the table has no column that a model can learn from',
    );
  });
});
