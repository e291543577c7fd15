import { StoreError } from '../errors/app-error.ts';

const KINDS = { float64: Float64Array, int32: Int32Array, uint32: Uint32Array, uint8: Uint8Array } as const;
type Kind = keyof typeof KINDS;
type ArrayOf<K extends Kind> = InstanceType<(typeof KINDS)[K]>;

/** A typed array as JSON: its kind and its bytes (little-endian) in base64. */
export interface TypedArrayJson {
  readonly type: Kind;
  readonly base64: string;
}

export function arrayToJson(array: Float64Array | Int32Array | Uint32Array | Uint8Array): TypedArrayJson {
  const type = (Object.keys(KINDS) as Kind[]).find((kind) => array instanceof KINDS[kind])!;
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return { type, base64: btoa(binary) };
}

/**
 * The array in a JSON value, which is hostile input.
 *
 * @throws StoreError when it is not an array of this kind (and length, where one is given).
 */
export function arrayFromJson<K extends Kind>(json: unknown, kind: K, length?: number): ArrayOf<K> {
  const { type, base64 } = (json ?? {}) as Partial<TypedArrayJson>;
  const size = KINDS[kind].BYTES_PER_ELEMENT;
  let bytes: Uint8Array | undefined;
  if (type === kind && typeof base64 === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0) {
    bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  }
  if (!bytes || bytes.length % size !== 0 || (length !== undefined && bytes.length !== length * size)) {
    throw new StoreError({
      message: `the model file holds no ${kind} array${length === undefined ? '' : ` of ${length}`} where it should`,
    });
  }
  return new KINDS[kind](bytes.buffer as ArrayBuffer) as ArrayOf<K>;
}
