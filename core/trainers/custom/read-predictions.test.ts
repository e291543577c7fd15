import { describe, expect, it } from 'vitest';
import { DataError } from '../../errors/app-error.ts';
import { scoreOf } from '../../models/predictions.ts';
import { readPredictions } from './read-predictions.ts';

const names = ['0a-0', '0a-1', '0b-0'];
const continuous = { type: 'continuous', classes: [] } as const;
const binary = { type: 'binary', classes: ['no', 'yes'] } as const;
const digits = { type: 'binary', classes: ['1', '2'] } as const;
const three = { type: 'multiclass', classes: ['1', '2', '3'] } as const;

type Target = Parameters<typeof readPredictions>[1]['target'];
const read = (text: string, target: Target, keyColumn = 'key') =>
  readPredictions(new TextEncoder().encode(text), { file: 'predictions.csv', keyColumn, names, target });
const lists = (predictions: ReturnType<typeof read>) => [[...scoreOf(predictions)], [...predictions.predictedClass]];
const problemsOf = (text: string, target: Target) => {
  try {
    read(text, target);
  } catch (error) {
    if (error instanceof DataError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('predictions that are read', () => {
  it.each<[string, string, Target, number[], number[]]>([
    [
      'values, in any order',
      'key,prediction\n0b-0,3\n0a-0,-1.5\n0a-1,2e-3\n',
      continuous,
      [-1.5, 0.002, 3],
      [-1.5, 0.002, 3],
    ],
    [
      'quoted, with other line ends',
      '\ufeff"key","prediction"\r\n"0a-0","1"\r\n"0a-1","2"\r\n"0b-0","3"\r\n',
      continuous,
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      'beside row names as R and pandas write them',
      '"","key","prediction"\n"1","0a-0",1\n"2","0a-1",2\n"3","0b-0",3\n',
      continuous,
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      'probabilities of the second class',
      'key,prediction\n0a-0,0.25\n0a-1,0.5\n0b-0,1\n',
      binary,
      [0.25, 0.5, 1],
      [0, 0, 1],
    ],
    ['classes', 'key,prediction\n0a-0,yes\n0a-1,no\n0b-0,no\n', binary, [1, 0, 0], [1, 0, 0]],
    ['classes that are numbers', 'key,prediction\n0a-0,1\n0a-1,2\n0b-0,1\n', digits, [0, 1, 0], [0, 1, 0]],
    [
      'probabilities where classes are numbers',
      'key,prediction\n0a-0,1.0\n0a-1,0.75\n0b-0,0.0\n',
      digits,
      [1, 0.75, 0],
      [1, 1, 0],
    ],
    ['one of three classes', 'key,prediction\n0a-0,3\n0a-1,1\n0b-0,2.0\n', three, [1, 1, 1], [2, 0, 1]],
    [
      'probabilities of all classes',
      'key,probability_2,probability_1,probability_3\n0a-0,0.5,0.25,0.25\n0a-1,0,0.5,0.5\n0b-0,0,0,1\n',
      three,
      [0.5, 0.5, 1],
      [1, 0, 2],
    ],
    [
      'a class beside probabilities, which is the decision',
      'key,prediction,probability_no,probability_yes\n0a-0,yes,0.75,0.25\n0a-1,no,0.5,0.5\n0b-0,no,1,0\n',
      binary,
      [0.25, 0.5, 0],
      [1, 0, 0],
    ],
  ])('%s', (_, text, target, scores, predictedClass) => {
    expect(lists(read(text, target))).toEqual([scores, predictedClass]);
  });
  it('with a key column of another name', () => {
    expect(lists(read('_key,prediction\n0a-0,1\n0a-1,2\n0b-0,3\n', continuous, '_key'))[0]).toEqual([1, 2, 3]);
  });
  it('rounded probabilities are brought to a sum of 1', () => {
    const text = 'key,probability_1,probability_2,probability_3\n0a-0,0.33,0.33,0.33\n0a-1,1,0,0\n0b-0,1,0,0\n';
    expect(scoreOf(read(text, three))[0]).toBeCloseTo(1 / 3, 12);
  });
});

describe('predictions that are refused', () => {
  const rows = (first: string) => `key,prediction\n0a-0,${first}\n0a-1,1\n0b-0,1\n`;
  it.each<[string, string, Target, object]>([
    [
      'a row without a prediction',
      'key,prediction\n0a-0,1\n',
      continuous,
      {
        message: 'rows of the test file without a prediction: 2',
        found: '"0a-1", "0b-0"',
        allowed: expect.stringContaining('3 rows'),
      },
    ],
    [
      'an unknown key',
      `${rows('1')}0c-0,1\n`,
      continuous,
      { message: 'keys that are not in the test file: 1', found: '"0c-0" in line 5' },
    ],
    ['a key without its count', 'key,prediction\n0a,1\n0a-1,1\n0b-0,1\n', continuous, { found: '"0a-0"' }],
    [
      'a key twice',
      `${rows('1')}0a-1,1\n`,
      continuous,
      { message: 'keys that occur twice: 1', found: '"0a-1" in line 5' },
    ],
    [
      'an infinite value',
      rows('inf'),
      continuous,
      { place: 'line 2 (row 0a-0)', found: '"inf"', allowed: 'a finite number' },
    ],
    ['NaN', rows('nan'), continuous, { found: '"nan"', allowed: 'a finite number' }],
    ['an empty value', rows(''), continuous, { found: 'nothing' }],
    ['a number too large for a float', rows('1e999'), continuous, { found: '"1e999"' }],
    [
      'a probability above 1',
      rows('1.5'),
      binary,
      { place: 'line 2 (row 0a-0)', found: '"1.5"', allowed: expect.stringContaining('0 to 1') },
    ],
    ['a probability below 0', rows('-0.1'), binary, { found: '"-0.1"' }],
    [
      'a class that there is not',
      'key,prediction\n0a-0,maybe\n0a-1,yes\n0b-0,no\n',
      binary,
      {
        message: '"prediction" is not one of the classes',
        found: '"maybe"',
        allowed: expect.stringContaining('"no", "yes"'),
      },
    ],
    ['classes and probabilities mixed', 'key,prediction\n0a-0,yes\n0a-1,0.5\n0b-0,no\n', binary, { found: '"yes"' }],
    ['a class of three that there is not', rows('4'), three, { found: '"4"', allowed: '"1", "2", "3"' }],
    [
      'probabilities of some classes',
      'key,prediction,probability_1\n0a-0,1,1\n0a-1,1,1\n0b-0,1,1\n',
      three,
      { place: 'line 1', message: 'there is no column "probability_2"' },
    ],
    [
      'probabilities that do not add up',
      'key,probability_no,probability_yes\n0a-0,0.5,0.4\n0a-1,1,0\n0b-0,1,0\n',
      binary,
      { place: 'line 2 (row 0a-0)', found: '0.9' },
    ],
    ['a misspelt column', 'key,predicton\n0a-0,1\n', continuous, { message: 'there is no column "prediction"' }],
    [
      'a column too many',
      'key,prediction,extra\n0a-0,1,2\n',
      continuous,
      { message: 'unknown column "extra"', next: 'do not write it' },
    ],
    ['no header', '0a-0,1\n0a-1,1\n0b-0,1\n', continuous, { message: 'there is no column "key"' }],
    ['an empty file', '', continuous, { message: 'the file is empty' }],
  ])('%s', (_, text, target, problem) => {
    expect(problemsOf(text, target)[0]).toMatchObject({ file: 'predictions.csv', ...problem });
  });
  it('offers the column that was meant', () => {
    expect(problemsOf('key,predicton\n0a-0,1\n', continuous)[1]).toMatchObject({ next: 'did you mean "prediction"?' });
  });
  it('names a few of many rows and counts the rest', () => {
    const many = Array.from({ length: 10 }, (_, i) => `0${i}-0`);
    expect(() =>
      readPredictions(new TextEncoder().encode('key,prediction\n'), {
        file: 'p.csv',
        keyColumn: 'key',
        names: many,
        target: continuous,
      }),
    ).toThrow('"00-0", "01-0", "02-0" and 7 more');
  });
});
