import { StoreError } from '../../errors/app-error.ts';
import type { GitError } from './git.ts';

/** Why talking to a remote failed: another writer was faster, it cannot be reached, it refuses, or something else. */
export type RemoteFailure = 'race' | 'network' | 'denied' | 'unknown';

const DENIED =
  /error: 40[13]\b|HTTP 40[13]\b|Authentication failed|could not read (Username|Password)|unable to get password|Permission (to \S+ )?denied|hook declined|protected branch|GH00\d|repository rule violations|Repository not found|not found$|does not appear to be a git repository|Host key verification/im;
const RACE =
  /\[rejected\]|fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect old value|reference already exists|\.lock': File exists|couldn't find remote ref/i;
const NETWORK =
  /Could not resolve|Connection (reset|refused|timed out|was reset)|Failed to connect|timed out|early EOF|RPC failed|error: (429|5\d\d)\b|hung up|unexpected disconnect|Empty reply|SSL_|GnuTLS|TLS connect|Network is unreachable/i;

/** What a failed fetch or push amounts to, by what git and GitHub say. */
export function remoteFailure(error: GitError): RemoteFailure {
  if (error.kind === 'timeout') return 'network';
  if (error.kind === 'missing') return 'unknown';
  const said = `${error.stdout}\n${error.stderr}`;
  if (DENIED.test(said)) return 'denied';
  if (RACE.test(said)) return 'race';
  return NETWORK.test(said) ? 'network' : 'unknown';
}

/**
 * Whether it may be our own cache of the remote that git cannot use: a process that died there left a lock, or a file that
 * is cut. (What git says of a remote names no file of the cache.)
 */
export function isStaleCache(error: GitError, failure: RemoteFailure, workDir: string): boolean {
  return failure === 'unknown' || (failure === 'race' && error.stderr.includes(`${workDir}/`));
}

/** The error for the user when no further try helps. */
export function explainRemote(
  error: GitError,
  failure: Exclude<RemoteFailure, 'race'>,
  of: { readonly what: string; readonly permission: 'read' | 'write' },
  workDir: string,
): StoreError {
  const explanations: Record<typeof failure, [message: string, next: string]> = {
    network: ['the repository cannot be reached', 'check the network, then run the command again'],
    denied: [
      `the repository refuses access to ${of.what}`,
      `check its address and your access; in a workflow the job needs \`permissions: contents: ${of.permission}\``,
    ],
    unknown: [error.problems[0]!.message, `if it stays so, delete ${workDir}: it is only a cache`],
  };
  const [message, next] = explanations[failure];
  const found = remoteSaid(error);
  return new StoreError({ message, found, next: error.problems[0]!.next ?? next }, { cause: error });
}

export function remoteSaid(error: GitError): string {
  return error.problems[0]!.found ?? (error.stdout.trim().slice(0, 1000) || error.problems[0]!.message);
}
