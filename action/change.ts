import { join, posix } from 'node:path';
import { readCheckedOutCommit } from '../core/io/git/clone.ts';
import type { Change } from '../core/ports/change.ts';
import type { JobContext } from './context.ts';

/**
 * What a job works on, as its event says.
 *
 * @param folder of the project file, relative to the workspace.
 * @param config the project file, relative to that folder.
 */
export function jobChange(context: JobContext, folder: string, config: string): Change {
  const { event, history, runUrl, runId, runAttempt, isPrivate, branch, defaultBranch } = context;
  const path = posix.join(folder.replaceAll('\\', '/'), config);
  return {
    place: event.kind === 'other' ? 'branch' : event.kind,
    headSha: 'headSha' in event ? event.headSha : null,
    runUrl,
    workflow: { runId, attempt: runAttempt },
    isPrivate,
    history,
    async head() {
      const sha = await readCheckedOutCommit(context.workspace, join(context.workspace, folder));
      return { sha: sha ?? context.sha, branch, dirty: false, into: mergedInto(context), defaultBranch };
    },
    async baseFile() {
      if (event.kind !== 'pull_request' && event.kind !== 'merge_group') return null;
      return { path, text: await history.fileAt(event.baseSha, path) };
    },
  };
}

/** The commit or branch that the job's commit is to be merged into; none for the default branch's own. */
export function mergedInto({ event, defaultBranch }: Pick<JobContext, 'event' | 'defaultBranch'>): readonly string[] {
  if (event.kind === 'default_branch') return [];
  return [event.kind === 'other' ? defaultBranch : event.baseSha];
}
