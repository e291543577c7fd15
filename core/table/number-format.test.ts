import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberFormat, numberReader } from './number-format.ts';

const read = (text: string, format: NumberFormat) => {
  const bytes = new TextEncoder().encode(text);
  return numberReader(format)(bytes, 0, bytes.length);
};

describe('numberReader', () => {
  it.each<[string, NumberFormat, number]>([
    ['3,14', { decimal: ',' }, 3.14],
    ['-1,5e3', { decimal: ',' }, -1500],
    ['1.234.567,5', { decimal: ',', thousands: '.' }, 1_234_567.5],
    ['1,234', { thousands: ',' }, 1234],
    ['-12,345.5', { thousands: ',' }, -12_345.5],
    ["1'000", { thousands: "'" }, 1000],
    ['1 000', { thousands: ' ' }, 1000],
    ['1000', { thousands: ',' }, 1000],
    ['999,999e-3', { thousands: ',' }, 999.999],
  ])('reads %s with %j', (text, format, value) => expect(read(text, format)).toBe(value));

  it.each<[string, NumberFormat]>([
    ['3.14', { decimal: ',' }],
    ['1,2,3', { decimal: ',' }],
    ['1.5', { decimal: ',', thousands: '.' }],
    ['12,34', { thousands: ',' }],
    ['1234,567', { thousands: ',' }],
    ['1,2345', { thousands: ',' }],
    [',123', { thousands: ',' }],
    ['1,,234', { thousands: ',' }],
    ['1,234,', { thousands: ',' }],
    ['1.5,000', { thousands: ',' }],
    ['', { decimal: ',' }],
    ['soon', { decimal: ',' }],
  ])('does not take %j for a number with %j', (text, format) => expect(read(text, format)).toBeNaN());

  it('gives back what Intl writes, however large', () => {
    const german = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 6 });
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.nat(999_999), (whole, part) => {
        const value = Number(`${whole}.${String(part).padStart(6, '0')}`);
        expect(read(german.format(value), { decimal: ',', thousands: '.' })).toBe(value);
      }),
    );
  });
  it('refuses one mark for both', () => {
    expect(() => numberReader({ decimal: ',', thousands: ',' })).toThrow(RangeError);
  });
});
