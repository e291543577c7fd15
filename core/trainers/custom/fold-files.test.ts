import { describe, expect, it } from 'vitest';
import { prepareEvaluationSet, testRowsOf, trainRowsOf } from '../../evaluation/evaluation-set.ts';
import { readCsv } from '../../table/csv.ts';
import { categoricalColumn, createTable, type Table, valueText } from '../../table/table.ts';
import { foldFiles, keyColumnName, rowNames } from './fold-files.ts';

/** Rows of which some are equal but for their target; a gap, quotes, an id-free key. */
function aTable(order: readonly number[] = Array.from({ length: 60 }, (_, i) => i)): Table {
  const x = order.map((i) => (i % 7 === 0 ? Number.NaN : (i % 20) / 10));
  const plan = order.map((i) => ['basic', 'pro, "gold"', undefined][(i % 20) % 3]);
  return createTable([
    { kind: 'numeric', name: 'x', values: Float64Array.from(x) },
    categoricalColumn('plan', plan),
    categoricalColumn(
      'left',
      order.map((i) => (i % 2 ? 'yes' : 'no')),
    ),
  ]);
}
function evaluationSetOf(table: Table) {
  const left = table.column('left')!;
  return prepareEvaluationSet({
    dataset: 'churn',
    table,
    target: {
      type: 'binary',
      classes: ['no', 'yes'],
      values: Float64Array.from({ length: table.nRows }, (_, row) => Number(valueText(left, row) === 'yes')),
    },
    keyColumns: ['x', 'plan'],
    file: 'churn.csv',
    plan: { folds: 3, group: null, time: null, gap: 0 },
    cuts: null,
  });
}
function filesOf(table: Table, fold = 0, evaluationSet = evaluationSetOf(table)) {
  const names = rowNames(evaluationSet);
  const task = {
    fold,
    repeat: 0,
    trainRows: trainRowsOf(evaluationSet, fold),
    testRows: testRowsOf(evaluationSet, fold),
    seed: 1,
  };
  return {
    evaluationSet,
    names,
    task,
    files: joined(
      foldFiles({ table, columns: ['x', 'plan'], target: 'left', evaluationSet, names, keyColumn: 'key', task }),
    ),
  };
}
function joined({ train, test }: ReturnType<typeof foldFiles>): { train: string; test: string } {
  return { train: [...train].join(''), test: [...test].join('') };
}
const read = (text: string) =>
  readCsv(new TextEncoder().encode(text), { file: 'x.csv', kinds: { key: 'categorical' } });
const column = (text: string, name: string) => {
  const table = read(text);
  return Array.from({ length: table.nRows }, (_, row) => valueText(table.column(name)!, row));
};

describe('rowNames', () => {
  it('gives every row a name of its own, equal rows the same but for the count', () => {
    const { names, evaluationSet } = filesOf(aTable());
    expect(new Set(names).size).toBe(60);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{10}-\d+$/);
    const twins = [...names.keys()].filter((row) => evaluationSet.keys[row] === evaluationSet.keys[1]);
    expect(twins.length).toBeGreaterThan(1);
    expect(twins.map((row) => names[row]!.split('-')[1]).sort()).toEqual(twins.map((_, i) => String(i)));
  });
});

describe('rowNames of equal rows', () => {
  it('are counted fold by fold, so that a fold has the same names wherever its rows stand in the file', () => {
    const named = (folds: number[]) =>
      rowNames({ keys: Float64Array.of(0xa, 0xa, 0xa, 0xb), folds: Uint8Array.from([...folds, 0]) });
    expect(named([1, 0, 1])).toEqual(['000000000a-1', '000000000a-0', '000000000a-2', '000000000b-0']);
    expect(named([1, 1, 0])).toEqual(['000000000a-1', '000000000a-2', '000000000a-0', '000000000b-0']);
  });
});

describe('foldFiles', () => {
  it('holds every row once, in one of the two, and the target in one alone', () => {
    const { names, files } = filesOf(aTable());
    expect(files.train.split('\n')[0]).toBe('key,x,plan,left');
    expect(files.test.split('\n')[0]).toBe('key,x,plan');
    expect([...column(files.train, 'key'), ...column(files.test, 'key')].sort()).toEqual([...names].sort());
  });
  it('comes in pieces that make one table', () => {
    const n = 50_001;
    const values = Float64Array.from({ length: n }, (_, row) => row);
    const table = createTable([
      { kind: 'numeric', name: 'x, y\n', values },
      { kind: 'numeric', name: 'left', values: values.map((value) => value % 2) },
    ]);
    const evaluationSet = prepareEvaluationSet({
      dataset: 'big',
      table,
      target: { type: 'binary', classes: ['0', '1'], values: values.map((value) => value % 2) },
      keyColumns: ['x, y\n'],
      file: 'big.csv',
      plan: { folds: 2, group: null, time: null, gap: 0 },
      cuts: null,
    });
    const trainRows = trainRowsOf(evaluationSet, 0);
    const task = { fold: 0, repeat: 0, trainRows, testRows: testRowsOf(evaluationSet, 0), seed: 1 };
    const given = {
      table,
      columns: ['x, y\n'],
      target: 'left',
      evaluationSet,
      names: rowNames(evaluationSet),
      keyColumn: 'key',
      task,
    };
    expect([...foldFiles(given).train].length).toBeGreaterThan(2);
    const { train } = joined(foldFiles(given));
    expect(column(train, 'x, y\n').map(Number)).toEqual([...trainRows]);
    expect(column(train, 'left').map(Number)).toEqual(Array.from(trainRows, (row) => row % 2));
  });
  it('holds the values as they were read', () => {
    const table = aTable();
    const { names, files } = filesOf(table);
    const keys = column(files.train, 'key');
    for (const name of ['x', 'plan', 'left']) {
      const source = table.column(name)!;
      expect(column(files.train, name)).toEqual(keys.map((key) => valueText(source, names.indexOf(key))));
    }
  });
  it('is the same file whatever the order of the rows', () => {
    const order = Array.from({ length: 60 }, (_, i) => (i * 37) % 60);
    const [a, b] = [filesOf(aTable()).files, filesOf(aTable(order)).files];
    expect(b.test).toBe(a.test);
    const withoutCount = (text: string) => text.replace(/-\d+,/g, ',');
    expect(withoutCount(b.train)).toBe(withoutCount(a.train));
  });
  it('tells nothing of the target by the order or the names of equal rows to be predicted', () => {
    // The order of the evaluation set has the lower class first among equal rows; a test file in that order would give it away.
    const flipped = createTable(
      aTable().columns.map((each) =>
        each.name === 'left' && each.kind === 'categorical' ? { ...each, categories: ['yes', 'no'] } : each,
      ),
    );
    const { folds } = evaluationSetOf(aTable());
    const files = filesOf(flipped, 0, { ...evaluationSetOf(flipped), folds }).files;
    expect(files.test).toBe(filesOf(aTable()).files.test);
    expect(files.train).not.toBe(filesOf(aTable()).files.train);
  });
});

describe('keyColumnName', () => {
  it.each([
    [['x'], 'y', 'key'],
    [['key', 'x'], 'y', '_key'],
    [['key', '_key'], 'y', '__key'],
    [['x'], 'key', '_key'],
  ])('beside %j and the target %s is %s', (columns, target, name) => {
    expect(keyColumnName(columns, target)).toBe(name);
  });
});
