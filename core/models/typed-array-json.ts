import { StoreError } from '../errors/app-error.ts';

/** Kinds of arrays that a model can keep, by their names in its file. */
export const ARRAY_KINDS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
} as const;
export type ArrayKind = keyof typeof ARRAY_KINDS;
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * A typed array as it stands in a model's `toJSON`: one opaque value that is written as a section of the file. Whoever
 * checks the JSON around it sees an object with one key, not millions of elements.
 */
export class StoredArray {
  readonly array: TypedArray;

  constructor(array: TypedArray) {
    this.array = array;
  }
}

/** The array itself, not a copy of it. */
export function arrayToJson(array: TypedArray): StoredArray {
  return new StoredArray(array);
}

/**
 * The array in a model's JSON, which is hostile input.
 *
 * @throws StoreError when it is not an array of this kind (and length, where one is given).
 */
export function arrayFromJson<K extends ArrayKind>(json: unknown, kind: K, length?: number) {
  const array = json instanceof StoredArray ? json.array : undefined;
  if (array && kindOf(array) === kind && (length === undefined || array.length === length))
    return array as InstanceType<(typeof ARRAY_KINDS)[K]>;
  throw new StoreError({
    message: `the model file holds no ${kind} array${length === undefined ? '' : ` of ${length}`} where it should`,
    ...(array && { found: `${kindOf(array)} of ${array.length}` }),
  });
}

/** The name of an array's kind. */
export function kindOf(array: TypedArray): ArrayKind {
  return (Object.keys(ARRAY_KINDS) as ArrayKind[]).find((kind) => array instanceof ARRAY_KINDS[kind])!;
}

/** The memory of an array: little-endian, as on every machine that our WebAssembly kernels share arrays with. */
export function bytesOf(array: TypedArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
