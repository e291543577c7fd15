import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { backOff } from '../../records/write-attempts.ts';
import { writeError } from '../files.ts';
import { createGit, type Git, GitError } from './git.ts';
import { presentObjects } from './git-blobs.ts';
import type { GitAccess } from './git-fence.ts';
import { type Remote, remoteConfig, remoteSecrets } from './git-remote.ts';
import { explainRemote, isStaleCache, remoteFailure } from './git-remote-failure.ts';

/** A private bare repository that commits of a remote are fetched into, one by one and without their history. */
export interface FetchedCommits {
  /**
   * The repository that has the commit and its trees afterwards; its blobs are fetched when they are wanted.
   *
   * @returns null when the remote has no such commit.
   * @throws StoreError when it cannot be reached, or refuses.
   */
  fetchCommit(id: string): Promise<Git | null>;
  /** The repository that has these blobs of such commits afterwards: one request for all of them. */
  fetchBlobs(ids: readonly string[]): Promise<Git>;
}

export interface FetchedCommitsOptions extends Remote {
  /** Folder of the repository, made when needed; only a cache. Nobody else may write to it. */
  readonly workDir: string;
  readonly access: Exclude<GitAccess, 'objects'>;
  /** A folder that others write to: no git is started from there. */
  readonly workspace: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

const ATTEMPTS = 4;
const FETCH = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none'] as const;
const TRANSFER = { timeout: 600_000 };

export function createFetchedCommits(options: FetchedCommitsOptions): FetchedCommits {
  const { access, workspace, env, random = Math.random } = options;
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  const workDir = resolve(options.workDir);
  const git = createGit(workDir, {
    access,
    workspace,
    ...(env ? { env } : {}),
    config: [
      ...remoteConfig(options),
      ['remote.origin.promisor', 'true'],
      ['remote.origin.partialclonefilter', 'blob:none'],
      // We name what we want: there is nothing to find out about what we have.
      ['fetch.negotiationAlgorithm', 'noop'],
    ],
    secrets: remoteSecrets(options),
  });

  let opened: Promise<void> | undefined;
  const open = async (id: string) => {
    await mkdir(workDir, { recursive: true }).catch((cause) => {
      throw writeError(workDir, cause);
    });
    const format = id.length === 64 ? ['--object-format=sha256'] : [];
    await git.run(['init', '--quiet', '--bare', '--template=', ...format]);
  };

  async function retrying<T>(what: string, id: string, act: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        opened ??= open(id);
        await opened;
        return await act();
      } catch (error) {
        opened = undefined;
        if (!(error instanceof GitError) || error.kind === 'missing') throw error;
        const failure = remoteFailure(error);
        const isStale = isStaleCache(error, failure, workDir);
        if (attempt >= ATTEMPTS || !(isStale || failure === 'network')) {
          const kind = failure === 'race' ? 'unknown' : failure;
          throw explainRemote(error, kind, { what, permission: 'read' }, workDir);
        }
        // A process that died there may have left a lock or half a file.
        if (isStale && attempt > 1) await rm(workDir, { recursive: true, force: true, maxRetries: 3 });
      }
      await sleep(backOff(attempt, random));
    }
  }

  // One at a time: two fetches into one repository would be in each other's way.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(what: string, id: string, act: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => retrying(what, id, act));
    last = turn.catch(() => {});
    return turn;
  };

  return {
    fetchCommit: (id) =>
      inTurn(`commit ${id}`, id, async () => {
        // To ask for it in any other way would fetch it, with its whole history.
        if ((await presentObjects(git, [id])).length > 0) return git;
        try {
          await git.run([...FETCH, '--depth=1', 'origin', id], TRANSFER);
        } catch (error) {
          if (error instanceof GitError && isUnknownCommit(error)) return null;
          throw error;
        }
        return git;
      }),
    fetchBlobs: (ids) =>
      inTurn('files of a commit', ids[0]!, async () => {
        await git.run([...FETCH, '--stdin', 'origin'], { ...TRANSFER, input: `${ids.join('\n')}\n` });
        return git;
      }),
  };
}

/** What git says of an id that the remote does not have. */
function isUnknownCommit({ stderr }: GitError): boolean {
  return /not our ref|unadvertised object|couldn't find remote ref|no such remote ref/i.test(stderr);
}
