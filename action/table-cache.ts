import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setSecret } from '@actions/core';
import type { LfsObject } from '../core/ports/commit-tree.ts';
import type { Log } from '../core/ports/log.ts';
import { type CacheTask, SELF } from './cache-client.ts';

/** The cache of Actions, for tables. Nothing that goes wrong with it is an error. */
export interface TableCache {
  /** Puts what the cache has of a table into the folder. It may be anything: a job of a pull request can write to its branch's cache. */
  restore(object: LfsObject): Promise<void>;
  /** Keeps a table that lies in the folder. */
  save(object: LfsObject): Promise<void>;
}

/** After so long it is quicker to do without. */
const LONGEST_MS = 300_000;

/**
 * The client unpacks with `tar -P`, so an archive could write over any file of the runner: over this program, or git. This stands in for
 * `tar` while it unpacks. It writes the content of the archive's files to one file, and no more of it than the table has bytes.
 */
const TAR = `#!/bin/sh
PATH=\${PATH#*:}
export PATH
tar "$@" --to-stdout | head -c "$MLOPS_MOST_BYTES" > "$MLOPS_TABLE"
`;

/**
 * The client of the cache runs in a process of its own: its `tar` is ours, and what it prints, such as warnings that the page of the run
 * would show, is for the debug log. Without Linux it looks for `tar` in other ways, so nothing is cached there.
 *
 * @param folder of tables, named by their SHA-256.
 */
export function createTableCache(
  folder: string,
  {
    env,
    log,
    platform = process.platform,
  }: {
    readonly env: NodeJS.ProcessEnv;
    readonly log: Pick<Log, 'info' | 'debug'>;
    readonly platform?: NodeJS.Platform;
  },
): TableCache {
  let isUsable = platform === 'linux' && !folder.includes(delimiter);
  const tools = join(folder, 'tools');
  return {
    async restore(object) {
      if (!isUsable) return;
      const table = join(folder, object.sha256);
      await rm(table, { recursive: true, force: true });
      await mkdir(tools, { recursive: true });
      await writeFile(join(tools, 'tar'), TAR, { mode: 0o755 });
      const failure = await runClient(['restore', object.sha256], folder, log, {
        ...env,
        PATH: `${tools}${delimiter}${env.PATH ?? ''}`,
        MLOPS_TABLE: table,
        MLOPS_MOST_BYTES: String(object.bytes + 1),
      });
      if (failure === null) return;
      // Each further table would wait for it again.
      isUsable = false;
      log.info(`tables are not cached: ${failure}`);
    },
    async save({ sha256 }) {
      const failure = isUsable ? await runClient(['save', sha256], folder, log, env) : null;
      if (failure !== null) log.info(`the cache does not keep the table: ${failure}`);
    },
  };
}

/** @returns the first thing that the client complains of; null when there is none. */
async function runClient(
  task: readonly [CacheTask, string],
  folder: string,
  log: Pick<Log, 'debug'>,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  const client = spawn(process.execPath, [...process.execArgv, process.argv[1]!, SELF, ...task], {
    cwd: folder,
    // Archives are made in the one, and hold paths from the other.
    env: { ...env, RUNNER_TEMP: folder, GITHUB_WORKSPACE: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
  });
  const ended = new Promise<string | null>((done) => {
    client.on('error', (error) => done(error.message));
    client.on('close', (code, signal) => done(code === 0 ? null : `its client ended with ${code ?? signal}`));
  });
  createInterface(client.stderr).on('line', log.debug);
  let complaint: string | null = null;
  for await (const line of createInterface(client.stdout)) {
    const [, command, value = ''] = /^::(add-mask|debug|warning|error)::(.*)$/.exec(line) ?? [];
    const said = command === undefined ? line : decoded(value);
    if (command === 'add-mask') setSecret(said);
    else log.debug(said);
    if (command === 'warning' || command === 'error') complaint ??= said;
  }
  return complaint ?? (await ended);
}

/** A value as workflow commands encode it. */
function decoded(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
