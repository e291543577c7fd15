import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';

/**
 * Whose configuration git may use beside the one we give it. `isolated`: no variable of git's, no ssh, no credential
 * helper. `user`: a person's own on a laptop, so that `origin` can be reached as that person reaches it.
 */
export type GitAccess = 'isolated' | 'user';

/** Configuration handed over in the environment, so that no secret shows in a process list or lies in a file. */
export type GitConfig = readonly (readonly [key: string, value: string])[];

/** On the command line these win over every file, so a repository that somebody planted starts no program. */
const FENCE: GitConfig = [
  ['safe.bareRepository', 'explicit'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['protocol.ext.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'no'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];
const ISOLATED: GitConfig = [
  ['core.attributesFile', '/dev/null'],
  ['core.sshCommand', 'false'],
  ['credential.helper', ''],
  ['credential.interactive', 'false'],
];

/** Options of git itself, before the command. */
export function fenceOptions(access: GitAccess): string[] {
  const config = access === 'user' ? FENCE : [...FENCE, ...ISOLATED];
  return ['--no-replace-objects', ...config.flatMap(([key, value]) => ['-c', `${key}=${value}`])];
}

/** What ties a process to one repository: `git rev-parse --local-env-vars` without the configuration. */
const REPOSITORY_VARIABLE =
  /^GIT_(ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|DIR|GRAFT_FILE|IMPLICIT_WORK_TREE|INDEX_FILE|INTERNAL_SUPER_PREFIX|NAMESPACE|NO_REPLACE_OBJECTS|OBJECT_DIRECTORY|PREFIX|QUARANTINE_PATH|REPLACE_REF_BASE|SHALLOW_FILE|WORK_TREE|TRACE.*)$/i;
const KEPT_WHEN_ISOLATED = /^GIT_SSL_CA(INFO|PATH)$/i;

/** The environment of a git that asks for no password, speaks English, and is tied to no repository. */
export function gitEnvironment(access: GitAccess, base: NodeJS.ProcessEnv, config: GitConfig): NodeJS.ProcessEnv {
  const isDropped = (name: string) =>
    access === 'user' ? REPOSITORY_VARIABLE.test(name) : /^GIT_/i.test(name) && !KEPT_WHEN_ISOLATED.test(name);
  const env = Object.fromEntries(Object.entries(base).filter(([name]) => !isDropped(name)));
  Object.assign(env, {
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    // Set, even to nothing, it keeps git from opening a window to ask.
    GIT_ASKPASS: env.GIT_ASKPASS ?? '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LFS_SKIP_SMUDGE: '1',
    LC_ALL: 'C',
    LANGUAGE: '',
  });
  if (access === 'isolated') {
    Object.assign(env, {
      GIT_ATTR_NOSYSTEM: '1',
      GIT_ALLOW_PROTOCOL: 'https:http:file',
      GIT_PROTOCOL_FROM_USER: '0',
    });
  }
  const count = Number.parseInt(env.GIT_CONFIG_COUNT ?? '0', 10) || 0;
  config.forEach(([key, value], i) => {
    env[`GIT_CONFIG_KEY_${count + i}`] = key;
    env[`GIT_CONFIG_VALUE_${count + i}`] = value;
  });
  env.GIT_CONFIG_COUNT = String(count + config.length);
  return env;
}

/**
 * The absolute path of the first git in `PATH` that does not lie in `workspace`, where a change may bring a program of
 * that name; undefined when there is none.
 */
export function findGit(env: NodeJS.ProcessEnv, workspace: string | undefined): string | undefined {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const searched = Object.entries(env).find(([key]) => /^PATH$/i.test(key))?.[1] ?? '';
  const fence = workspace === undefined ? undefined : realPath(workspace);
  return searched
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find((path) => {
      const found = realPath(path);
      if (found === undefined || !isProgram(found)) return false;
      return fence === undefined || !(isWithin(fence, found) || isWithin(fence, realPath(join(path, '..'))!));
    });
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
