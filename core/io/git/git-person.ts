import { cloneOrNull, settingOf } from './clone.ts';

/** The name that git puts on the commits of a clone; empty when it has none. */
export async function readGitPerson(folder: string): Promise<string> {
  const clone = await cloneOrNull(folder);
  return (clone && (await settingOf(clone, 'user.name'))) ?? '';
}
