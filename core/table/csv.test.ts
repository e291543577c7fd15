import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../errors/app-error.ts';
import { type CsvOptions, readCsv } from './csv.ts';
import { DEFAULT_MISSING } from './missing-values.ts';
import { columnLength, isMissing, type Table, valueText } from './table.ts';

type Extra = Omit<CsvOptions, 'file'>;

const read = (text: string, options: Extra = {}) =>
  readCsv(new TextEncoder().encode(text), { file: 'a.csv', ...options });

/** Rows of values the way a reader of the test thinks of them: numbers, text, null for missing. */
function rowsOf(table: Table): (string | number | null)[][] {
  return Array.from({ length: table.nRows }, (_, row) =>
    table.columns.map((column) =>
      isMissing(column, row) ? null : column.kind === 'numeric' ? column.values[row]! : valueText(column, row),
    ),
  );
}

const column = (values: readonly string[], options: Extra = {}) =>
  read(`x\n${values.join('\n')}\n`, options).columns[0]!;

describe('readCsv', () => {
  it.each<[string, string, Extra, (string | number | null)[][]]>([
    [
      'LF line ends',
      'a,b\n1,x\n2,y\n',
      {},
      [
        [1, 'x'],
        [2, 'y'],
      ],
    ],
    [
      'CRLF line ends',
      'a,b\r\n1,x\r\n2,y\r\n',
      {},
      [
        [1, 'x'],
        [2, 'y'],
      ],
    ],
    [
      'CR line ends',
      'a,b\r1,x\r2,y\r',
      {},
      [
        [1, 'x'],
        [2, 'y'],
      ],
    ],
    ['no last line break', 'a,b\n1,x', {}, [[1, 'x']]],
    ['empty lines at the end', 'a,b\n1,x\n\n\r\n\n', {}, [[1, 'x']]],
    ['a byte order mark', '\ufeffa,b\n1,x\n', {}, [[1, 'x']]],
    ['a byte order mark before a quote', '\ufeff"a",b\n1,x\n', {}, [[1, 'x']]],
    ['quoted numbers', 'a,b\n"1","x"\n', {}, [[1, 'x']]],
    ['a delimiter in quotes', 'a,b\n1,"x,y"\n', {}, [[1, 'x,y']]],
    ['line breaks in quotes', 'a,b\n1,"x\r\ny\nz\rw"\n', {}, [[1, 'x\r\ny\nz\rw']]],
    ['doubled quotes', 'a,b\n1,"say ""x"""\n', {}, [[1, 'say "x"']]],
    ['a quoted field of one quote', 'a,b\n1,""""\n', {}, [[1, '"']]],
    [
      'a quote inside an unquoted field',
      'a,b\n1,5" pipe\n2,x""y\n',
      {},
      [
        [1, '5" pipe'],
        [2, 'x""y'],
      ],
    ],
    [
      'one text written in two ways',
      'a,b\n1,"x""y"\n2,x"y\n3,"z"\n4,z\n',
      {},
      [
        [1, 'x"y'],
        [2, 'x"y'],
        [3, 'z'],
        [4, 'z'],
      ],
    ],
    [
      'two texts of the same bytes',
      'a,b\n1,"x""y"\n2,x""y\n',
      {},
      [
        [1, 'x"y'],
        [2, 'x""y'],
      ],
    ],
    [
      'an empty field at the end of a row',
      'a,b\nx,\ny,1\nz,',
      {},
      [
        ['x', null],
        ['y', 1],
        ['z', null],
      ],
    ],
    [
      'an empty field in quotes',
      'a,b\nx,""\n"",1\n',
      {},
      [
        ['x', null],
        [null, 1],
      ],
    ],
    [
      'blanks alone',
      'a,b\nx,  \n\t,1\n',
      {},
      [
        ['x', null],
        [null, 1],
      ],
    ],
    [
      'blanks around numbers and missing marks',
      'a,b\n 1 ,x\n\tNA ,y\n',
      {},
      [
        [1, 'x'],
        [null, 'y'],
      ],
    ],
    ['blanks around text', 'a,b\n1, x \n', {}, [[1, ' x ']]],
    ['another delimiter', 'a;b\n1,5;x\n', { delimiter: ';' }, [['1,5', 'x']]],
    ['tabs', 'a\tb\n1\t\n', { delimiter: '\t' }, [[1, null]]],
    ['text beyond ASCII', 'ä,b\n1,naïve 😀\n', {}, [[1, 'naïve 😀']]],
    ['a mark inside the text', 'a,b\n1,\ufeffx\n', {}, [[1, '\ufeffx']]],
    ['one column', 'a\n1\n2', {}, [[1], [2]]],
    ['one column with an empty line in between', 'a\n1\n\n2\n\n', {}, [[1], [null], [2]]],
    ['one column that ends with a quoted empty field', 'a\nx\n""\n', {}, [['x'], [null]]],
    ['a header alone', 'a,b\n', {}, []],
    [
      'own missing marks',
      'a,b\n-999,?\n-99,NA\n',
      { missing: ['-999', '?'] },
      [
        [null, null],
        [-99, 'NA'],
      ],
    ],
    ['a missing mark beyond ASCII', 'a\n–\n1\n', { missing: ['–'] }, [[null], [1]]],
  ])('reads %s', (_, text, options, rows) => {
    expect(rowsOf(read(text, options))).toEqual(rows);
  });

  it('keeps the names of the header as they are', () => {
    expect(read('a b,"c,d","say ""e""", f\n').columns.map(({ name }) => name)).toEqual(['a b', 'c,d', 'say "e"', ' f']);
  });

  it.each<[string, string[], Extra, 'numeric' | 'categorical']>([
    ['decimal numbers', ['1', '-1.5e3', '.5', ' 2 ', '+3', '4.'], {}, 'numeric'],
    ['numbers and missing values', ['1', 'NA', '', 'null'], {}, 'numeric'],
    ['nothing but missing values', ['NA', 'n/a'], {}, 'numeric'],
    ['digits with zeros in front, as in pandas', ['007', '010'], {}, 'numeric'],
    ['digits declared categorical', ['007', '010'], { kinds: { x: 'categorical' } }, 'categorical'],
    ['missing values declared categorical', ['NA'], { kinds: { x: 'categorical' } }, 'categorical'],
    ['one text among numbers', ['1', '2', 'x'], {}, 'categorical'],
    ['hexadecimal numbers', ['0x10'], {}, 'categorical'],
    ['True and False', ['True', 'False'], {}, 'categorical'],
    ['a question mark', ['1', '?'], {}, 'categorical'],
    ['"inf" among text', ['inf', 'sup'], {}, 'categorical'],
    ['"inf" declared categorical', ['inf', '1'], { kinds: { x: 'categorical' } }, 'categorical'],
    ['numbers and missing values declared numeric', ['1', ''], { kinds: { x: 'numeric' } }, 'numeric'],
  ])('takes a column of %s for the right kind', (_, values, options, kind) => {
    expect(column(values, options).kind).toBe(kind);
  });

  it('keeps the zeros of digits declared categorical', () => {
    expect(column(['007', '10'], { kinds: { x: 'categorical' } })).toMatchObject({
      categories: ['007', '10'],
      codes: Int32Array.of(0, 1),
    });
  });

  it('sorts categories by UTF-8 bytes, not by UTF-16 units', () => {
    expect(column(['😀', '\uff5e', 'b', 'é', 'a', 'Z'])).toMatchObject({
      categories: ['Z', 'a', 'b', 'é', '\uff5e', '😀'],
      codes: Int32Array.of(5, 4, 2, 3, 1, 0),
    });
  });

  it('tells thousands of categories apart', () => {
    const texts = Array.from({ length: 5000 }, (_, i) => `id-${(i * 7919) % 2500}`);
    const read = column(texts);
    expect(texts.map((_, row) => valueText(read, row))).toEqual(texts);
  });

  it.each(DEFAULT_MISSING.map((token) => [token]))('takes %j for missing, quoted or not', (token) => {
    expect(column([token, `"${token}"`, '1'])).toMatchObject({
      values: Float64Array.of(Number.NaN, Number.NaN, 1),
    });
  });

  it('leaves its input as it was and reads a view into a larger buffer', () => {
    const whole = new TextEncoder().encode('zz\n"a",b\n1,"x""y"\nzz');
    const copy = whole.slice();
    const table = readCsv(whole.subarray(3, whole.length - 2), { file: 'a.csv' });
    expect(rowsOf(table)).toEqual([[1, 'x"y']]);
    expect(whole).toEqual(copy);
  });

  it('does not take a column called like a method of objects for one of a declared kind', () => {
    expect(read('constructor,__proto__\n1,2\n').columns.map(({ kind }) => kind)).toEqual(['numeric', 'numeric']);
  });

  it('throws nothing but DataError, whatever the bytes, and gives columns of one length', () => {
    const syntax = fc.constantFrom(
      ...[...'",\n\r1.e-xN \t'].map((text) => text.charCodeAt(0)),
      0xff,
      0xef,
      0xbb,
      0xbf,
      0xc3,
      0xa9,
    );
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.array(syntax, { maxLength: 60 }).map((list) => Uint8Array.from(list)),
    );
    let read = 0;
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          const table = readCsv(input, { file: 'a.csv' });
          read++;
          for (const each of table.columns) {
            expect(columnLength(each)).toBe(table.nRows);
            for (let row = 0; row < table.nRows; row++) expect(valueText(each, row)).toBeTypeOf('string');
          }
        } catch (error) {
          if (!(error instanceof DataError)) throw error;
          for (const { message, file } of error.problems) expect([message === '', file]).toEqual([false, 'a.csv']);
        }
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

describe('digits', () => {
  it('of whole numbers that a double cannot hold make text, unless numbers are declared or stand beside fractions', () => {
    const ids = ['1234567890123456001', '', '7'];
    expect(column(ids)).toMatchObject({ kind: 'categorical', categories: ['1234567890123456001', '7'] });
    expect(column(['-9007199254740993'])).toMatchObject({ kind: 'categorical' });
    expect(column(['9007199254740991', '-9007199254740991'])).toMatchObject({ kind: 'numeric' });
    expect(column(ids, { kinds: { x: 'numeric' } })).toMatchObject({ kind: 'numeric' });
    expect(column([...ids, '0.5'])).toMatchObject({ kind: 'numeric' });
    expect(column(['1e300', '12345678901234567890.0'])).toMatchObject({ kind: 'numeric' });
  });

  it('are kept far down a file too', () => {
    const many = [...Array.from({ length: 2000 }, (_, i) => String(i)), '1234567890123456001'];
    expect(column(many)).toMatchObject({ kind: 'categorical' });
  });

  it('and all else are kept as written where that is asked for', () => {
    const table = read('zip,n,d,code,x\n00001,1.50,31.01.2026,NA,2.0\n,,,0001E1,3\n', {
      asWritten: true,
      kinds: { x: 'numeric' },
    });
    expect(rowsOf(table)).toEqual([
      ['00001', '1.50', '31.01.2026', 'NA', 2],
      [null, null, null, '0001E1', 3],
    ]);
  });
});
