import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = 'v0.2.89';

/** The runner `act`, of one version; built from Go's module proxy and kept in the user's cache when it is not there. */
export async function findAct(): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mlops-action', `act-${VERSION}`);
  const act = join(folder, 'act');
  if (!existsSync(act)) {
    execFileSync('go', ['install', `github.com/nektos/act@${VERSION}`], {
      env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }
  return act;
}
