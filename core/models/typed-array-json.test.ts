import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { arrayFromJson, arrayToJson } from './typed-array-json.ts';

describe('arrayFromJson', () => {
  it.each([
    ['float64', Float64Array.of(0, -0, Number.NaN, 5e-324, 1.7976931348623157e308)],
    ['int32', Int32Array.of(-1, 2147483647)],
    ['uint32', Uint32Array.of(4294967295)],
    ['uint8', Uint8Array.of(0, 255)],
    ['float64', new Float64Array(0)],
    ['uint8', new Uint8Array(100_000).fill(7)],
  ] as const)('gives back the bits of a %s array, through text', (kind, array) => {
    const again = arrayFromJson(JSON.parse(JSON.stringify(arrayToJson(array))), kind, array.length);
    expect(again).toEqual(array);
    if (array.length > 1) expect(Object.is(again[1], array[1])).toBe(true);
  });

  it('reads a part of a larger buffer as that part', () => {
    expect([...arrayFromJson(arrayToJson(Int32Array.of(1, 2, 3).subarray(1)), 'int32')]).toEqual([2, 3]);
  });

  it('is little-endian base64, whatever the machine', () => {
    expect(arrayToJson(Int32Array.of(1))).toEqual({ type: 'int32', base64: 'AQAAAA==' });
  });

  const sound = arrayToJson(Float64Array.of(1, 2));
  it.each([
    { title: 'nothing', json: null },
    { title: 'a number', json: 4 },
    { title: 'another kind', json: { ...sound, type: 'int32' } },
    { title: 'an inherited name as kind', json: { ...sound, type: 'constructor' } },
    { title: 'no text', json: { type: 'float64', base64: 7 } },
    { title: 'a character outside the alphabet', json: { type: 'float64', base64: 'AAAAAAAA*AAA' } },
    { title: 'a cut end', json: { type: 'float64', base64: sound.base64.slice(0, -1) } },
    { title: 'half a number', json: { type: 'float64', base64: 'AAAAAA==' } },
    { title: 'another length', json: arrayToJson(Float64Array.of(1)) },
  ])('refuses $title', ({ json }) => {
    expect(() => arrayFromJson(json, 'float64', 2)).toThrow(StoreError);
  });
});
