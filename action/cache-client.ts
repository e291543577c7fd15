/** What the process that `table-cache.ts` starts is told first. */
export const SELF = 'table-cache';

export type CacheTask = 'restore' | 'save';

/**
 * Restores or saves a file of the working folder, with GitHub's own client. It tells how it went in commands for the runner.
 *
 * @param args a `CacheTask`, and the name of the file: its SHA-256.
 */
export async function runCacheClient(args: readonly string[]): Promise<void> {
  const [task, sha256] = args as [CacheTask, string];
  const { isFeatureAvailable, restoreCache, saveCache } = await import(/* webpackMode: "eager" */ '@actions/cache');
  if (!isFeatureAvailable()) return;
  const key = `mlops-table-${sha256}`;
  // Paths belong to the identity of an entry: a relative one is the same on every runner.
  if (task === 'restore') await restoreCache([sha256], key);
  else await saveCache([sha256], key);
}
