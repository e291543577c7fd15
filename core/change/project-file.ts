import type { BlobContent, CommitTree } from '../ports/commit-tree.ts';

/** Largest project file that is read from a commit, in bytes. */
export const MAX_PROJECT_BYTES = 1_000_000;

/** What a commit has in the place of a project file. @param path from the repository's root, with `/`. */
export async function projectFileOf(tree: CommitTree, path: string): Promise<BlobContent> {
  return (await tree.read([path], MAX_PROJECT_BYTES)).get(path) ?? { kind: 'absent' };
}
