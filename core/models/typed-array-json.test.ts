import { describe, expect, it } from 'vitest';
import { StoreError } from '../errors/app-error.ts';
import { ARRAY_KINDS, type ArrayKind, arrayFromJson, arrayToJson } from './typed-array-json.ts';

describe('arrayFromJson', () => {
  it.each(Object.keys(ARRAY_KINDS) as ArrayKind[])('gives back the %s array itself', (kind) => {
    const array = new ARRAY_KINDS[kind](3);
    expect(arrayFromJson(arrayToJson(array), kind, 3)).toBe(array);
    expect(arrayFromJson(arrayToJson(array), kind)).toBe(array);
  });

  it.each([
    { title: 'nothing', json: null },
    { title: 'a number', json: 4 },
    { title: 'what looks like one', json: { array: Float64Array.of(1, 2) } },
    { title: 'an array of JSON', json: [1, 2] },
    { title: 'another kind', json: arrayToJson(Int32Array.of(1, 2)) },
    { title: 'another kind of the same size', json: arrayToJson(new Uint32Array(2)) },
    { title: 'another length', json: arrayToJson(Float64Array.of(1)) },
  ])('refuses $title', ({ json }) => {
    expect(() => arrayFromJson(json, 'float64', 2)).toThrow(StoreError);
  });
});
