import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableJson, printableLines } from './printable.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const text = fc.string({ unit: 'binary' });

describe('printable', () => {
  it.each([
    ['line breaks and tabs', 'a\r\n\tb\u2028c', 'a b c'],
    ['colours', '\u001b[31ma\u009b0m', '␛[31ma<U+009B>0m'],
    ['NUL, backspace and delete', 'a\0\b\u007f', 'a␀␈␡'],
    ['reversed text and zero-width characters', 'a\u202eb\u200b\ufeff', 'a<U+202E>b<U+200B><U+FEFF>'],
    ['characters beyond the first plane', 'a\u{e0041}', 'a<U+E0041>'],
    ['half a character', 'a\ud800', 'a<U+D800>'],
    ['letters of any script, and emoji', 'é名🙂☑️', 'é名🙂☑️'],
  ])('shows %s', (_, given, shown) => expect(printable(given)).toBe(shown));

  it('leaves nothing unseen, and nothing to show again', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(printable(any)).not.toMatch(UNSEEN);
        expect(printable(printable(any))).toBe(printable(any));
      }),
    );
  });
});

it('printableLines keeps lines', () => {
  expect(printableLines('a\r\n\tb\u001b\rc\n')).toBe('a\n  b␛␍c\n');
});

describe('printableJson', () => {
  it('means the same, and has nothing unseen but line breaks', () => {
    fc.assert(
      fc.property(fc.dictionary(text, fc.array(text)), (value) => {
        const json = printableJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(json)).toEqual(value);
        expect(json.replaceAll('\n', '')).not.toMatch(UNSEEN);
      }),
    );
  });
});
