import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { LfsObjects } from '../ports/lfs-objects.ts';
import type { Log } from '../ports/log.ts';
import type { WorkerPool } from '../ports/worker-pool.ts';
import { cpuSeconds, readEnvironment } from './environment.ts';
import { fileExists, readText, writeFileAtomic } from './files.ts';
import { openFolderStores } from './folder/folder-stores.ts';
import { createInterruption } from './process/interruption.ts';
import { createProcessRunner } from './process/process-runner.ts';
import { createProjectFiles } from './project-files.ts';
import { type ClosableWorkerPool, createWorkerPool } from './worker-pool.ts';

/**
 * The machine for one command, the same for every door. Nothing is opened before it is used: no thread, no store, no git.
 *
 * @param place.root the project's folder.
 * @param place.cwd the folder that paths of options are relative to.
 * @param place.config the project file, as the user named it, relative to `cwd`.
 * @param place.store the folder of runs, evidence and acceptances.
 * @param place.lfs where tables come from that are Git LFS pointers.
 * @param door what the door alone knows.
 */
export function openPorts<Door extends object>(
  place: {
    readonly root: string;
    readonly cwd: string;
    readonly config: string;
    readonly store: string;
    readonly env: NodeJS.ProcessEnv;
    readonly log: Log;
    readonly lfs?: LfsObjects;
  },
  door: Door,
) {
  const { root, cwd, config, store, env, log, lfs } = place;
  const configPath = resolve(cwd, config);
  const pools: ClosableWorkerPool[] = [];
  const interruption = createInterruption();
  return {
    files: createProjectFiles(root, lfs),
    lfs: lfs ?? null,
    cwdFiles: createProjectFiles(cwd, lfs),
    projectFile: {
      path: config,
      inProject: relative(root, configPath),
      named: (path: string) => nameFrom(root, resolve(cwd, path)),
      read: async () => ((await fileExists(configPath)) ? readText(configPath) : undefined),
      write: (text: string) => writeFileAtomic(configPath, text),
    },
    ...openFolderStores(store),
    workers(threads: number | undefined): WorkerPool {
      const pool = createWorkerPool(threads ?? availableParallelism());
      pools.push(pool);
      return pool;
    },
    processes: createProcessRunner({ root, env }),
    log,
    now: () => new Date(),
    seconds: () => performance.now() / 1000,
    cpuSeconds,
    nonce: randomUUID,
    interruption: interruption.watch,
    environment: readEnvironment,
    /** Ends the threads. */
    async close(): Promise<void> {
      interruption.forget();
      for (const pool of pools) await pool.close();
    },
    ...door,
  };
}

/** A path from a folder, with `/`. It stays absolute on another drive. */
function nameFrom(folder: string, path: string): string {
  const name = relative(folder, path);
  return isAbsolute(name) ? name : name.replaceAll('\\', '/');
}
