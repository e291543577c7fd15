import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a test's archive; what is given beyond name and content overrides what would be right. */
export interface TestEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly stored?: boolean;
  readonly descriptor?: 'signed' | 'unsigned';
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly unpacked?: number;
  readonly packed?: number;
  readonly offset?: number;
  /** Unix mode, of an archive made there. */
  readonly mode?: number;
  readonly localName?: string;
  /** Appended to the packed content. */
  readonly tail?: Uint8Array;
}

function fields(...of: readonly (readonly [size: 2 | 4, value: number])[]): Buffer {
  const bytes = Buffer.alloc(of.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of of)
    at = size === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value >>> 0, at);
  return bytes;
}

/** A zip archive, right unless an entry says otherwise. */
export function aZip(
  entries: readonly TestEntry[],
  change: { readonly gap?: Uint8Array; readonly count?: number; readonly comment?: string } = {},
): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const packedBytes = Buffer.concat([
      entry.stored ? content : deflateRawSync(content),
      entry.tail ?? new Uint8Array(),
    ]);
    const name = Buffer.from(entry.name);
    const localName = Buffer.from(entry.localName ?? entry.name);
    const flags = (entry.flags ?? 1 << 11) | (entry.descriptor ? 8 : 0);
    const method = entry.method ?? (entry.stored ? 0 : 8);
    const sizes = [entry.crc ?? crc32(content), entry.packed ?? packedBytes.length, entry.unpacked ?? content.length];
    const words = (values: readonly number[]) => values.map((value) => [4, value] as const);
    const head = [
      [2, 20],
      [2, flags],
      [2, method],
      [4, 0],
    ] as const;
    const deferred = entry.descriptor === 'signed' ? [0x08074b50, ...sizes] : sizes;
    const bytes = Buffer.concat([
      fields([4, 0x04034b50], ...head, ...words(entry.descriptor ? [0, 0, 0] : sizes), [2, localName.length], [2, 0]),
      localName,
      packedBytes,
      ...(entry.descriptor ? [fields(...words(deferred))] : []),
    ]);
    central.push(
      fields([4, 0x02014b50], [2, entry.mode === undefined ? 20 : 0x0314], ...head, ...words(sizes), [2, name.length]),
      fields([2, 0], [2, 0], [2, 0], [2, 0], [4, (entry.mode ?? 0) * 0x10000], [4, entry.offset ?? offset]),
      name,
    );
    local.push(bytes);
    offset += bytes.length;
  }
  if (change.gap) local.push(Buffer.from(change.gap));
  const directory = Buffer.concat(central);
  const count = change.count ?? entries.length;
  const comment = Buffer.from(change.comment ?? '');
  const start = Buffer.concat(local);
  const end = [
    [4, directory.length],
    [4, start.length],
    [2, comment.length],
  ] as const;
  return Buffer.concat([
    start,
    directory,
    fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], ...end),
    comment,
  ]);
}
