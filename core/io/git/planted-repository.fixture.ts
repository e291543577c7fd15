import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aRepository } from './git.fixture.ts';

/** Settings of git that run a program. */
const TRAPS = [
  'alias.cat-file',
  'alias.ls-tree',
  'alias.rev-parse',
  'alias.status',
  'core.askPass',
  'core.editor',
  'core.fsmonitor',
  'core.gitProxy',
  'core.pager',
  'core.sshCommand',
  'credential.helper',
  'diff.external',
  'filter.trap.clean',
  'filter.trap.smudge',
  'remote.origin.receivepack',
  'remote.origin.uploadpack',
  'uploadpack.packObjectsHook',
];
const HOOKS = ['post-index-change', 'reference-transaction', 'pre-push', 'post-checkout', 'pre-auto-gc'];

/**
 * Makes a folder a repository as a change can commit it: without `.git`, its `HEAD`, `config`, `index` and objects lie among
 * the files of the project. Whatever of its configuration git runs creates `marker`.
 */
export function plantRepository(folder: string, marker: string): void {
  const planted = aRepository(folder);
  planted.commit({ '.gitattributes': '* filter=trap\n' });
  const run = `sh -c 'touch ${marker}'`;
  for (const trap of TRAPS) planted.git('config', trap, /^alias|^credential/.test(trap) ? `!${run}` : run);
  planted.git('config', 'core.hooksPath', join(folder, 'hooks'));
  planted.git('config', 'core.bare', 'false');
  planted.git('config', 'core.worktree', '.');
  for (const name of readdirSync(join(folder, '.git'))) renameSync(join(folder, '.git', name), join(folder, name));
  rmSync(join(folder, '.git'), { recursive: true });
  mkdirSync(join(folder, 'hooks'), { recursive: true });
  for (const hook of HOOKS) {
    writeFileSync(join(folder, 'hooks', hook), `#!/bin/sh\n${run}\n`);
    chmodSync(join(folder, 'hooks', hook), 0o755);
  }
  if (existsSync(marker)) rmSync(marker);
}
