import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { type CsvOptions, readCsv } from './csv.ts';
import { powerBits } from './powers-of-ten.ts';

/** A column of these texts, read as numbers. */
function valuesOf(texts: readonly string[], options: Omit<CsvOptions, 'file'> = {}): Float64Array {
  const bytes = new TextEncoder().encode(`x;y\n${texts.map((text) => `${text};0\n`).join('')}`);
  const column = readCsv(bytes, { file: 'a.csv', delimiter: ';', kinds: { x: 'numeric' }, ...options }).columns[0]!;
  if (column.kind !== 'numeric') throw new TypeError('not numeric');
  return column.values;
}

/** Fails unless each text is read as what `Number` makes of it, to the last bit. */
function expectNumbers(texts: readonly string[], options?: Omit<CsvOptions, 'file'>): void {
  const values = valuesOf(texts, options);
  expect(values.length).toBe(texts.length);
  for (const [i, text] of texts.entries())
    if (!Object.is(values[i], Number(text))) throw new Error(`${text} is read as ${values[i]}`);
}

/** Doubles of any bits but infinities and NaN. */
function anyDoubles(n: number, seed: number): number[] {
  const random = createRandom(seed, 'any-doubles');
  const words = new Uint32Array(2);
  const double = new Float64Array(words.buffer);
  const found: number[] = [];
  while (found.length < n) {
    words[0] = Math.floor(random.uniform() * 2 ** 32);
    words[1] = Math.floor(random.uniform() * 2 ** 32);
    if (Number.isFinite(double[0])) found.push(double[0]!);
  }
  return found;
}

/** Numbers as tables have them: of few orders of magnitude. */
function usualDoubles(n: number, seed: number): number[] {
  const random = createRandom(seed, 'usual-doubles');
  return Array.from({ length: n }, () => (random.uniform() - 0.5) * Number(`1e${random.integer(40) - 24}`));
}

describe('numbers of a CSV file', () => {
  const doubles = { 'of any size': anyDoubles(20_000, 1), 'as tables have them': usualDoubles(20_000, 2) };
  const ways: Record<string, (value: number) => string> = {
    'in their shortest form': String,
    'in 17 digits': (value) => value.toPrecision(17),
    'in 16 digits with an exponent': (value) => value.toExponential(15),
    'in 15 digits': (value) => value.toPrecision(15),
    'in 19 digits': (value) => value.toPrecision(19),
    'in 20 digits': (value) => value.toPrecision(20),
    'in 25 digits, which end in zeros or not': (value) => value.toPrecision(25),
  };
  it.each(
    Object.entries(doubles).flatMap(([size, values]) =>
      Object.entries(ways).map(([way, text]) => ({ size, way, values, text })),
    ),
  )('$size, $way, have the bits of Number(text)', ({ values, text }) => expectNumbers(values.map(text)));

  it('half-way between two doubles go to the even one, and those beside to the nearest', () => {
    const random = createRandom(3, 'half-way');
    const texts: string[] = [];
    for (let i = 0; i < 5000; i++) {
      // 54 bits, the last of which is 1: no double, and as far from the one below as from the one above.
      const odd = 2n ** 53n + 2n * BigInt(Math.floor(random.uniform() * 2 ** 52)) + 1n;
      for (let places = 1; places <= 12; places++) {
        const digits = odd * 5n ** BigInt(places);
        for (const beside of [-1n, 0n, 1n]) {
          const all = String(digits + beside);
          texts.push(`${all.slice(0, -places)}.${all.slice(-places)}`, `-${all}e-${places}`);
        }
      }
    }
    expectNumbers(texts);
  });

  /** What other readers have read wrong, and the borders of what a double holds. */
  const HARD = [
    ...['0.1', '0.3', '0.30000000000000004', '1.1754943508222875e-38', '9007199254740991', '9007199254740993'],
    ...['9007199254740992.5', '9007199254740991.4999999999999999999', '4503599627370497.5', '4503599627370496.5'],
    ...['2.2250738585072011e-308', '2.2250738585072012e-308', '2.2250738585072014e-308', '4.9406564584124654e-324'],
    ...['2.4703282292062327e-324', '2.4703282292062328e-324', '1.7976931348623157e308', '1e23', '8.5e22', '9.5e-22'],
    ...['6.631236846766476e-316', '7.8459735791271921e65', '1.448997445238699', '5e-20', '67283e-13', '85e-9', '7e-27'],
    ...[
      '623e-27',
      '719e25',
      '6929001713869936e236',
      '3571e263',
      '0.500000000000000166533453693773481063544750213623046875',
    ],
    ...['1.0000000000000002', '1.00000000000000011102230246251565404', '0.000000000000000000000000012345678901234567'],
    ...[
      '00000000000000000000000000000001.5',
      '0.00000000000000000000000000000000',
      '-0',
      '-0.0',
      '0e400',
      '+.5',
      '5.',
      '5.e-3',
    ],
    ...['18446744073709551615e-10', '18446744073709551616e-10', '9999999999999999999e-19', '99999999999999999999e-20'],
    ...[
      '1e-64',
      '1e-65',
      '9999999999999999999e-64',
      '1e15',
      '1e16',
      '12e14',
      '1E+05',
      '1e-00005',
      '12345678',
      '123456789.12345678',
    ],
  ];
  it.each(HARD)('%s', (text) => expectNumbers([text]));

  it('have the bits of Number(text) however digits, zeros, point and exponent fall', () => {
    const digits = fc.stringMatching(/^0{0,12}[0-9]{0,20}$/);
    const text = fc
      .record({
        sign: fc.constantFrom('', '-', '+'),
        whole: digits,
        part: fc.option(digits),
        power: fc.option(fc.integer({ min: -90, max: 40 })),
      })
      .map(
        ({ sign, whole, part, power }) =>
          `${sign}${whole}${part === null ? '' : `.${part}`}${power === null ? '' : `e${power}`}`,
      )
      .filter((each) => /\d/.test(each.split('e')[0]!));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 200 }), (texts) => expectNumbers(texts)),
      { numRuns: 200 },
    );
  });

  it('are the same between quotes, with blanks around them, and with a decimal comma', () => {
    const texts = usualDoubles(2000, 4).map(String);
    const values = valuesOf(texts);
    expect(valuesOf(texts.map((text) => `"${text}"`))).toEqual(values);
    expect(valuesOf(texts.map((text) => ` \t${text} `))).toEqual(values);
    expect(valuesOf(texts.map((text) => `" ${text}\t"`))).toEqual(values);
    expect(
      valuesOf(
        texts.map((text) => text.replace('.', ',')),
        { decimal: ',' },
      ),
    ).toEqual(values);
  });

  it.each(['1.5', '1,5.5', '1.000'])('with a decimal comma %j is text', (text) => {
    expect(() => valuesOf(['1,5', text], { decimal: ',' })).toThrow('text in a numeric column');
  });

  it('are missing where their text says so, however it is written elsewhere', () => {
    const texts = ['-999', '1.5', '-999.0', '', 'NA', '?', '-9.99e2', '0'];
    expect([...valuesOf(texts, { missing: ['-999', 'NA', '?'] })]).toEqual([
      ...[Number.NaN, 1.5, -999, Number.NaN, Number.NaN, Number.NaN, -999, 0],
    ]);
  });

  it.each(['-', '+', '.', 'e', 'E', '5'])('may be cut by the delimiter %j', (delimiter) => {
    const table = readCsv(new TextEncoder().encode(`a${delimiter}b\n12${delimiter}34\n`), { file: 'a.csv', delimiter });
    expect(table.columns.map((column) => column.kind === 'numeric' && column.values[0])).toEqual([12, 34]);
  });
});

describe('powerBits', () => {
  // Python: p = 5**-q; hex((2 ** (p.bit_length() + 127) // p) >> 64), and hex(5**15 << 64 - (5**15).bit_length()).
  it.each([
    [-64, 0xa87fea27a539e9a5n],
    [-27, 0x9e74d1b791e07e48n],
    [-1, 0xccccccccccccccccn],
    [0, 0x8000000000000000n],
    [15, 0xe35fa931a0000000n],
  ])('of 10^%i', (power, high) => {
    expect(powerBits(power) >> 64n).toBe(high);
  });
  it('rounds a reciprocal up at its last bit', () => {
    expect(powerBits(-1)).toBe(0xcccccccccccccccccccccccccccccccdn);
  });
});
