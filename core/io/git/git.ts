import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { AppError } from '../../errors/app-error.ts';

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

/** Git in one folder. Arguments reach it as they are: there is no shell. */
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

/** Configuration handed over in the environment, so that no secret shows in a process list or lies in a file. */
export type GitConfig = readonly (readonly [key: string, value: string])[];

/** The configuration that authenticates against a server as GitHub wants it of a token. */
export function tokenConfig(serverUrl: string, token: string): GitConfig {
  const key = `http.${serverUrl.replace(/\/+$/, '')}/.extraheader`;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  // The empty value first drops a header the user's own configuration has: two of them are refused.
  return [
    [key, ''],
    [key, `AUTHORIZATION: basic ${basic}`],
  ];
}

/**
 * Git in `cwd`, never asking for a password and speaking English. What points git at another repository
 * (`GIT_DIR`, as a hook has it) is dropped from the environment.
 *
 * @param options.env the environment to start from, by default this process's.
 * @param options.gitDir the repository, where it is not to be looked for from `cwd`.
 * @param options.config configuration for these commands only.
 * @param options.secrets texts to be blacked out in errors.
 */
export function createGit(
  cwd: string,
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly gitDir?: string;
    readonly config?: GitConfig;
    readonly secrets?: readonly string[];
  } = {},
): Git {
  const env = gitEnvironment(options.env ?? process.env, options.config ?? []);
  if (options.gitDir !== undefined) env.GIT_DIR = options.gitDir;
  const redact = (text: string) =>
    (options.secrets ?? [])
      .filter((secret) => secret !== '')
      .reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
      .replace(/(\/\/)[^/@\s]+@/g, '$1***@');
  const runBytes = (args: readonly string[], run: GitRunOptions = {}) => execute(cwd, env, args, run, redact);
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

function execute(
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  { input = '', timeout = 60_000 }: GitRunOptions,
  redact: (text: string) => string,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const command = `git ${args[0]}`;
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const output = () => ({
      stdout: redact(Buffer.concat(out).toString('utf8')),
      stderr: redact(Buffer.concat(err).toString('utf8')),
    });
    const child = spawn('git', args, { cwd, env, stdio: 'pipe', windowsHide: true });
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
      const lacksFolder = !existsSync(cwd);
      reject(
        new GitError(
          lacksFolder ? `${command}: there is no folder ${cwd}` : `${command} could not be started`,
          { ...output(), exitCode: null, kind: 'missing', next: lacksFolder ? 'check the path' : 'install git' },
          { cause },
        ),
      );
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      if (exitCode === 0) resolve(Buffer.concat(out));
      else reject(new GitError(`${command} failed`, { ...output(), exitCode, kind: 'failed', ...advice(err, cwd) }));
    });
    child.stdin.end(input);
  });
}

function advice(err: readonly Buffer[], cwd: string): { next?: string } {
  const foreign = Buffer.concat(err).includes('detected dubious ownership');
  return foreign ? { next: `if you trust it: git config --global --add safe.directory ${cwd}` } : {};
}

/** What ties a process to one repository: `git rev-parse --local-env-vars` but for the configuration, which adds up. */
const REPOSITORY_VARIABLES = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
];

function gitEnvironment(base: NodeJS.ProcessEnv, config: GitConfig): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...base };
  for (const name of REPOSITORY_VARIABLES) delete env[name];
  for (const name of Object.keys(env)) if (name.startsWith('GIT_TRACE')) delete env[name];
  Object.assign(env, {
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    // Set, even to nothing, it keeps git from opening a window to ask.
    GIT_ASKPASS: base.GIT_ASKPASS ?? '',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
    LANGUAGE: '',
  });
  const count = Number.parseInt(base.GIT_CONFIG_COUNT ?? '0', 10) || 0;
  config.forEach(([key, value], i) => {
    env[`GIT_CONFIG_KEY_${count + i}`] = key;
    env[`GIT_CONFIG_VALUE_${count + i}`] = value;
  });
  env.GIT_CONFIG_COUNT = String(count + config.length);
  return env;
}
