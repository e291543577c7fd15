import { StoreError } from '../../errors/app-error.ts';
import { sha256Hex } from '../../random/sha256.ts';
import { ARRAY_KINDS, bytesOf, type TypedArray } from '../typed-array-json.ts';
import { canHaveDictionary, packArray, packedLength, unpackArray } from './array-packing.ts';
import { type ArrayReference, findReferences, takeArrays } from './array-references.ts';
import { canDecompress, compress, decompress } from './deflate.ts';
import { checkJsonText, parseJsonText } from './json-text.ts';

// docs/model-file.md describes these bytes.
const MAGIC = Uint8Array.of(0x89, 0x4d, 0x4c, 0x4f, 0x50, 0x53, 0x0d, 0x0a);
/** Magic, schema, number of sections, length of the header, its length as stored. */
const LEAD = 24;
/** Per section: size of its dictionary, its length as stored. */
const ENTRY = 8;
const DIGEST = 32;
/** Bytes of the JSON header, and of all arrays, uncompressed. */
const MAX_HEADER = 2 ** 26;
const MAX_ARRAYS = 2 ** 31;

const utf8 = new TextEncoder();

/** Whether these bytes begin as a container does. */
export function isContainer(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => byte === bytes[i]);
}

/** The schema that a container says it has. */
export function containerSchema(bytes: Uint8Array): number {
  return bytes.length < LEAD ? 0 : viewOf(bytes).getUint32(8, true);
}

/** The SHA-256 of its content that a container carries: true if it can be read. */
export function containerSha256(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(-DIGEST), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * A document, JSON with typed arrays in it (`arrayToJson`), as a file: the same bytes for the same document.
 *
 * @throws StoreError when it is larger than can be read again.
 */
export function writeContainer(schema: number, document: unknown): Uint8Array {
  const { json, arrays } = takeArrays(document);
  const header = utf8.encode(JSON.stringify(json));
  checkSizes(
    header.length,
    arrays.reduce((sum, array) => sum + array.byteLength, 0),
  );
  checkJsonText(header);
  const storedHeader = compress(header);
  const sections = arrays.map((array) => {
    const { dictionarySize, bytes } = packArray(array);
    return { dictionarySize, stored: compress(bytes) };
  });
  const length = sections.reduce((sum, { stored }) => sum + ENTRY + stored.length, LEAD + storedHeader.length + DIGEST);
  const file = new Uint8Array(length);
  const view = viewOf(file);
  file.set(MAGIC);
  [schema, sections.length, header.length, storedHeader.length].forEach((value, i) => {
    view.setUint32(8 + 4 * i, value, true);
  });
  let at = LEAD + ENTRY * sections.length;
  file.set(storedHeader, at);
  at += storedHeader.length;
  for (const [i, { dictionarySize, stored }] of sections.entries()) {
    view.setUint32(LEAD + ENTRY * i, dictionarySize, true);
    view.setUint32(LEAD + ENTRY * i + 4, stored.length, true);
    file.set(stored, at);
    at += stored.length;
  }
  file.set(bytesOfHex(contentSha256(header, arrays)), at);
  return file;
}

/**
 * The document in a file, which is hostile input: every length is checked before anything of that length is made.
 *
 * @throws StoreError when the file is cut, altered or larger than a model can be.
 */
export function readContainer(bytes: Uint8Array): unknown {
  if (bytes.length < LEAD + DIGEST) throw damaged('it is truncated');
  const view = viewOf(bytes);
  const [nSections, headerLength, storedLength] = [12, 16, 20].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
  ];
  const end = bytes.length - DIGEST;
  const headerAt = LEAD + ENTRY * nSections;
  if (headerLength > MAX_HEADER || headerAt + storedLength > end || !canDecompress(storedLength, headerLength)) {
    throw damaged('its first bytes are not valid');
  }
  const header = decompress(bytes.subarray(headerAt, headerAt + storedLength), headerLength);
  const document = { root: parseHeader(header) };
  const references = findReferences(document);
  if (references.length !== nSections) throw damaged('its sections are not those that it refers to');
  checkSizes(
    header.length,
    references.reduce((sum, { kind, length }) => sum + ARRAY_KINDS[kind].BYTES_PER_ELEMENT * length, 0),
  );
  const sections = findSections(view, references, headerAt + storedLength, end);
  const arrays = sections.map(({ reference, dictionarySize, packed, from, to }): TypedArray => {
    const { kind, length } = reference;
    try {
      const unpacked = decompress(bytes.subarray(from, to), packed);
      return unpackArray(kind, length, { dictionarySize, bytes: unpacked });
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new StoreError(
        { message: `needs more memory than is available, for a ${kind} array of ${length}` },
        { cause },
      );
    }
  });
  if (contentSha256(header, arrays) !== containerSha256(bytes)) throw damaged('its SHA-256 does not match');
  for (const [i, reference] of references.entries()) reference.put(arrays[i]!);
  return document.root;
}

interface Section {
  readonly reference: ArrayReference;
  readonly dictionarySize: number;
  /** Bytes once inflated. */
  readonly packed: number;
  readonly from: number;
  readonly to: number;
}

/** Sections stand one behind the other, from the end of the header to the digest. */
function findSections(view: DataView, references: readonly ArrayReference[], start: number, end: number): Section[] {
  let to = start;
  const sections = references.map((reference, i): Section => {
    const { kind, length } = reference;
    const dictionarySize = view.getUint32(LEAD + ENTRY * i, true);
    const stored = view.getUint32(LEAD + ENTRY * i + 4, true);
    const packed = packedLength(ARRAY_KINDS[kind].BYTES_PER_ELEMENT, length, dictionarySize);
    if (!canHaveDictionary(kind, length, dictionarySize) || !canDecompress(stored, packed)) {
      throw damaged('a section and its array do not belong together');
    }
    const from = to;
    to += stored;
    return { reference, dictionarySize, packed, from, to };
  });
  if (to !== end) throw damaged('it is truncated, or longer than its header says');
  return sections;
}

function parseHeader(bytes: Uint8Array): unknown {
  const header = parseJsonText(bytes);
  // One content, one file: a header in another spelling would have another digest.
  if (new TextDecoder().decode(bytes) === JSON.stringify(header)) return header;
  throw damaged('its header is not in the canonical spelling');
}

function checkSizes(header: number, arrays: number): void {
  if (header <= MAX_HEADER && arrays <= MAX_ARRAYS) return;
  throw new StoreError({
    message: 'the model is larger than a model file can hold',
    found: `a header of ${header} bytes, arrays of ${arrays}`,
    allowed: `${MAX_HEADER} and ${MAX_ARRAYS}`,
    next: 'use fewer or shallower trees, or columns with fewer different texts',
  });
}

/** Over what the file says, not over how it is packed: the digest of the list of digests of header and arrays. */
function contentSha256(header: Uint8Array, arrays: readonly TypedArray[]): string {
  const list = [header, ...arrays.map(bytesOf)].map((part) => `${sha256Hex(part)}\n`);
  return sha256Hex(utf8.encode(list.join('')));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

function damaged(reason: string): StoreError {
  return new StoreError({ message: `is damaged: ${reason}`, next: 'train the model again' });
}
