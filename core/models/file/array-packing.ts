import { StoreError } from '../../errors/app-error.ts';
import { ARRAY_KINDS, type ArrayKind, bytesOf, type TypedArray } from '../typed-array-json.ts';
import { buildDictionary, MAX_DICTIONARY } from './dictionary.ts';

/**
 * An array turned so that deflate finds more in it. Without a dictionary: its elements' first bytes, then their second
 * bytes and so on. With one: the distinct elements, then the place of each element among them, byte by byte likewise.
 */
export interface PackedArray {
  /** Entries of the dictionary; 0: none. */
  readonly dictionarySize: number;
  readonly bytes: Uint8Array;
}

/** Packs with a dictionary where that is shorter. */
export function packArray(array: TypedArray): PackedArray {
  const bytes = bytesOf(array);
  const width = array.BYTES_PER_ELEMENT;
  if (width === 4 || width === 8) {
    const words = new Uint32Array(array.buffer, array.byteOffset, bytes.length / 4);
    const dictionary = buildDictionary(words, width === 8 ? 2 : 1);
    if (dictionary && packedLength(width, array.length, dictionary.size) < bytes.length) {
      const { entries, size, places } = dictionary;
      const planes = toPlanes(bytesOf(size > 256 ? places : Uint8Array.from(places)), size > 256 ? 2 : 1);
      const packed = new Uint8Array(size * width + planes.length);
      packed.set(bytesOf(entries));
      packed.set(planes, size * width);
      return { dictionarySize: size, bytes: packed };
    }
  }
  return { dictionarySize: 0, bytes: toPlanes(bytes, width) };
}

/** Bytes of a packed array of `length` elements of `width` bytes. */
export function packedLength(width: number, length: number, dictionarySize: number): number {
  if (dictionarySize === 0) return width * length;
  return width * dictionarySize + (dictionarySize > 256 ? 2 : 1) * length;
}

/** Whether an array of this kind and length may have such a dictionary. */
export function canHaveDictionary(kind: ArrayKind, length: number, dictionarySize: number): boolean {
  const width = ARRAY_KINDS[kind].BYTES_PER_ELEMENT;
  return dictionarySize === 0 || (width >= 4 && dictionarySize <= Math.min(length, MAX_DICTIONARY));
}

/**
 * The array that was packed; `packed` is as long as `packedLength` says.
 *
 * @throws StoreError when it names an entry that its dictionary does not have.
 */
export function unpackArray(kind: ArrayKind, length: number, { dictionarySize, bytes }: PackedArray): TypedArray {
  const array = new ARRAY_KINDS[kind](length);
  const width = array.BYTES_PER_ELEMENT;
  if (dictionarySize === 0) {
    fromPlanes(bytes, width, bytesOf(array));
    return array;
  }
  const words = new Uint32Array(array.buffer);
  const perElement = width / 4;
  const entries = new Uint32Array(dictionarySize * perElement);
  bytesOf(entries).set(bytes.subarray(0, dictionarySize * width));
  const low = bytes.subarray(dictionarySize * width, dictionarySize * width + length);
  const high = dictionarySize > 256 ? bytes.subarray(dictionarySize * width + length) : undefined;
  for (let i = 0; i < length; i++) {
    const place = low[i]! + (high ? high[i]! * 256 : 0);
    if (place >= dictionarySize)
      throw new StoreError({ message: 'is damaged: an array refers to an entry that does not exist' });
    for (let word = 0; word < perElement; word++) words[i * perElement + word] = entries[place * perElement + word]!;
  }
  return array;
}

function toPlanes(bytes: Uint8Array, width: number): Uint8Array {
  if (width === 1) return bytes;
  const n = bytes.length / width;
  const planes = new Uint8Array(bytes.length);
  for (let byte = 0; byte < width; byte++) {
    for (let i = 0, from = byte, to = byte * n; i < n; i++, from += width, to++) planes[to] = bytes[from]!;
  }
  return planes;
}

function fromPlanes(planes: Uint8Array, width: number, into: Uint8Array): void {
  const n = into.length / width;
  for (let byte = 0; byte < width; byte++) {
    for (let i = 0, to = byte, from = byte * n; i < n; i++, from++, to += width) into[to] = planes[from]!;
  }
}
