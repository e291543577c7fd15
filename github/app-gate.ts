import type { Client, RepositoryName } from './client.ts';
import { statusOf } from './github-error.ts';

/** The name of the App's check, which branch rules can require. */
export const GATE = 'mlops/gate';

/** The App that makes the checks of jobs. */
const OF_JOBS = 'github-actions';

/**
 * Whether the App looks after a commit: another App than that of jobs has put its check there. It has done so before any job starts.
 *
 * @returns false where the token may not read checks.
 */
export async function hasAppGate(octokit: Client, repository: RepositoryName, headSha: string): Promise<boolean> {
  try {
    const { data } = await octokit.rest.checks.listForRef({ ...repository, ref: headSha, check_name: GATE });
    return data.check_runs.some(({ app }) => app !== null && app.slug !== OF_JOBS);
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return false;
    throw error;
  }
}
