import { StoreError } from '../../errors/app-error.ts';
import { ARRAY_KINDS, type ArrayKind, kindOf, StoredArray, type TypedArray } from '../typed-array-json.ts';

/** The key that marks a reference: `{"$array":"float64","length":3}`. The n-th reference stands for the n-th section. */
const MARK = '$array';

/** A place in a document that an array belongs in. */
export interface ArrayReference {
  readonly kind: ArrayKind;
  readonly length: number;
  put(array: TypedArray): void;
}

/** The document with a reference in place of each array, and the arrays in the order of the references. */
export function takeArrays(document: unknown): { json: unknown; arrays: TypedArray[] } {
  const arrays: TypedArray[] = [];
  const take = (value: unknown): unknown => {
    if (value instanceof StoredArray) {
      arrays.push(value.array);
      return { [MARK]: kindOf(value.array), length: value.array.length };
    }
    if (Array.isArray(value)) return value.map(take);
    if (value === null || typeof value !== 'object') return value;
    if (Object.hasOwn(value, MARK)) throw new TypeError(`a model's JSON cannot have a key "${MARK}"`);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, take(each)]));
  };
  return { json: take(document), arrays };
}

/**
 * The references of a document, in order; each can be replaced by its array.
 *
 * @throws StoreError for a reference that makes no sense, or a key `__proto__`.
 */
export function findReferences(document: { root: unknown }): ArrayReference[] {
  const references: ArrayReference[] = [];
  const visit = (holder: Record<string, unknown>): void => {
    for (const key of Object.keys(holder)) {
      const value = holder[key];
      if (key === '__proto__') throw new StoreError({ message: 'is not a model file: it has a key "__proto__"' });
      if (value === null || typeof value !== 'object') continue;
      if (!Object.hasOwn(value, MARK)) visit(value as Record<string, unknown>);
      else {
        references.push({
          ...parseReference(value),
          put: (array) => {
            holder[key] = new StoredArray(array);
          },
        });
      }
    }
  };
  visit(document);
  return references;
}

function parseReference(value: object): { kind: ArrayKind; length: number } {
  const { [MARK]: kind, length, ...more } = value as { [MARK]?: unknown; length?: unknown };
  if (
    typeof kind === 'string' &&
    Object.hasOwn(ARRAY_KINDS, kind) &&
    Number.isSafeInteger(length) &&
    (length as number) >= 0 &&
    Object.keys(more).length === 0
  ) {
    return { kind: kind as ArrayKind, length: length as number };
  }
  throw new StoreError({ message: 'is damaged: a reference to an array is not valid' });
}
