import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { cpuSeconds } from '../cpu-seconds.fixture.ts';
import { ARRAY_KINDS, arrayToJson, bytesOf, type StoredArray, type TypedArray } from '../typed-array-json.ts';
import { assemble, type ContainerParts } from './container.fixture.ts';
import { containerSha256, readContainer, writeContainer } from './container.ts';

const write = (document: unknown) => writeContainer(2, document);
const float64 = (length: number) => `{"a":{"$array":"float64","length":${length}}}`;
const one = { stored: bytesOf(Uint8Array.of(0, 0, 0, 0, 0, 0, 240, 63)) };

describe('a container', () => {
  it.each<[string, TypedArray]>([
    ['numbers at the ends of their range', Float64Array.of(0, -0, 5e-324, 1.7976931348623157e308, Number.NaN)],
    ['infinities, one a hundred times', new Float64Array(100).fill(Number.NEGATIVE_INFINITY)],
    ['floats', Float32Array.of(1.5, -0, 3e38)],
    ['signed numbers', Int32Array.of(-1, 2147483647, -2147483648)],
    ['unsigned numbers', Uint32Array.of(4294967295, 0)],
    ['short numbers', Uint16Array.of(65535, 256, 1)],
    ['bytes', Uint8Array.of(0, 255)],
    ['nothing', new Float64Array(0)],
    ['a part of a larger array', Int32Array.of(1, 2, 3).subarray(1)],
    ['256 different numbers', Float64Array.from({ length: 2000 }, (_, i) => (i * 7) % 256)],
    ['257 different numbers', Float64Array.from({ length: 2000 }, (_, i) => (i * 7) % 257)],
    ['65,536 different numbers', Int32Array.from({ length: 150_000 }, (_, i) => -((i * 7) % 65_536))],
    ['65,537 different numbers', Int32Array.from({ length: 150_000 }, (_, i) => (i * 7) % 65_537)],
  ])('gives back the bits of %s', (_, array) => {
    const { a } = readContainer(write({ a: arrayToJson(array) })) as { a: StoredArray };
    expect(a.array.constructor).toBe(array.constructor);
    expect(Buffer.from(bytesOf(a.array))).toEqual(Buffer.from(bytesOf(array)));
  });

  it('takes every kind of array there is', () => {
    for (const [kind, ofKind] of Object.entries(ARRAY_KINDS)) {
      expect(readContainer(write(arrayToJson(new ofKind(2)))), kind).toEqual(arrayToJson(new ofKind(2)));
    }
  });

  it('gives back any document, and writes it as the same bytes again', () => {
    const array = fc.oneof(
      fc.float64Array({ maxLength: 40 }),
      fc.int32Array({ maxLength: 40, min: -3, max: 300 }),
      fc.uint8Array({ maxLength: 40 }),
    );
    const { document } = fc.letrec((tie) => ({
      document: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, -1.5, 1e21, '', 'ä\ud800"\\', '[{,'),
        array.map((each) => arrayToJson(each as TypedArray)),
        fc.array(tie('document'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'length', '7', 'ä"', 'constructor'), tie('document'), {
          noNullPrototype: true,
        }),
      ),
    }));
    fc.assert(
      fc.property(document, (value) => {
        const file = write(value);
        const again = readContainer(file);
        expect(again).toEqual(value);
        expect(write(again)).toEqual(file);
      }),
    );
  });

  it('is small where values repeat', () => {
    const leaves = Float64Array.from({ length: 100_000 }, (_, i) => Math.sqrt((i * i) % 1009));
    expect(write(arrayToJson(leaves)).length).toBeLessThan(leaves.byteLength / 6);
  });

  it('has a digest that does not depend on how it is packed', () => {
    const array = new Float64Array(50).fill(1.5);
    const header = `{"a":{"$array":"float64","length":50},"b":"${'b'.repeat(100)}"}`;
    const byOthers = assemble({
      header,
      storedHeader: deflateRawSync(header),
      sections: [
        {
          dictionarySize: 1,
          stored: deflateRawSync(Buffer.concat([Buffer.from(bytesOf(Float64Array.of(1.5))), Buffer.alloc(50)])),
          content: bytesOf(array),
        },
      ],
    });
    const plain = Uint8Array.from({ length: 400 }, (_, i) => bytesOf(array)[8 * (i % 50) + Math.floor(i / 50)]!);
    const stored = assemble({ header, sections: [{ stored: plain, content: bytesOf(array) }] });
    const document = { a: arrayToJson(array), b: 'b'.repeat(100) };
    const ours = write(document);
    for (const file of [byOthers, stored]) {
      expect(readContainer(file)).toEqual(document);
      expect(containerSha256(file)).toBe(containerSha256(ours));
    }
  });

  it('is not written where it could not be read again', () => {
    expect(() => write(Array.from({ length: 600_000 }, () => ({ a: 0 })))).toThrow('larger than a model file can hold');
    expect(() => write('x'.repeat(2 ** 26))).toThrow('larger than a model file can hold');
  });

  it('refuses a document of a key that stands for arrays', () => {
    expect(() => write({ $array: 'mine' })).toThrow(TypeError);
  });
});

describe('readContainer refuses', () => {
  const bomb = deflateRawSync(new Uint8Array(50_000_000));
  it.each<[string, ContainerParts]>([
    ['more sections than references', { header: '{}', sections: [one] }],
    ['more references than sections', { header: float64(1) }],
    ['a table longer than the file', { header: '{}', nSections: 4_294_967_295 }],
    ['a header longer than the file', { header: '{}', headerLength: 60_000_000 }],
    ['a header of 4 GiB', { header: '{}', headerLength: 4_294_967_295 }],
    ['an array that is longer than its section', { header: float64(2), sections: [one] }],
    ['an array that is shorter than its section', { header: float64(0), sections: [one] }],
    ['an array of 16 GiB in 8 bytes', { header: float64(2 ** 31), sections: [one] }],
    ['an array of 2⁵³ elements', { header: float64(2 ** 53), sections: [one] }],
    ['an array of −1 elements', { header: float64(-1), sections: [one] }],
    ['an array of half an element', { header: float64(0.5), sections: [one] }],
    ['an array of no kind', { header: float64(1).replace('float64', 'float16'), sections: [one] }],
    ['an array of an inherited kind', { header: float64(1).replace('float64', 'constructor'), sections: [one] }],
    ['a reference with another key', { header: '{"a":{"$array":"float64","length":1,"b":2}}', sections: [one] }],
    ['a section longer than the file', { header: float64(1), sections: [{ ...one, says: 4_294_967_295 }] }],
    ['a section shorter than it is', { header: float64(1), sections: [{ ...one, says: 7 }] }],
    ['bytes between sections and digest', { header: float64(1), sections: [one], more: new Uint8Array(1) }],
    ['another digest', { header: float64(1), sections: [one], digest: new Uint8Array(32) }],
    ['a dictionary of more entries than elements', { header: float64(1), sections: [{ ...one, dictionarySize: 2 }] }],
    [
      'a dictionary of bytes',
      { header: '{"$array":"uint8","length":3}', sections: [{ stored: new Uint8Array(4), dictionarySize: 1 }] },
    ],
    [
      'an entry that the dictionary has not',
      {
        header: '{"$array":"int32","length":9}',
        sections: [{ stored: Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), dictionarySize: 1 }],
      },
    ],
    ['a section that inflates to more than it says', { header: float64(60_000), sections: [{ stored: bomb }] }],
    [
      'a short section that inflates to more',
      { header: float64(1000), sections: [{ stored: deflateRawSync(new Uint8Array(8001)) }] },
    ],
    [
      'a section that inflates to less than it says',
      { header: float64(1000), sections: [{ stored: deflateRawSync(new Uint8Array(7999)) }] },
    ],
    ['a section that is cut', { header: float64(60_000), sections: [{ stored: bomb.subarray(0, 40_000) }] }],
    ['a section that is no deflate', { header: float64(1000), sections: [{ stored: new Uint8Array(100).fill(7) }] }],
    ['a header that inflates to more', { header: '{}', storedHeader: bomb, headerLength: 60_000 }],
    ['a header that is no UTF-8', { header: '', headerLength: 2, storedHeader: Uint8Array.of(0xc3, 0x28) }],
    ['a header with blanks', { header: '{"a": 1}' }],
    ['a key that stands twice', { header: '{"a":1,"a":1}' }],
    ['a key __proto__', { header: '{"__proto__":{}}' }],
    ['a number in another spelling', { header: '{"a":1.0}' }],
    ['a byte order mark', { header: '\ufeff{}' }],
    ['a text without an end', { header: '{"a":"\\"}' }],
    ['what nests 100,000 deep', { header: '['.repeat(100_000) + ']'.repeat(100_000) }],
    ['five million values', { header: `[${'{},'.repeat(5_000_000)}0]` }],
    ['a million keys', { header: `[${'{"a":0},'.repeat(1_000_000)}0]` }],
  ])('%s', (_, parts) => {
    const file = assemble(parts);
    expect(cpuSeconds(() => expect(() => readContainer(file)).toThrow(StoreError))).toBeLessThan(5);
  });

  it("two sections that stand in each other's place", () => {
    const header = '[{"$array":"uint8","length":1},{"$array":"uint8","length":1}]';
    const [a, b] = [{ stored: Uint8Array.of(1) }, { stored: Uint8Array.of(2) }];
    expect(readContainer(assemble({ header, sections: [a, b] }))).toEqual(
      [1, 2].map((x) => arrayToJson(Uint8Array.of(x))),
    );
    const swapped = [
      { ...b, content: a.stored },
      { ...a, content: b.stored },
    ];
    expect(() => readContainer(assemble({ header, sections: swapped }))).toThrow('SHA-256');
  });

  it('a file that is cut, wherever', () => {
    const file = write({ a: arrayToJson(Float64Array.of(1, 2, 3)), b: arrayToJson(new Uint8Array(100)) });
    for (let length = 0; length < file.length; length++) {
      expect(() => readContainer(file.subarray(0, length))).toThrow(StoreError);
    }
  });

  it('a file of which a bit is another, unless it says the same all the same', () => {
    const document = { a: arrayToJson(Float64Array.of(1, 2, 3)), b: arrayToJson(new Uint8Array(100)) };
    const file = write(document);
    let refused = 0;
    for (let bit = 8 * 12; bit < 8 * file.length; bit++) {
      const broken = file.slice();
      broken[bit >> 3]! ^= 1 << (bit & 7);
      try {
        expect(readContainer(broken)).toEqual(document);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        refused++;
      }
    }
    // Deflate does not use the last bits of its last byte.
    expect(refused).toBeGreaterThan(8 * file.length - 8 * 12 - 16);
  });
});
