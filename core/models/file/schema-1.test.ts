import { describe, expect, it } from 'vitest';
import { StoreError } from '../../errors/app-error.ts';
import { arrayToJson } from '../typed-array-json.ts';
import { readSchema1 } from './schema-1.ts';

const read = (json: unknown) => readSchema1(new TextEncoder().encode(JSON.stringify(json)));

describe('readSchema1', () => {
  it('gives the arrays that stand as little-endian base64', () => {
    const document = { a: [{ type: 'int32', base64: 'AQAAAA==' }], b: { type: 'float64', base64: '' }, c: 'x' };
    expect(read(document)).toEqual({ a: [arrayToJson(Int32Array.of(1))], b: arrayToJson(new Float64Array(0)), c: 'x' });
  });

  it.each([
    { title: 'no kind', json: { base64: '' } },
    { title: 'an unknown kind', json: { type: 'float16', base64: '' } },
    { title: 'an inherited name as kind', json: { type: 'constructor', base64: '' } },
    { title: 'no text', json: { type: 'float64', base64: 7 } },
    { title: 'a character outside the alphabet', json: { type: 'float64', base64: 'AAAAAAAA*AAA' } },
    { title: 'a cut end', json: { type: 'float64', base64: 'AAAAAAAAAAA' } },
    { title: 'half a number', json: { type: 'float64', base64: 'AAAAAA==' } },
  ])('refuses an array of $title', ({ json }) => {
    expect(() => read({ a: json })).toThrow(StoreError);
  });
});
