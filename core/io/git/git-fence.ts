/**
 * What a git process may reach. `objects`: a repository that others have written to is read, and nothing is fetched.
 * `isolated`: our own repository talks to a remote with what we give it. `user`: the same for a person on a laptop, whose
 * own ssh and credential helpers reach `origin`.
 */
export type GitAccess = 'objects' | 'isolated' | 'user';

/** Settings of git, in order. */
export type GitConfig = readonly (readonly [key: string, value: string])[];

/** On the command line these win over every file, so that no repository's configuration starts a program. */
const CONFIG: GitConfig = [
  ['safe.bareRepository', 'explicit'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.attributesFile', '/dev/null'],
  ['core.pager', 'cat'],
  ['protocol.ext.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'no'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];
const NO_CREDENTIALS: GitConfig = [
  ['core.sshCommand', 'false'],
  ['credential.helper', ''],
  ['credential.interactive', 'false'],
];

/** Options of git itself, before the command. */
export function fenceOptions(access: GitAccess): string[] {
  const config = access === 'user' ? CONFIG : [...CONFIG, ...NO_CREDENTIALS];
  return ['--no-replace-objects', ...config.flatMap(([key, value]) => ['-c', `${key}=${value}`])];
}

const VARIABLES = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_PROTOCOL_FROM_USER: '0',
  // Set, even to nothing, it keeps git from `core.askPass` and `SSH_ASKPASS`, which open a window.
  GIT_ASKPASS: '',
  GCM_INTERACTIVE: 'never',
  // What git says is read.
  LC_ALL: 'C',
  LANGUAGE: '',
};
/**
 * A partial clone fetches what it lacks by its own settings, and `remote.<name>.uploadpack` is one of them. Older versions of git
 * do not know the variable that forbids it; they know no transport of this name.
 */
const NO_TRANSPORT = { GIT_NO_LAZY_FETCH: '1' };
const PROTOCOLS: Readonly<Record<GitAccess, string>> = {
  objects: 'none',
  isolated: 'https:http:file',
  user: 'https:http:file:ssh',
};

const KEPT = /^GIT_SSL_CA(INFO|PATH)$/i;
/** How a person reaches a remote, and where their settings for it lie. */
const KEPT_OF_USER = /^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|CONFIG_GLOBAL|CONFIG_SYSTEM|CONFIG_NOSYSTEM)$/i;

/**
 * The environment of a git that asks for no password and is tied to no repository.
 *
 * @param config settings handed over in the environment, so that no secret shows in a process list or lies in a file.
 */
export function gitEnvironment(access: GitAccess, base: NodeJS.ProcessEnv, config: GitConfig): NodeJS.ProcessEnv {
  const isKept = (name: string) =>
    !/^GIT_/i.test(name) || KEPT.test(name) || (access === 'user' && KEPT_OF_USER.test(name));
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => isKept(name)));
  const env: NodeJS.ProcessEnv = { ...kept, ...VARIABLES, GIT_ALLOW_PROTOCOL: PROTOCOLS[access] };
  if (access === 'objects') Object.assign(env, NO_TRANSPORT);
  if (kept.GIT_ASKPASS !== undefined) env.GIT_ASKPASS = kept.GIT_ASKPASS;
  config.forEach(([key, value], i) => {
    env[`GIT_CONFIG_KEY_${i}`] = key;
    env[`GIT_CONFIG_VALUE_${i}`] = value;
  });
  if (config.length > 0) env.GIT_CONFIG_COUNT = String(config.length);
  return env;
}
