import { assemble } from '../../core/models/file/container.fixture.ts';
import { readContainer, writeContainer } from '../../core/models/file/container.ts';
import { MODEL_SCHEMA } from '../../core/models/model-file.ts';
import {
  ARRAY_KINDS,
  type ArrayKind,
  bytesOf,
  kindOf,
  StoredArray,
  type TypedArray,
} from '../../core/models/typed-array-json.ts';
import type { Random } from '../../core/random/random.ts';

/** A model file, sound, as one that is not. */
export type Breaker = (file: Uint8Array, random: Random) => Uint8Array;

/** Bytes replaced, flipped, removed, doubled, added or cut off. */
export const breakBytes: Breaker = (file, random) => {
  let bytes = [...file];
  for (let n = 1 + random.integer(3); n > 0 && bytes.length > 0; n--) {
    const at = random.integer(bytes.length);
    const how = random.integer(6);
    if (how === 0) bytes[at] = random.integer(256);
    else if (how === 1) bytes[at]! ^= 1 << random.integer(8);
    else if (how === 2) bytes.splice(at, 1 + random.integer(8));
    else if (how === 3) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random.integer(64)));
    else if (how === 4) bytes.splice(at, 0, ...new Array<number>(1 + random.integer(64)).fill(random.integer(256)));
    else bytes = bytes.slice(0, at);
  }
  return Uint8Array.from(bytes);
};

/** A number of the lead or of the table of sections is another, or two entries or sections change places. */
export const breakTable: Breaker = (file, random) => {
  const bytes = file.slice();
  const view = new DataView(bytes.buffer);
  const nSections = view.getUint32(12, true);
  for (let n = 1 + random.integer(2); n > 0; n--) {
    const at = 8 + 4 * random.integer(4 + 2 * nSections);
    const now = view.getUint32(at, true);
    const other = 8 + 4 * random.integer(4 + 2 * nSections);
    const values = [0, 1, now + 1, now - 1, now * 2, 2 ** 31 - 1, 2 ** 32 - 1, view.getUint32(other, true)];
    const value = values[random.integer(values.length)]!;
    if (random.uniform() < 0.2) view.setUint32(other, now, true);
    view.setUint32(at, value, true);
  }
  return bytes;
};

const SYNTAX = [...'{}[],:"\\0-.', 'e9', 'null', '{"$array":"int32","length":4}', '"__proto__":'];

/** Characters of the header are others, and lengths and SHA-256 are those of the new header. */
export const breakHeader: Breaker = (file, random) => {
  const document = readContainer(file);
  const sections: { stored: Uint8Array; content: Uint8Array }[] = [];
  let header = JSON.stringify(document, (_, value: unknown) => {
    if (!(value instanceof StoredArray)) return value;
    const { array } = value;
    const width = array.BYTES_PER_ELEMENT;
    const bytes = bytesOf(array);
    const planes = bytes.map((_, i) => bytes[(i % array.length) * width + Math.floor(i / array.length)]!);
    sections.push({ stored: planes, content: bytes });
    return { $array: kindOf(array), length: array.length };
  });
  for (let n = 1 + random.integer(2); n > 0; n--) {
    const at = random.integer(header.length);
    const how = random.integer(3);
    if (how === 0) header = header.slice(0, at) + SYNTAX[random.integer(SYNTAX.length)]! + header.slice(at);
    else if (how === 1) header = header.slice(0, at) + header.slice(at + 1 + random.integer(8));
    else header = header.slice(0, at) + random.integer(10) + header.slice(at + 1);
  }
  return assemble({ header, sections });
};

/** Parts of the document, or of its arrays, are others; the file is as sound as ever. */
export const breakDocument: Breaker = (file, random) => {
  const document = readContainer(file);
  const all = places(document);
  for (let n = 1 + random.integer(2); n > 0; n--) {
    const arrays = all.filter(({ holder, key }) => holder[key] instanceof StoredArray);
    const among = arrays.length > 0 && random.uniform() < 0.6 ? arrays : all;
    const { holder, key } = among[random.integer(among.length)]!;
    const value = holder[key];
    if (value instanceof StoredArray && random.uniform() < 0.9) {
      const other = arrays[random.integer(arrays.length)]!;
      holder[key] = new StoredArray(breakArray(value.array, (other.holder[other.key] as StoredArray).array, random));
    } else if (Array.isArray(holder) && random.uniform() < 0.4) {
      if (random.uniform() < 0.5) holder.splice(Number(key), 1);
      else holder.push(holder[random.integer(holder.length)]);
    } else if (random.uniform() < 0.2) delete holder[key];
    else holder[key] = FOREIGN[random.integer(FOREIGN.length)];
  }
  return writeContainer(MODEL_SCHEMA, document);
};

const FOREIGN: unknown[] = [
  ...[null, true, '', 'x', 'numeric', 'categorical', [], {}, [[]]],
  ...[-1, 0, 1, 2, 5, 255, 256, 0.5, 1e9, 1e308],
  ...[new StoredArray(new Float64Array(5)), new StoredArray(Int32Array.of(0, 1))],
];
const ELEMENTS = [
  -1,
  0,
  1,
  2,
  3,
  ...[3, 5, 7, 8, 16, 31, 32].flatMap((bits) => [2 ** bits - 1, 2 ** bits, -(2 ** bits)]),
];
const NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, Number.MAX_VALUE, 0.5];

function breakArray(array: TypedArray, other: TypedArray, random: Random): TypedArray {
  const how = random.integer(10);
  if (how === 0) return other;
  if (how === 1) return array.slice(0, random.integer(array.length + 1));
  if (how === 2)
    return new (array.constructor as typeof Int32Array)([...array, ...array.slice(0, 1 + random.integer(9))]);
  if (how === 3) return array.slice().reverse();
  if (how === 4) {
    const kinds = Object.keys(ARRAY_KINDS) as ArrayKind[];
    return new ARRAY_KINDS[kinds[random.integer(kinds.length)]!](array);
  }
  const broken = array.slice();
  const values = broken instanceof Float64Array ? [...ELEMENTS, ...NUMBERS] : ELEMENTS;
  for (let n = 1 + random.integer(3); n > 0; n--) {
    const near = broken[random.integer(broken.length)]! + random.integer(3) - 1;
    broken[random.integer(broken.length)] = random.uniform() < 0.5 ? near : values[random.integer(values.length)]!;
  }
  return broken;
}

/** Every object and array of a document with each of its keys. */
function places(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (value === null || typeof value !== 'object' || value instanceof StoredArray) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}
