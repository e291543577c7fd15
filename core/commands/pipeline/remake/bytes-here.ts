import type { TableFiles } from '../../../ports/project-files.ts';
import { sha256Hex } from '../../../random/sha256.ts';
import { type TablePart, tableSha256 } from '../../read-dataset-table.ts';

/** Where bytes of the base commit's table may lie, besides that commit. A change can write there, so a digest has to say that they are it. */
export interface BytesHere {
  readonly files: TableFiles;
  /** The dataset's table of the change, which may have another path. */
  readonly path: string;
}

/** The file at a path, or at that of the change's table, if it is the one. */
export async function fileHere(
  { files, path: own }: BytesHere,
  path: string,
  isIt: (bytes: Uint8Array) => boolean,
): Promise<Uint8Array | null> {
  for (const place of new Set([path, own])) {
    const bytes = (await files.exists(place)) ? await files.read(place).catch(() => null) : null;
    if (bytes && isIt(bytes)) return bytes;
  }
  return null;
}

/** The table at a path or pattern, or that of the change, if it has one of these SHA-256. */
export async function tableHere(
  { files, path: own }: BytesHere,
  path: string,
  digests: readonly string[],
): Promise<readonly TablePart[] | null> {
  for (const place of new Set([path, own])) {
    const parts: TablePart[] = [];
    for (const file of await files.list(place)) parts.push({ file, bytes: await files.readTable(file) });
    if (parts.length > 0 && digests.includes(tableSha256(parts))) return parts;
  }
  return null;
}

export const isSha256 = (sha256: string) => (bytes: Uint8Array) => sha256Hex(bytes) === sha256;
