import { ConfigError } from '../../errors/app-error.ts';
import type { ProcessRunner } from '../../ports/process-runner.ts';

/**
 * Comments on the pull request of the branch that is checked out, as the person whom `gh` knows.
 *
 * @returns the comment's address, as `gh` prints it.
 * @throws ConfigError when `gh` is not there, or does not post it.
 */
export async function postComment(processes: ProcessRunner, comment: string): Promise<string> {
  const command = ['gh', 'pr', 'comment', '--body', comment];
  const { end, stdout, stderr } = await processes.withFolder((folder) =>
    folder.run({ command, env: {}, timeoutSeconds: 60 }),
  );
  if (end.kind === 'exit' && end.code === 0) return stdout.trim();
  const isThere = end.kind !== 'not_found' && end.kind !== 'not_executable';
  throw new ConfigError({
    place: '--post',
    message: isThere ? '`gh` did not post the comment' : '`gh` is not installed',
    ...(stderr.trim() !== '' && { found: stderr.trim() }),
    next: `${isThere ? 'correct that' : 'install it from https://cli.github.com'}, or leave \`--post\` out and comment this yourself: ${comment}`,
  });
}
