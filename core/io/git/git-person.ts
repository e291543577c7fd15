import { openClone } from './clone.ts';

/** The name that git puts on the commits of a clone; empty when it has none. */
export async function readGitPerson(folder: string): Promise<string> {
  return (await (await openClone(folder))?.git.tryRun(['config', 'user.name']))?.trim() ?? '';
}
