import { ConfigError } from '../errors/app-error.ts';
import type { Commits } from '../ports/commit-tree.ts';
import { pathInRepository } from './repository-path.ts';

/**
 * Refuses records that the commit brought along: whoever wrote the commit could have written into them what they like. Records of a
 * machine are believed since they were made there.
 *
 * @param store their folder, relative to the project.
 * @throws ConfigError
 */
export async function refuseCommittedRecords(commits: Pick<Commits, 'checkedOut'>, store: string): Promise<void> {
  const checkedOut = await commits.checkedOut();
  if (checkedOut.kind !== 'commit') return;
  // A disk may not tell `.MLOPS` from `.mlops`.
  const folder = pathInRepository(checkedOut.folder, store).toLowerCase();
  const entries = [...(await checkedOut.commit.entries()).keys()];
  const found = entries.find((path) => `${path.toLowerCase()}/`.startsWith(`${folder}/`));
  if (found === undefined) return;
  throw new ConfigError({
    place: store,
    message: 'is in the commit that is checked out, so its runs and acceptances may be anybody’s',
    found,
    allowed: 'a folder that git does not track',
    next: `run \`git rm -r --cached ${store}\`, remove the folder, and add ${store}/ to .gitignore`,
  });
}
