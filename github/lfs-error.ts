import type { LfsObject } from '../core/ports/commit-tree.ts';
import { GithubError } from './github-error.ts';

/** How Git LFS refused: to tell where an object is, the object itself, or its content. */
export interface LfsAnswer {
  readonly asked: 'batch' | 'object' | 'content';
  readonly status: number;
  readonly message: string;
  /** Seconds after which the server wants to be asked again. */
  readonly wait: number;
}

/** What the account that pays has used up, in GitHub's words of today and of before. */
const USED_UP = /budget|quota|bandwidth/i;

/** What to tell of an object that a repository's Git LFS does not give. */
export function lfsRefusal(object: LfsObject, repository: string, { asked, status, message }: LfsAnswer): GithubError {
  const found = `${nameOf(object)}; ${status}: ${message.slice(0, 300)}`;
  if (asked === 'object' && (status === 404 || status === 410)) {
    return new GithubError({
      message: `is a Git LFS pointer, and ${repository} does not have what it names`,
      found: nameOf(object),
      next: `push it from a clone that has it: \`git lfs push --object-id origin ${object.sha256}\`. If only a fork has it, somebody who may write to ${repository} pushes it there. What lies on another server (\`.lfsconfig\`) is fetched by \`lfs: true\` of actions/checkout`,
    });
  }
  if (status === 507 || status === 509 || USED_UP.test(message)) {
    return new GithubError({
      message: `is a Git LFS pointer, and the Git LFS budget of ${repository} is used up`,
      found,
      next: 'who pays for the repository raises the budget for Git LFS on GitHub, or waits for the next month; then re-run the job',
    });
  }
  const isDenied = asked !== 'content' && [401, 403, 404].includes(status);
  return new GithubError({
    message: isDenied
      ? `is a Git LFS pointer, and this job may not read the Git LFS of ${repository}`
      : `is a Git LFS pointer, and Git LFS of ${repository} did not give what it names`,
    found,
    next: isDenied
      ? 'give the job `permissions: contents: read`, and the step its token'
      : 're-run the job in a while; https://www.githubstatus.com tells of outages',
  });
}

/** What to tell when Git LFS does not answer. */
export function lfsUnreachable(object: LfsObject, repository: string, cause: Error): GithubError {
  const why = cause.cause instanceof Error ? cause.cause.message : cause.message;
  return new GithubError(
    {
      message: `is a Git LFS pointer, and Git LFS of ${repository} cannot be reached`,
      found: `${nameOf(object)}; ${why}`,
      next: 'check the network of the runner, then re-run the job',
    },
    { cause },
  );
}

/** What to tell when Git LFS gives other bytes than the pointer names. */
export function lfsDamaged(object: LfsObject, got: string): GithubError {
  return new GithubError({
    message: 'is a Git LFS pointer, and what Git LFS gave is not what it names, so it was thrown away',
    found: got,
    allowed: nameOf(object),
    next: 're-run the job; when it happens again, compare the pointer with a clone: `git lfs fsck --pointers`',
  });
}

function nameOf({ sha256, bytes }: LfsObject): string {
  return `oid sha256:${sha256}, ${bytes} bytes`;
}
