import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import type { CommandCall, CommandEnd, ExchangeFolder, ProcessRunner } from '../../ports/process-runner.ts';
import { suggest } from '../../registry/suggest.ts';
import { errorCode, writeError } from '../files.ts';
import { childEnvironment } from './child-environment.ts';
import { signalGroup, watchFolder, watchGroup } from './process-group.ts';
import { createTextTail } from './text-tail.ts';
import { readWrittenFile } from './written-file.ts';

/** Seconds between SIGTERM and SIGKILL. */
const GRACE_SECONDS = 5;
/** Seconds to wait for output after a command has ended: a process that left its group may hold the pipe open. */
const DRAIN_SECONDS = 1;

/**
 * Runs commands in the project's folder, each in its own process group. The whole group is killed when the command ends, when
 * it times out, and when this process ends. Of the output only the last lines are kept.
 */
export function createProcessRunner(options: {
  /** The folder of the project. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly graceSeconds?: number;
}): ProcessRunner {
  const { root, graceSeconds = GRACE_SECONDS } = options;
  const env = childEnvironment(options.env);
  return {
    async withFolder(work) {
      const folder = await mkdtemp(join(tmpdir(), 'mlops-fold-'));
      const watched = watchFolder(folder);
      const at = (name: string) => join(folder, name);
      const exchange: ExchangeFolder = {
        path: at,
        write: (name, pieces) =>
          writeFile(at(name), pieces).catch((cause) => {
            throw writeError(at(name), cause);
          }),
        read: (name, maxBytes) => readWrittenFile(at(name), maxBytes),
        run: (call) => run(root, env, call, graceSeconds),
      };
      try {
        return await work(exchange);
      } finally {
        await rm(folder, { recursive: true, force: true });
        watched.forget();
      }
    },
  };
}

async function run(
  root: string,
  inherited: Readonly<Record<string, string>>,
  { command, env, timeoutSeconds }: CommandCall,
  graceSeconds: number,
): Promise<CommandEnd> {
  const [program = '', ...args] = command;
  if (program === '') throw new AppError({ message: 'the first item of the command is empty: it must be a program' });
  if ([...command, ...Object.values(env)].some((text) => text.includes('\0')))
    throw new AppError({
      message: `an argument of "${program}" contains a null character`,
      next: 'remove the null character',
    });
  const stdout = createTextTail();
  const stderr = createTextTail();
  const child = spawn(program, args, {
    cwd: root,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const watched = watchGroup(child);
  child.stdout.on('data', stdout.add);
  child.stderr.on('data', stderr.add);
  try {
    const end = await ended(child, timeoutSeconds, graceSeconds);
    return { end, stdout: stdout.text(), stderr: stderr.text() };
  } catch (error) {
    const end = await neverStarted(error, program, root, inherited.PATH ?? '');
    if (!end) throw error;
    return { end, stdout: '', stderr: '' };
  } finally {
    watched.forget();
  }
}

function ended(
  child: ChildProcess & { readonly stdout: NodeJS.ReadableStream; readonly stderr: NodeJS.ReadableStream },
  timeoutSeconds: number,
  graceSeconds: number,
): Promise<CommandEnd['end']> {
  return new Promise((done, fail) => {
    let isLate = false;
    const timers = [
      setTimeout(() => {
        isLate = true;
        signalGroup(child, 'SIGTERM');
        timers.push(setTimeout(() => signalGroup(child, 'SIGKILL'), graceSeconds * 1000));
      }, timeoutSeconds * 1000),
    ];
    const stop = () => {
      for (const timer of timers) clearTimeout(timer);
    };
    child.once('error', (cause) => {
      stop();
      fail(cause);
    });
    child.once('exit', (code, signal) => {
      stop();
      signalGroup(child, 'SIGKILL');
      const end: CommandEnd['end'] = isLate
        ? { kind: 'timeout' }
        : code === null
          ? { kind: 'signal', signal: signal! }
          : { kind: 'exit', code };
      const drained = setTimeout(() => {
        (child.stdout as NodeJS.ReadableStream & { destroy(): void }).destroy();
        (child.stderr as NodeJS.ReadableStream & { destroy(): void }).destroy();
      }, DRAIN_SECONDS * 1000);
      child.once('close', () => {
        clearTimeout(drained);
        done(end);
      });
    });
  });
}

/** Why a program could not be started; undefined when the error is not from a system call. */
async function neverStarted(
  error: unknown,
  program: string,
  root: string,
  path: string,
): Promise<CommandEnd['end'] | undefined> {
  const code = errorCode(error);
  const isPath = /[\\/]/.test(program);
  const folders = isPath ? [resolve(root, program, '..')] : path.split(delimiter).filter((folder) => folder !== '');
  const looked = isPath
    ? resolve(root, program)
    : `not in any folder of PATH (${path.slice(0, 300)}${path.length > 300 ? '…' : ''})`;
  if (code === 'EACCES') return { kind: 'not_executable', looked, near: null };
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    if (code === undefined) return undefined;
    throw new AppError({ message: `"${program}" could not be started (${code})` }, { cause: error });
  }
  if (isPath && (await stat(resolve(root, program)).catch(() => null))?.isFile())
    return {
      kind: 'not_executable',
      looked: `${looked} exists, but the interpreter in its first line does not`,
      near: null,
    };
  const lists = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  const near = suggest(program.split(/[\\/]/).at(-1)!, new Set(lists.flat()));
  return { kind: 'not_found', looked, near: near ?? null };
}
