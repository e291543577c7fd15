import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

/** What must not outlive this process: process groups, by the id of their first process, and folders. */
const groups = new Set<number>();
const folders = new Set<string>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Sends a signal to a command and the processes it started, except those that started their own session. On Windows, which
 * has no process groups, only to the command.
 */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') child.kill(signal);
  else killGroup(child.pid, signal);
}

/** Kills the group when this process ends, unless `forget` was called. */
export function watchGroup({ pid }: ChildProcess): { forget(): void } {
  if (pid === undefined) return { forget: () => {} };
  return watch(groups, pid);
}

/** Removes the folder when this process ends, unless `forget` was called. */
export function watchFolder(path: string): { forget(): void } {
  return watch(folders, path);
}

function watch<T>(set: Set<T>, item: T): { forget(): void } {
  if (groups.size + folders.size === 0) {
    process.on('exit', endAll);
    for (const signal of SIGNALS) process.on(signal, endBySignal);
  }
  set.add(item);
  return {
    forget() {
      set.delete(item);
      if (groups.size + folders.size > 0) return;
      process.off('exit', endAll);
      for (const signal of SIGNALS) process.off(signal, endBySignal);
    },
  };
}

function endAll(): void {
  for (const pid of groups) killGroup(pid, 'SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Cleans up, then ends this process by the same signal, as it would have ended without this handler. */
function endBySignal(signal: NodeJS.Signals): void {
  endAll();
  process.off('exit', endAll);
  for (const each of SIGNALS) process.off(each, endBySignal);
  process.kill(process.pid, signal);
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has already ended.
  }
}
