import { describe, expect, it } from 'vitest';
import { DataError, type Problem } from '../errors/app-error.ts';
import { type CsvOptions, readCsv } from './csv.ts';

type Extra = Omit<CsvOptions, 'file'>;

const read = (text: string, options: Extra = {}) =>
  readCsv(new TextEncoder().encode(text), { file: 'a.csv', ...options });

function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readCsv', () => {
  it.each<[string, string, Extra, Problem[]]>([
    [
      'an empty file',
      '',
      {},
      [{ message: 'the file is empty', file: 'a.csv', allowed: 'a header line with column names, then the rows' }],
    ],
    [
      'a file of line breaks',
      '\ufeff\r\n\n',
      {},
      [{ message: 'the file is empty', file: 'a.csv', allowed: 'a header line with column names, then the rows' }],
    ],
    [
      'a ragged row',
      'a,b\n1,2\n3\n',
      {},
      [
        {
          message: 'expected 2 fields (as in the header), found 1',
          file: 'a.csv',
          place: 'line 3',
          next: 'quote values that contain the delimiter, and complete or remove short rows',
        },
      ],
    ],
    [
      'a quote never closed',
      'a,b\n1,"x\ny\n2,"z\n',
      {},
      [
        {
          message: 'text after a closing quote',
          file: 'a.csv',
          place: 'line 4',
          found: '"z"',
          allowed: 'the delimiter or the end of the line',
          next: 'double the quotes that are part of the value',
        },
      ],
    ],
    [
      'a last quote never closed',
      'a,b\r\n"x\r\ny",1\r\n2,"z\r\n\r\n',
      {},
      [
        {
          message: 'a quote is opened here but never closed',
          file: 'a.csv',
          place: 'line 4',
          next: 'close the quote, or double it if it is part of the value',
        },
      ],
    ],
    [
      'names twice, with the name of a column without one',
      'a,,a\n1,2,3\n',
      {},
      [
        {
          message: 'two columns have the name "a"',
          file: 'a.csv',
          place: 'line 1, column 3',
          found: 'column 1 is also "a"',
          next: 'rename or remove one of them',
        },
      ],
    ],
    [
      'a kind for a column that is misspelt',
      'age,plan\n1,x\n',
      { kinds: { Plann: 'numeric' } },
      [
        {
          message: '`columns` declares "Plann", but the file has no such column',
          file: 'a.csv',
          found: '"age", "plan"',
          next: 'did you mean "plan"?',
        },
      ],
    ],
    [
      'bad values in two columns',
      'age,income\n1,2\nold,inf\nyoung,1e999\n',
      { kinds: { age: 'numeric' } },
      [
        {
          message: 'text in a numeric column',
          file: 'a.csv',
          place: 'line 3, column "age"',
          found: '"old" (the first of 2 such values)',
          allowed: 'a decimal number, or an empty field for a missing value',
          next: 'correct the value, list it under `missing` if it means that a value is missing, or declare the column categorical',
        },
        {
          message: 'infinite value',
          file: 'a.csv',
          place: 'line 3, column "income"',
          found: '"inf" (the first of 2 such values)',
          allowed: 'a finite number, or an empty field for a missing value',
          next: 'write a number, leave the field empty, or declare the column categorical if this is a word',
        },
      ],
    ],
  ])('says of %s what is wrong', (_, text, options, problems) => {
    expect(problemsOf(() => read(text, options))).toEqual(problems);
  });

  it('counts ragged rows and shows the first, its line counted through quoted line breaks', () => {
    const [problem] = problemsOf(() => read('a,b\n"x\ny",1\n\n1,2,3\n4\n5,6\n'));
    expect(problem).toMatchObject({
      message: 'expected 2 fields (as in the header), found 1',
      place: 'line 4',
      found: '3 such rows, this is the first',
    });
  });

  it.each<[string, number[], string]>([
    ['in a value', [0x61, 0x0a, 0x78, 0x0a, 0xff, 0x0a], 'line 3'],
    ['in a name', [0xc3, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32], 'line 1'],
    ['cut by a delimiter', [0x61, 0x2c, 0x62, 0x0a, 0xc3, 0x2c, 0xa9], 'line 2'],
    ['in UTF-16', [0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00], 'line 1'],
  ])('refuses text that is not UTF-8 %s', (_, bytes, place) => {
    expect(problemsOf(() => readCsv(Uint8Array.from(bytes), { file: 'a.csv' }))[0]).toMatchObject({
      message: 'the text is not UTF-8',
      place,
      next: 'save the file as UTF-8; if it is Latin-1, as most such files are: iconv -f windows-1252 -t utf-8 a.csv > a-utf8.csv',
    });
  });

  it.each(['', ',,', '"', '\n', '\r', '§', '\0'])('refuses %j as a delimiter', (delimiter) => {
    expect(() => read('a\n1\n', { delimiter })).toThrow(RangeError);
  });
});
