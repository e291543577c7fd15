import { StoreError } from '../errors/app-error.ts';
import { sha256Hex } from '../random/sha256.ts';
import type { UnknownParts } from './evidence.ts';

/** The frame's own part: magic, version and header length, 4 bytes each. */
const LEAD = 12;
const DIGEST = 32;
const MAX_HEADER = 2_000_000;
/** A reader skips files of a newer version. A field that is appended to a header needs no new one. */
export const FRAME_VERSION = 1;
const utf8 = new TextEncoder();

/** What a kind of file is called in messages and by its first four bytes. */
export interface FrameKind {
  readonly magic: string;
  readonly name: string;
}

/** A file taken apart: the header as JSON, the arrays behind it, and the SHA-256 of both. */
export interface Frame {
  readonly header: unknown;
  readonly body: DataView;
  readonly sha256: string;
}

/**
 * A file's bytes: magic, version (u32), header length (u32), header as JSON, arrays, SHA-256 of all before.
 * Numbers are little-endian. What later versions added stands behind what we know, in the header and in the arrays.
 */
export function writeFrame(
  kind: FrameKind,
  header: object,
  bodyLength: number,
  unknown: UnknownParts | undefined,
  fill: (body: DataView) => void,
) {
  const text = utf8.encode(JSON.stringify({ ...header, ...unknown?.header }));
  const more = unknown?.body ?? new Uint8Array(0);
  const signed = LEAD + text.length + bodyLength + more.length;
  const bytes = new Uint8Array(signed + DIGEST);
  const view = new DataView(bytes.buffer);
  bytes.set(utf8.encode(kind.magic));
  view.setUint32(4, FRAME_VERSION, true);
  view.setUint32(8, text.length, true);
  bytes.set(text, LEAD);
  fill(new DataView(bytes.buffer, LEAD + text.length, bodyLength));
  bytes.set(more, signed - more.length);
  const sha256 = sha256Hex(bytes.subarray(0, signed));
  for (let i = 0; i < DIGEST; i++) bytes[signed + i] = Number.parseInt(sha256.slice(2 * i, 2 * i + 2), 16);
  return { bytes, sha256 };
}

/**
 * Takes a file apart and verifies its digest.
 *
 * @throws StoreError when the bytes are not of this kind, of a newer version, cut or altered.
 */
export function readFrame(kind: FrameKind, bytes: Uint8Array, path?: string): Frame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = utf8.encode(kind.magic);
  if (bytes.length < LEAD + DIGEST || magic.some((byte, i) => byte !== bytes[i])) {
    throw corrupt(kind, 'it is of another kind', path);
  }
  const version = view.getUint32(4, true);
  if (version > FRAME_VERSION) {
    throw new StoreError({
      ...(path === undefined ? {} : { file: path }),
      message: `${kind.name} file was written by a newer version`,
      found: `version ${version}`,
      allowed: `version ${FRAME_VERSION}`,
      next: 'use the version of mlops-action that wrote it, or a later one',
    });
  }
  const signed = bytes.length - DIGEST;
  const headerLength = view.getUint32(8, true);
  if (version !== FRAME_VERSION || headerLength > MAX_HEADER || LEAD + headerLength > signed) {
    throw corrupt(kind, 'its first bytes are not valid', path);
  }
  const sha256 = sha256Hex(bytes.subarray(0, signed));
  const stored = Array.from(bytes.subarray(signed), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (stored !== sha256) throw corrupt(kind, 'it was truncated or altered: its SHA-256 does not match', path);
  return {
    header: parseHeader(kind, bytes.subarray(LEAD, LEAD + headerLength), path),
    body: new DataView(bytes.buffer, bytes.byteOffset + LEAD + headerLength, signed - LEAD - headerLength),
    sha256,
  };
}

/** The error for a file that cannot be believed, with the reason. */
export function corrupt(kind: FrameKind, reason: string, path?: string, cause?: unknown): StoreError {
  return new StoreError(
    {
      ...(path === undefined ? {} : { file: path }),
      message: `${kind.name} file is corrupt: ${reason}`,
      next: 'delete it and train again',
    },
    { cause },
  );
}

function parseHeader(kind: FrameKind, bytes: Uint8Array, path?: string): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const header: unknown = JSON.parse(text);
    // One content, one file: a header in another spelling would have another digest.
    if (JSON.stringify(header) === text) return header;
  } catch (cause) {
    throw corrupt(kind, 'its header is not JSON', path, cause);
  }
  throw corrupt(kind, 'its header is not in the canonical spelling', path);
}
