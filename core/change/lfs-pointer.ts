import type { LfsObject } from '../ports/commit-tree.ts';

/** Larger files are no pointers, by the specification of Git LFS. */
export const MAX_POINTER_BYTES = 1024;

const POINTER =
  /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\n(?:ext-\d-.+\n)*oid sha256:([0-9a-f]{64})\nsize (\d{1,15})\n?$/;

/** What a pointer of Git LFS names; undefined when the bytes are not one. */
export function lfsObjectOf(bytes: Uint8Array): LfsObject | undefined {
  if (bytes.length > MAX_POINTER_BYTES) return undefined;
  const [, sha256, size] = POINTER.exec(new TextDecoder('latin1').decode(bytes).replaceAll('\r\n', '\n')) ?? [];
  return sha256 === undefined ? undefined : { sha256, bytes: Number(size) };
}
