import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StoreError } from '../../errors/app-error.ts';
import type { BranchContent, BranchView, RecordBranch } from '../../records/record-branch.ts';
import { backOff, branchBusy, WRITE_ATTEMPTS } from '../../records/write-attempts.ts';
import { writeError } from '../files.ts';
import { createGit, type Git, GitError } from './git.ts';
import type { GitAccess } from './git-fence.ts';
import { viewOf, writeCommit } from './git-objects.ts';
import { type Remote, remoteConfig, remoteSecrets } from './git-remote.ts';
import { explainRemote, isStaleCache, remoteFailure, remoteSaid } from './git-remote-failure.ts';

export interface GitBranchOptions extends Remote {
  readonly branch: string;
  /** What of the remote is read, by default the branch: a clone has it as `refs/remotes/origin/<branch>`. */
  readonly ref?: string;
  /**
   * Folder for a private bare repository, made when needed; only a cache. Nobody else may write to it: a repository that
   * a change brings along must not stand in its place.
   */
  readonly workDir: string;
  /** How the remote is reached: with the token alone by default, or with what the user has for it. */
  readonly access?: GitAccess;
  /** A folder that others write to: no git is started from there. */
  readonly workspace?: string;
  /** A number in [0, 1), for the back-off. */
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Told when something had to be mended. */
  readonly warn?: (message: string) => void;
}

/** A branch of a remote repository, written and read by git alone. */
interface GitBranch extends RecordBranch {
  /**
   * As `commit`, but the branch then has these files alone and this commit alone: what was there before belongs to no
   * branch any more, so that the branch does not grow. Nothing that the plan has not seen is replaced.
   */
  replace(plan: (view: BranchView) => Promise<BranchContent | undefined>): Promise<void>;
}

/** Tries against a remote that cannot be reached at all. */
const NETWORK_ATTEMPTS = 4;
/** Tries against a lock in the cache, before its owner is taken for dead. */
const LOCK_ATTEMPTS = 3;
const TRANSFER = { timeout: 120_000 };

export function createGitBranch(options: GitBranchOptions): GitBranch {
  const { branch, random = Math.random } = options;
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  const ref = options.ref ?? `refs/heads/${branch}`;
  const workDir = resolve(options.workDir);
  const git = createGit(workDir, {
    access: options.access ?? 'isolated',
    workspace: options.workspace,
    config: [...remoteConfig(options), ['push.gpgSign', 'false'], ['push.followTags', 'false']],
    secrets: remoteSecrets(options),
  });

  let opened: Promise<void> | undefined;
  let newest: BranchView | undefined;
  const open = async () => {
    await mkdir(workDir, { recursive: true }).catch((cause) => {
      throw writeError(workDir, cause);
    });
    if ((await git.tryRun(['check-ref-format', ref])) === undefined) {
      throw new StoreError({ message: 'not a branch name', found: branch, next: 'set tracking.branch' });
    }
    await git.run(['init', '--quiet', '--bare', '--template=']);
  };

  const newestView = async () => {
    opened ??= open().catch((error) => {
      opened = undefined;
      throw error;
    });
    await opened;
    newest = viewOf(git, await fetchHead(git, ref));
    return newest;
  };

  /** Whatever a process that died left in the cache: it goes, and is fetched again. */
  const mend = async ({ problems: [problem] }: GitError) => {
    options.warn?.(`${workDir} is made anew, since git cannot use it: ${problem!.found ?? problem!.message}`);
    opened = undefined;
    await rm(workDir, { recursive: true, force: true, maxRetries: 3 });
  };

  async function retrying<T>(act: () => Promise<T>): Promise<T> {
    let networkFailures = 0;
    let isMended = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof GitError)) throw error;
        newest = undefined;
        const failure = remoteFailure(error);
        if (!isMended && isStaleCache(error, failure, workDir) && (failure === 'unknown' || attempt >= LOCK_ATTEMPTS)) {
          await mend(error);
          isMended = true;
          continue;
        }
        if (failure === 'network') networkFailures++;
        const hopeless = failure !== 'race' && failure !== 'network';
        if (hopeless || networkFailures >= NETWORK_ATTEMPTS || attempt >= WRITE_ATTEMPTS) {
          if (failure === 'race') throw branchBusy(branch, error, remoteSaid(error));
          throw explainRemote(error, failure, { what: `branch ${branch}`, permission: 'write' }, workDir);
        }
      }
      await sleep(backOff(attempt, random));
    }
  }

  // One at a time: two fetches into one repository would be in each other's way.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => retrying(act));
    last = turn.catch(() => {});
    return turn;
  };

  const push = (commit: string, ...options: readonly string[]) =>
    git.run(['push', '--quiet', '--porcelain', '--no-verify', ...options, 'origin', `${commit}:${ref}`], TRANSFER);

  return {
    description: `branch ${branch} of ${options.remote.replace(/(\/\/)[^/@\s]+@/, '$1')}`,
    read: (use) => inTurn(async () => use(await newestView())),
    reread: (use) => inTurn(async () => use(newest ?? (await newestView()))),
    commit: (plan) =>
      inTurn(async () => {
        const view = await newestView();
        const change = await plan(view);
        if (change) await push(await writeCommit(git, view.head, change));
      }),
    replace: (plan) =>
      inTurn(async () => {
        const view = await newestView();
        const content = await plan(view);
        if (!content) return;
        const lease = `--force-with-lease=${ref}:${view.head ?? ''}`;
        await push(await writeCommit(git, undefined, content), lease);
      }),
  };
}

/** The head of the branch, its commit and files fetched; undefined when there is no branch. */
async function fetchHead(git: Git, ref: string): Promise<string | undefined> {
  const lines = (await git.run(['ls-remote', '--refs', 'origin', ref], TRANSFER)).split('\n');
  const head = lines.map((line) => line.split('\t')).find(([, name]) => name === ref)?.[0];
  if (head === undefined || (await git.tryRun(['cat-file', '-e', `${head}^{commit}`])) !== undefined) return head;
  const refspec = `+${ref}:refs/mlops/head`;
  await git.run(['fetch', '--quiet', '--depth=1', '--no-tags', '--no-write-fetch-head', 'origin', refspec], TRANSFER);
  return (await git.run(['rev-parse', '--verify', 'refs/mlops/head'])).trim();
}
