import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StoreError } from '../../errors/app-error.ts';
import { writeError } from '../files.ts';
import { createGit, type Git, GitError, tokenConfig } from './git.ts';
import type { GitAccess, GitConfig } from './git-fence.ts';
import { explainRemote, isStaleCache, remoteFailure } from './git-remote-failure.ts';

export interface GitBranchOptions {
  /** URL or folder of the repository that has the branch. */
  readonly remote: string;
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
  readonly token?: string;
  /** The server the token is for; by default the origin of `remote`. */
  readonly serverUrl?: string;
  /** `Name <address>` of the commits. */
  readonly author: string;
  /** A number in [0, 1), for the back-off. */
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Told when something had to be mended. */
  readonly warn?: (message: string) => void;
}

/** A file of the branch; `text` is absent when it is no regular file or larger than asked for. */
interface BranchFile {
  readonly path: string;
  readonly text?: string;
}

/** The branch as one commit has it. */
interface BranchView {
  /** Undefined while there is no branch. */
  readonly head: string | undefined;
  /** Texts of those of the files that exist, by path. */
  read(paths: readonly string[]): Promise<Map<string, string>>;
  /** Paths and object ids of all files below a folder, at any depth; no id for what is no regular file or larger than that. */
  tree(folder: string, maxBytes: number): Promise<{ readonly path: string; readonly object: string | undefined }[]>;
  /** Texts of objects by their ids, all with one process. */
  texts(objects: readonly string[]): Promise<string[]>;
  /** Bytes of all regular files below a folder that are not larger than that, by path. */
  files(folder: string, maxBytes: number): Promise<Map<string, Uint8Array>>;
  /** What `tree` finds, with its texts. */
  list(folder: string, maxBytes: number): Promise<BranchFile[]>;
}

/** A branch of a remote repository, written and read without a working tree. */
interface GitBranch {
  /** What `use` makes of the newest head. It may be asked twice: where the cache is damaged, it is made anew. */
  read<T>(use: (view: BranchView) => Promise<T>): Promise<T>;
  /**
   * Commits what `plan` makes of the newest head, which it may be asked for several times: when another writer was
   * faster, the commit is built anew on what that one left. A branch that does not exist begins with this commit.
   *
   * @throws StoreError when the remote refuses, cannot be reached, or stays too busy.
   */
  commit(plan: (view: BranchView) => Promise<BranchContent | undefined>): Promise<void>;
  /**
   * As `commit`, but the branch then has these files alone and this commit alone: what was there before belongs to no
   * branch any more, so that the branch does not grow. Nothing that the plan has not seen is replaced.
   */
  replace(plan: (view: BranchView) => Promise<BranchContent | undefined>): Promise<void>;
}

interface BranchContent {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly message: string;
}

const ATTEMPTS = 20;
/** Tries against a remote that cannot be reached at all. */
const NETWORK_ATTEMPTS = 4;
/** Tries against a lock in the cache, before its owner is taken for dead. */
const LOCK_ATTEMPTS = 3;
const TRANSFER = { timeout: 120_000 };

/** Full jitter (0.1 s doubling to at most 10 s), together about a minute over all attempts. */
function backOff(attempt: number, random: () => number): number {
  return random() * Math.min(10_000, 100 * 2 ** attempt);
}

export function createGitBranch(options: GitBranchOptions): GitBranch {
  const { branch, author, random = Math.random } = options;
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  if (!/^[^<>\r\n]+ <[^<>\s]+>$/.test(author)) throw new Error(`not an author: ${author}`);
  const ref = options.ref ?? `refs/heads/${branch}`;
  const workDir = resolve(options.workDir);
  const git = createGit(workDir, {
    access: options.access ?? 'isolated',
    workspace: options.workspace,
    config: branchConfig(options),
    secrets:
      options.token === undefined
        ? []
        : [options.token, Buffer.from(`x-access-token:${options.token}`).toString('base64')],
  });

  let opened: Promise<void> | undefined;
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
    return viewOf(git, await fetchHead(git, ref));
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
        const failure = remoteFailure(error);
        if (!isMended && isStaleCache(error, failure, workDir) && (failure === 'unknown' || attempt >= LOCK_ATTEMPTS)) {
          await mend(error);
          isMended = true;
          continue;
        }
        if (failure === 'network') networkFailures++;
        const hopeless = failure !== 'race' && failure !== 'network';
        if (hopeless || networkFailures >= NETWORK_ATTEMPTS || attempt >= ATTEMPTS) {
          throw explainRemote(error, failure, branch, workDir);
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
    read: (use) => inTurn(async () => use(await newestView())),
    commit: (plan) =>
      inTurn(async () => {
        const view = await newestView();
        const change = await plan(view);
        if (change) await push(await writeCommit(git, view.head, author, change));
      }),
    replace: (plan) =>
      inTurn(async () => {
        const view = await newestView();
        const content = await plan(view);
        if (!content) return;
        const lease = `--force-with-lease=${ref}:${view.head ?? ''}`;
        await push(await writeCommit(git, undefined, author, content), lease);
      }),
  };
}

/** The remote and its credentials, and nothing of the user's that would act on our commits. */
function branchConfig({ remote, token, serverUrl }: GitBranchOptions): GitConfig {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(remote);
  const isHost = /^[^/\\]{2,}:/.test(remote);
  const config: [string, string][] = [
    ['remote.origin.url', isUrl || isHost ? remote : resolve(remote)],
    ['push.gpgSign', 'false'],
    ['push.followTags', 'false'],
  ];
  if (token === undefined || !/^https?:/i.test(remote)) return config;
  return [...config, ...tokenConfig(serverUrl ?? new URL(remote).origin, token)];
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

function viewOf(git: Git, head: string | undefined): BranchView {
  const tree = async (pathspecs: readonly string[], maxBytes: number) => {
    if (head === undefined || pathspecs.length === 0) return [];
    const lines = await git.run(['ls-tree', '-r', '-l', '-z', head, '--', ...pathspecs]);
    return lines
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const [mode, , object, size] = line.slice(0, line.indexOf('\t')).split(/ +/);
        const isRegular = mode === '100644' || mode === '100755';
        // Of an object that was cut git gives no size.
        if (isRegular && !/^\d+$/.test(size ?? '')) throw lostObject(object!);
        const isFile = isRegular && Number(size) <= maxBytes;
        return { path: line.slice(line.indexOf('\t') + 1), object: isFile ? object! : undefined };
      });
  };
  const contents = async (entries: Awaited<ReturnType<typeof tree>>): Promise<Map<string, Buffer>> => {
    const readable = entries.flatMap(({ path, object }) => (object === undefined ? [] : [{ path, object }]));
    const blobs = await readObjects(
      git,
      readable.map(({ object }) => object),
    );
    return new Map(readable.map(({ path }, i) => [path, blobs[i]!]));
  };
  const asText = (files: Map<string, Buffer>) =>
    new Map(Array.from(files, ([path, bytes]) => [path, bytes.toString()]));
  return {
    head,
    read: async (paths) => asText(await contents(await tree(paths, Number.POSITIVE_INFINITY))),
    tree: (folder, maxBytes) => tree([`${folder}/`], maxBytes),
    texts: async (objects) => (await readObjects(git, objects)).map((bytes) => bytes.toString()),
    files: async (folder, maxBytes) => contents(await tree([`${folder}/`], maxBytes)),
    async list(folder, maxBytes) {
      const entries = await tree([`${folder}/`], maxBytes);
      const texts = asText(await contents(entries));
      return entries.map(({ path }) => {
        const text = texts.get(path);
        return text === undefined ? { path } : { path, text };
      });
    },
  };
}

/** Contents of objects by name, all with one process. */
async function readObjects(git: Git, names: readonly string[]): Promise<Buffer[]> {
  if (names.length === 0) return [];
  const out = await git.runBytes(['cat-file', '--batch'], { input: `${names.join('\n')}\n` });
  let at = 0;
  return names.map((name) => {
    const end = out.indexOf(10, at);
    const [, size] = out.toString('utf8', at, end).match(/^[0-9a-f]+ blob (\d+)$/) ?? [];
    if (size === undefined) throw lostObject(name);
    at = end + 1 + Number(size) + 1;
    return out.subarray(end + 1, at - 1);
  });
}

/** What the tree names is always there, unless the cache was damaged. */
function lostObject(name: string): GitError {
  return new GitError('git cat-file failed', {
    exitCode: 0,
    stdout: '',
    stderr: `object ${name} is missing`,
    kind: 'failed',
  });
}

/** A commit on top of `head`, or the first one, that adds files; no working tree, no index. */
async function writeCommit(git: Git, head: string | undefined, author: string, change: BranchContent): Promise<string> {
  const ref = `refs/mlops/${randomUUID()}`;
  const data = (content: string | Uint8Array) => [`data ${Buffer.byteLength(content)}\n`, content, '\n'];
  const parts = [`commit ${ref}\ncommitter ${author} now\n`, ...data(change.message)];
  if (head !== undefined) parts.push(`from ${head}\n`);
  for (const [path, content] of change.files) {
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(path)) throw new Error(`not a plain path: ${path}`);
    parts.push(`M 100644 inline ${path}\n`, ...data(content));
  }
  parts.push('done\n');
  const input = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  await git.run(['fast-import', '--quiet', '--date-format=now', '--done'], { input });
  const commit = (await git.run(['rev-parse', '--verify', ref])).trim();
  await git.run(['update-ref', '-d', ref]);
  return commit;
}
