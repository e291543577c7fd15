import { cloneOrNull, settingOf, settingsOf } from './clone.ts';

/** The setting of git that names authors whose commands may run on this machine. */
const TRUSTED_AUTHOR = 'mlops.trust';

/**
 * Authors of the commits since a base that are neither the person at work nor among those that they trust, by e-mail address. Nobody,
 * where git does not know who is at work. An author is what a commit says: this stops accidents, no forgery.
 */
export async function foreignAuthors(folder: string, base: string): Promise<readonly string[]> {
  const clone = await cloneOrNull(folder);
  const own = clone && (await settingOf(clone, 'user.email'));
  if (!clone || !own) return [];
  const trusted = await settingsOf(clone, TRUSTED_AUTHOR);
  const known = new Set([own, ...trusted].map((address) => address.trim().toLowerCase()));
  const listed = (await clone.git.run(['rev-list', '--format=%ae', `${base}..HEAD`])).split('\n');
  const authors = listed.filter((line) => line !== '' && !line.startsWith('commit '));
  return [...new Set(authors)].filter((address) => !known.has(address.toLowerCase()));
}
