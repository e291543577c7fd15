import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** How a repository names its objects. */
export type ObjectHash = 'sha1' | 'sha256';

/** Bytes at the start of a file that tell text from binary content, as many as git looks at. */
const LOOKED_AT = 8000;
const [LF, CR] = [10, 13];

/**
 * The id of a blob of a file's bytes, as they are. `crlfs`: how many lines of a text end with CRLF. The file is never read at
 * once as a whole.
 */
export async function blobIdOf(
  file: FileHandle,
  size: number,
  algorithm: ObjectHash,
): Promise<{ readonly id: string; readonly crlfs: number }> {
  const hash = createHash(algorithm).update(`blob ${size}\0`);
  let crlfs = 0;
  let last = -1;
  let isText = true;
  let seen = 0;
  for await (const chunk of chunksOf(file, size)) {
    hash.update(chunk);
    if (seen < LOOKED_AT && chunk.subarray(0, LOOKED_AT - seen).includes(0)) isText = false;
    if (isText) {
      if (last === CR && chunk[0] === LF) crlfs++;
      for (let at = chunk.indexOf('\r\n'); at >= 0; at = chunk.indexOf('\r\n', at + 2)) crlfs++;
    }
    last = chunk[chunk.length - 1]!;
    seen += chunk.length;
  }
  return { id: hash.digest('hex'), crlfs: isText ? crlfs : 0 };
}

/** The id of a blob with LF where the file has CRLF. */
export async function blobIdWithLf(
  file: FileHandle,
  size: number,
  crlfs: number,
  algorithm: ObjectHash,
): Promise<string> {
  const hash = createHash(algorithm).update(`blob ${size - crlfs}\0`);
  let isHeld = false;
  for await (const chunk of chunksOf(file, size)) {
    if (isHeld && chunk[0] !== LF) hash.update('\r');
    isHeld = chunk[chunk.length - 1] === CR;
    hash.update(withLf(isHeld ? chunk.subarray(0, -1) : chunk));
  }
  if (isHeld) hash.update('\r');
  return hash.digest('hex');
}

export async function sha256OfFile(file: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(file, size)) hash.update(chunk);
  return hash.digest('hex');
}

/** The bytes with LF where there was CRLF. */
export function withLf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf('\r\n'); at >= 0; at = bytes.indexOf('\r\n', at + 2)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)]);
}

/** Whether git would take the bytes for text. */
export function looksLikeText(bytes: Buffer): boolean {
  return !bytes.subarray(0, LOOKED_AT).includes(0);
}

const MAX_CHUNK_BYTES = 1 << 20;

/** The bytes from start to end. A piece is valid until the next one is asked for. */
async function* chunksOf(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(size + 1, MAX_CHUNK_BYTES));
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
