import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { AppError } from '../../errors/app-error.ts';
import { fenceOptions, type GitAccess, type GitConfig, gitEnvironment } from './git-fence.ts';
import { findGit } from './git-program.ts';

/** A git command that failed: how it ended and what it said, without credentials. */
export class GitError extends AppError {
  /** `null` when git could not be started or was stopped at its time limit. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly kind: 'failed' | 'missing' | 'timeout';

  constructor(
    message: string,
    of: Pick<GitError, 'exitCode' | 'stdout' | 'stderr' | 'kind'> & { readonly next?: string },
    options?: ErrorOptions,
  ) {
    const found = of.stderr.trim().split('\n').slice(-5).join(' ').slice(0, 1000);
    super({ message, ...(found ? { found } : {}), ...(of.next ? { next: of.next } : {}) }, options);
    this.exitCode = of.exitCode;
    this.stdout = of.stdout;
    this.stderr = of.stderr;
    this.kind = of.kind;
  }
}

interface GitRunOptions {
  readonly input?: string | Uint8Array;
  /** Milliseconds; 60,000 by default. */
  readonly timeout?: number;
}

/** Git for one repository. Arguments reach it as they are: there is no shell. */
export interface Git {
  /**
   * Standard output of a git command.
   *
   * @throws GitError when it fails, is not installed or takes too long.
   */
  run(args: readonly string[], options?: GitRunOptions): Promise<string>;
  runBytes(args: readonly string[], options?: GitRunOptions): Promise<Buffer>;
  /** Standard output, or undefined when git ran but said no. */
  tryRun(args: readonly string[], options?: GitRunOptions): Promise<string | undefined>;
}

export interface GitOptions {
  /** `isolated` by default. */
  readonly access?: GitAccess;
  /** A folder that others write to: no git is started from there. */
  readonly workspace?: string | undefined;
  /** The environment to start from, by default this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Configuration for these commands only. */
  readonly config?: GitConfig;
  /** Texts to be blacked out in errors. */
  readonly secrets?: readonly string[];
}

/**
 * Git for one repository. It is named, never looked for: a repository that a change brings along is not found by accident,
 * and the configuration of the one that is named starts no program.
 *
 * @param gitDir absolute path of the repository: `.git` of a clone, or a bare one.
 */
export function createGit(gitDir: string, options: GitOptions = {}): Git {
  const { access = 'isolated', env: base = process.env, config = [], secrets = [], workspace } = options;
  const { path: program, env } = findGit(gitEnvironment(access, base, config), workspace);
  const before = [`--git-dir=${gitDir}`, ...fenceOptions(access)];
  const redact = (text: string) =>
    secrets
      .filter((secret) => secret !== '')
      .reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
      .replace(/(\/\/)[^/@\s]+@/g, '$1***@');
  const runBytes = async (args: readonly string[], run: GitRunOptions = {}) => {
    if (access === 'objects' && !OF_OBJECTS.has(args[0]!)) throw new Error(`git ${args[0]} reads more than objects`);
    return execute({ program, env, before, redact }, args, run);
  };
  return {
    runBytes,
    run: async (args, run) => (await runBytes(args, run)).toString('utf8'),
    async tryRun(args, run) {
      try {
        return (await runBytes(args, run)).toString('utf8');
      } catch (error) {
        if (error instanceof GitError && error.kind === 'failed') return undefined;
        throw error;
      }
    },
  };
}

/** Commands that read commits, trees and blobs, and neither files nor the index. */
const OF_OBJECTS: ReadonlySet<string> = new Set([
  'rev-parse',
  'symbolic-ref',
  'cat-file',
  'ls-tree',
  'rev-list',
  'merge-base',
]);

function execute(
  git: {
    readonly program: string | undefined;
    readonly env: NodeJS.ProcessEnv;
    readonly before: readonly string[];
    readonly redact: (text: string) => string;
  },
  args: readonly string[],
  { input = '', timeout = 60_000 }: GitRunOptions,
): Promise<Buffer> {
  const { program, env, before, redact } = git;
  return new Promise((resolve, reject) => {
    const command = `git ${args[0]}`;
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const output = () => ({
      stdout: redact(Buffer.concat(out).toString('utf8')),
      stderr: redact(Buffer.concat(err).toString('utf8')),
    });
    const cannotStart = (cause?: unknown) =>
      new GitError(
        `${command} could not be started`,
        { ...output(), exitCode: null, kind: 'missing', next: 'install git, outside the project' },
        { cause },
      );
    if (program === undefined) return reject(cannotStart());
    const child = spawn(program, [...before, ...args], { cwd: tmpdir(), env, stdio: 'pipe', windowsHide: true });
    const timer = setTimeout(() => {
      child.kill();
      // A helper that git started may hold the pipes open; nobody waits for it.
      child.stdout.destroy();
      child.stderr.destroy();
      const next = 'check the network and try again';
      reject(
        new GitError(`${command} took longer than ${timeout / 1000} s`, {
          ...output(),
          exitCode: null,
          kind: 'timeout',
          next,
        }),
      );
    }, timeout);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => {}); // git may end before it has read everything; its exit code tells
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(cannotStart(cause));
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      if (exitCode === 0) resolve(Buffer.concat(out));
      else reject(new GitError(`${command} failed`, { ...output(), exitCode, kind: 'failed' }));
    });
    child.stdin.end(input);
  });
}

/** Whether there is a git that may be started. */
export function hasGit(env: NodeJS.ProcessEnv, workspace: string): boolean {
  return findGit(env, workspace).path !== undefined;
}
