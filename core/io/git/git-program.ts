import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';

/** The git to start, and the environment in which it finds programs of its own. */
export interface GitProgram {
  /** Its absolute path; undefined when there is none. */
  readonly path: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The first git in `PATH` that does not lie in `workspace`, where a change may bring a program of that name. Folders of
 * `PATH` that are relative, empty or in the workspace are not looked at, by git neither.
 */
export function findGit(env: NodeJS.ProcessEnv, workspace: string | undefined): GitProgram {
  const program = process.platform === 'win32' ? 'git.exe' : 'git';
  const fence = workspace === undefined ? undefined : realPath(workspace);
  const isOutside = (path: string) => {
    const found = realPath(path);
    return found !== undefined && (fence === undefined || !isWithin(fence, found));
  };
  const name = Object.keys(env).find((key) => /^PATH$/i.test(key)) ?? 'PATH';
  const folders = (env[name] ?? '').split(delimiter).filter((folder) => isAbsolute(folder) && isOutside(folder));
  return {
    path: folders.map((folder) => join(folder, program)).find((path) => isOutside(path) && isProgram(path)),
    env: { ...env, [name]: folders.join(delimiter) },
  };
}

/** Whether an absolute path is a folder or lies in it. Both without symlinks. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
