import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, spellsInfinity } from './decimal.ts';

const parse = (text: string) => {
  const bytes = new TextEncoder().encode(`9${text}9`);
  return parseDecimal(bytes, 1, bytes.length - 1);
};

describe('parseDecimal', () => {
  it.each([
    ['1', 1],
    ['-1.5e3', -1500],
    ['.5', 0.5],
    ['5.', 5],
    ['+7', 7],
    ['007', 7],
    ['1E-2', 0.01],
    ['1e+2', 100],
    ['-0', -0],
    ['123456789012345678901234567890', 123456789012345680000000000000],
    ['9007199254740993', 9007199254740992],
    ['90071992547409.93', Number('90071992547409.93')],
    ['0.1000000000000000055511151231257827', 0.1],
    ['5e-324', 5e-324],
    ['1e400', Number.POSITIVE_INFINITY],
    ['-1e400', Number.NEGATIVE_INFINITY],
    ['1e-400', 0],
    [`0.${'0'.repeat(400)}1e401`, 1],
    [`0.${'0'.repeat(1000)}5e1200`, 5e199],
    [`${'1'.repeat(400)}`, Number.POSITIVE_INFINITY],
  ])('reads %s', (text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each([
    '',
    '-',
    '.',
    'e5',
    '1e',
    '1e+',
    '1e5.',
    '0x10',
    '0b1',
    '1_000',
    '1,5',
    ' 1',
    '1 ',
    'Infinity',
    'NaN',
    '1-2',
    '--1',
    '1d',
    '٣',
  ])('does not take %j for a number', (text) => {
    expect(parse(text)).toBeNaN();
  });

  it('gives the bits of Number(text) for every double, however it is written', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const decimals = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(double, decimals, (value, n) => {
        const ways = [String(value), value.toExponential(n), value.toPrecision(n + 1), value.toFixed(n)];
        for (const text of ways) expect(parse(text), text).toBe(Number(text));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the bits of Number(text) where digits, point and exponent fall anyhow', () => {
    const digits = fc.stringMatching(/^[0-9]{1,20}$/);
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: -40, max: 40 }), (whole, part, exponent) => {
        const text = `${whole}.${part}e${exponent}`;
        expect(parse(text), text).toBe(Number(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads a number of a million digits', () => {
    expect(parse(`0.${'3'.repeat(1_000_000)}`)).toBe(1 / 3);
  });
});

describe('spellsInfinity', () => {
  it.each([
    ['inf', true],
    ['-Infinity', true],
    ['+INF', true],
    ['info', false],
    ['infinit', false],
    ['', false],
  ])('of %j is %s', (text, is) => {
    const bytes = new TextEncoder().encode(text);
    expect(spellsInfinity(bytes, 0, bytes.length)).toBe(is);
  });
});
