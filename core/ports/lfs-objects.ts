import type { LfsObject } from './commit-tree.ts';

/** Where content that lies in Git LFS can be had. */
export interface LfsObjects {
  /**
   * The bytes that a pointer names: of its size and its SHA-256, or none.
   *
   * @throws AppError that says why they cannot be had. It names the object, not the pointer's file.
   */
  read(object: LfsObject): Promise<Uint8Array>;
}
