import { StoreError } from '../../errors/app-error.ts';
import { ARRAY_KINDS, type ArrayKind, StoredArray } from '../typed-array-json.ts';
import { parseJsonText } from './json-text.ts';

/**
 * The document in a file of schema 1: JSON, with `{"type":"float64","base64":"…"}` in place of arrays.
 *
 * @throws StoreError when it is not JSON, or an array in it is none.
 */
export function readSchema1(bytes: Uint8Array): unknown {
  return withArrays(parseJsonText(bytes));
}

function withArrays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withArrays);
  if (value === null || typeof value !== 'object') return value;
  if (Object.hasOwn(value, 'base64')) return parseArray(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withArrays(each)]));
}

function parseArray({ type, base64 }: { type?: unknown; base64?: unknown }): StoredArray {
  const kind = typeof type === 'string' && Object.hasOwn(ARRAY_KINDS, type) ? (type as ArrayKind) : undefined;
  if (kind && typeof base64 === 'string' && base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const ofKind = ARRAY_KINDS[kind];
    if (bytes.length % ofKind.BYTES_PER_ELEMENT === 0) return new StoredArray(new ofKind(bytes.buffer));
  }
  throw new StoreError({ message: 'is damaged: an array in it is not base64 of its kind' });
}
