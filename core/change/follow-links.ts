import type { CommitTree } from '../ports/commit-tree.ts';
import { isReadable } from './repository-path.ts';

/** As many as Linux follows. */
const MAX_LINKS = 40;
const MAX_LINK_BYTES = 4096;

/**
 * Where a path of a commit leads when each symlink on its way is followed, as that commit has it. The commit need not have anything there.
 *
 * @param path from the repository's root, with `/`.
 * @returns null where a link leads out of the repository, into `.git` or `.github`, or in a circle.
 */
export async function followLinks(tree: CommitTree, path: string): Promise<string | null> {
  const entries = await tree.entries();
  const at: string[] = [];
  const rest = path.split('/');
  for (let links = 0; rest.length > 0; ) {
    const name = rest.shift()!;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (at.pop() === undefined) return null;
      continue;
    }
    const here = [...at, name].join('/');
    if (entries.get(here)?.kind !== 'symlink') {
      at.push(name);
      continue;
    }
    const target = await targetOf(tree, here);
    if (target === null || ++links > MAX_LINKS) return null;
    // Not joined: `..` after a link leads up from where that leads.
    rest.unshift(...target.split('/'));
  }
  const found = at.join('/');
  return isReadable(found) ? found : null;
}

/** Null of a target that is no path from the link's folder. */
async function targetOf(tree: CommitTree, path: string): Promise<string | null> {
  const content = (await tree.read([path], MAX_LINK_BYTES)).get(path);
  if (content?.kind !== 'symlink' || /^[/\\]|^[A-Za-z]:/.test(content.target)) return null;
  return content.target;
}
