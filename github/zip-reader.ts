import { crc32, inflateRawSync } from 'node:zlib';

/** The archive is damaged, or one that only an attacker would make. */
export class ZipError extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`invalid zip archive: ${why}`, options);
    this.name = 'ZipError';
  }
}

export interface ZipLimits {
  /** Most entries, folders included. */
  readonly files: number;
  /** Most bytes of all files together, after unpacking. */
  readonly bytes: number;
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
  readonly rawName: Uint8Array;
}

const END = { signature: 0x06054b50, size: 22 };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
const DESCRIPTOR_SIGNATURE = 0x08074b50;

const HAS_DESCRIPTOR = 1 << 3;
const UTF8_NAMES = 1 << 11;
/** Deflate's two level bits, data descriptor, UTF-8; not encryption, patches or masked headers. */
const KNOWN_FLAGS = 0b110 | HAS_DESCRIPTOR | UTF8_NAMES;
const STORED = 0;
const DEFLATED = 8;
const MAX_NAME = 1000;

/**
 * Reads the files of an untrusted zip archive, by path. It is strict: entries must fill the archive without gap or overlap, and
 * both headers of an entry must agree. Folders are checked but not returned.
 *
 * @throws ZipError for paths outside the archive, links, duplicates, encryption, zip64, wrong sizes or checksums, and archives
 *   above `limits`; before anything is unpacked if the headers show it.
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readEntries(bytes, view, limits);
  } catch (cause) {
    if (cause instanceof RangeError) throw new ZipError('it is truncated', { cause });
    throw cause;
  }
}

function readEntries(bytes: Uint8Array, view: DataView, limits: ZipLimits): Map<string, Uint8Array> {
  const { entries, start } = readDirectory(bytes, view, limits);
  checkNames(entries);
  const total = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > limits.bytes) throw new ZipError(`its files have ${total} bytes, more than ${limits.bytes}`);

  const files = new Map<string, Uint8Array>();
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset !== end) throw new ZipError('its entries overlap or leave gaps');
    const { data, next } = locate(bytes, view, entry, start);
    end = next;
    const content = unpack(entry, data);
    if (!entry.name.endsWith('/')) files.set(entry.name, content);
  }
  if (end !== start) throw new ZipError('its entries overlap or leave gaps');
  return files;
}

function readDirectory(bytes: Uint8Array, view: DataView, limits: ZipLimits): { entries: Entry[]; start: number } {
  const at = bytes.length - END.size;
  if (view.getUint32(at, true) !== END.signature || view.getUint16(at + 20, true) !== 0) {
    throw new ZipError('it has no end record');
  }
  const [disk, firstDisk, here, count] = [4, 6, 8, 10].map((field) => view.getUint16(at + field, true));
  const [size, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) throw new ZipError('it is a zip64 archive');
  if (disk !== 0 || firstDisk !== 0 || here !== count) throw new ZipError('it is split into several parts');
  if (count! > limits.files) throw new ZipError(`it has ${count} files, more than ${limits.files}`);
  if (start + size !== at) throw new ZipError('its directory is in the wrong place');

  const entries: Entry[] = [];
  let next = start;
  for (let i = 0; i < count!; i++) {
    if (next + CENTRAL.size > at || view.getUint32(next, true) !== CENTRAL.signature) {
      throw new ZipError('its directory is damaged');
    }
    const entry = readCentral(bytes, view, next);
    entries.push(entry);
    next += CENTRAL.size + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(next + field, true), 0);
  }
  if (next !== at) throw new ZipError('its directory is damaged');
  return { entries, start };
}

function readCentral(bytes: Uint8Array, view: DataView, at: number): Entry {
  const nameLength = view.getUint16(at + 28, true);
  const rawName = bytes.subarray(at + CENTRAL.size, at + CENTRAL.size + nameLength);
  const flags = view.getUint16(at + 8, true);
  const entry: Entry = {
    name: decodeName(rawName, flags),
    rawName,
    flags,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    unpacked: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  };
  if ([entry.packed, entry.unpacked, entry.offset].includes(0xffffffff)) throw new ZipError('it is a zip64 archive');
  if (flags & ~KNOWN_FLAGS) throw new ZipError(`${quote(entry.name)} is encrypted or has unknown flags`);
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new ZipError(`${quote(entry.name)} has an unknown compression method`);
  }
  const unixType = (view.getUint32(at + 38, true) >>> 28) & 0xf;
  const isFolder = entry.name.endsWith('/');
  if (unixType !== 0 && unixType !== (isFolder ? 0x4 : 0x8)) {
    throw new ZipError(`${quote(entry.name)} is a link or another special file`);
  }
  if (isFolder && entry.unpacked !== 0) throw new ZipError(`the folder ${quote(entry.name)} has content`);
  return entry;
}

function decodeName(raw: Uint8Array, flags: number): string {
  if (raw.length > MAX_NAME) throw new ZipError('a path is too long');
  if (!(flags & UTF8_NAMES) && raw.some((byte) => byte > 0x7f)) throw new ZipError('a path is not UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch (cause) {
    throw new ZipError('a path is not UTF-8', { cause });
  }
}

function checkNames(entries: readonly Entry[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const { name } of entries) {
    const parts = name.replace(/\/$/, '').split('/');
    const plain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (!plain || /[\\:\u0000-\u001f\u007f]/.test(name))
      throw new ZipError(`the path ${quote(name)} is not a plain path inside the archive`);
    for (let i = 1; i < parts.length; i++) folders.add(parts.slice(0, i).join('/'));
    const path = parts.join('/');
    if (!name.endsWith('/') && files.has(path)) throw new ZipError(`${quote(name)} occurs twice`);
    (name.endsWith('/') ? folders : files).add(path);
  }
  for (const path of files) if (folders.has(path)) throw new ZipError(`${quote(path)} is both a file and a folder`);
}

/** The compressed bytes of an entry, and the offset at which the next entry must start. */
function locate(bytes: Uint8Array, view: DataView, entry: Entry, limit: number): { data: Uint8Array; next: number } {
  const at = entry.offset;
  const differs = () => new ZipError(`the two headers of ${quote(entry.name)} differ`);
  if (at + LOCAL.size > limit || view.getUint32(at, true) !== LOCAL.signature) throw differs();
  const nameLength = view.getUint16(at + 26, true);
  const nameAt = at + LOCAL.size;
  const isSameName =
    nameLength === entry.rawName.length && entry.rawName.every((byte, i) => byte === bytes[nameAt + i]);
  const [flags, method] = [view.getUint16(at + 6, true), view.getUint16(at + 8, true)];
  if (!isSameName || flags !== entry.flags || method !== entry.method) throw differs();
  const expected = [entry.crc, entry.packed, entry.unpacked];
  const isDeferred = (entry.flags & HAS_DESCRIPTOR) !== 0;
  expected.forEach((value, i) => {
    const found = view.getUint32(at + 14 + 4 * i, true);
    if (found !== value && !(isDeferred && found === 0)) throw differs();
  });
  const start = nameAt + nameLength + view.getUint16(at + 28, true);
  const end = start + entry.packed;
  if (end > limit) throw new ZipError('its entries overlap or leave gaps');
  const data = bytes.subarray(start, end);
  if (!isDeferred) return { data, next: end };
  const hasSignature = view.getUint32(end, true) === DESCRIPTOR_SIGNATURE;
  const descriptor = end + (hasSignature ? 4 : 0);
  expected.forEach((value, i) => {
    if (view.getUint32(descriptor + 4 * i, true) !== value) throw differs();
  });
  return { data, next: descriptor + 12 };
}

function unpack(entry: Entry, data: Uint8Array): Uint8Array {
  const content = entry.method === STORED ? Uint8Array.from(data) : inflate(entry, data);
  if (content.length !== entry.unpacked || crc32(content) !== entry.crc) {
    throw new ZipError(`the content of ${quote(entry.name)} does not match its header`);
  }
  return content;
}

/** The result with `info: true`, which is documented by Node but missing in its types. */
interface Inflated {
  readonly buffer: Uint8Array;
  /** `bytesWritten` is the number of input bytes consumed. */
  readonly engine: { readonly bytesWritten: number };
}

function inflate(entry: Entry, data: Uint8Array): Uint8Array {
  let inflated: Inflated;
  try {
    const limit = { maxOutputLength: Math.max(1, entry.unpacked), info: true };
    inflated = inflateRawSync(data, limit) as unknown as Inflated;
  } catch (cause) {
    throw new ZipError(`the content of ${quote(entry.name)} does not match its header`, { cause });
  }
  if (inflated.engine.bytesWritten !== data.length) {
    throw new ZipError(`the content of ${quote(entry.name)} is followed by other bytes`);
  }
  return inflated.buffer;
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}
