import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aRepository, newTestFolder, type TestRepository } from './git.fixture.ts';
import { createGit } from './git.ts';
import { fenceOptions, gitEnvironment } from './git-fence.ts';

/**
 * Each entry of the fence is tried twice with an attack of its own: with the whole fence nothing happens, and without this
 * one entry the attack succeeds. So no entry is there in vain, and none can be dropped unseen.
 */

const home = newTestFolder();
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
let marker: string;
beforeEach(() => {
  marker = join(home, `marker-${++count}`);
});
const newFolder = () => {
  const folder = join(home, `folder-${++count}`);
  mkdirSync(folder);
  return folder;
};

/** The settings of the fence, as the design lists them. */
const CONFIG = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.pager=cat',
  'protocol.ext.allow=never',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=no',
  'gc.auto=0',
  'maintenance.auto=false',
];
const NO_CREDENTIALS = ['core.sshCommand=false', 'credential.helper=', 'credential.interactive=false'];
const VARIABLES = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_ASKPASS: '',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_PROTOCOL_FROM_USER: '0',
};
const OF_OBJECTS = { GIT_NO_LAZY_FETCH: '1' };
const PROTOCOLS = { objects: 'none', isolated: 'https:http:file', user: 'https:http:file:ssh' };

/** A git that only writes down how it was called. */
async function recordedCall(access: keyof typeof PROTOCOLS, env: NodeJS.ProcessEnv = {}) {
  const bin = newFolder();
  const log = join(bin, 'log');
  const dump = `require('fs').writeFileSync(${JSON.stringify(log)}, JSON.stringify({ argv: process.argv.slice(2), env: process.env, cwd: process.cwd() }))`;
  writeFileSync(join(bin, 'dump.cjs'), dump);
  writeFileSync(join(bin, 'git'), `#!/bin/sh\nexec '${process.execPath}' '${join(bin, 'dump.cjs')}' "$@"\n`);
  chmodSync(join(bin, 'git'), 0o755);
  await createGit('/some/repository', { access, env: { ...env, PATH: `${bin}:/usr/bin:/bin` } }).run([
    'rev-parse',
    'HEAD',
  ]);
  return JSON.parse(readFileSync(log, 'utf8')) as { argv: string[]; env: Record<string, string>; cwd: string };
}

describe('what every git is started with', () => {
  it.each(['objects', 'isolated', 'user'] as const)('for access %s', async (access) => {
    const { argv, env, cwd } = await recordedCall(access);
    const config = access === 'user' ? CONFIG : [...CONFIG, ...NO_CREDENTIALS];
    expect(argv.slice(0, 2)).toEqual(['--git-dir=/some/repository', '--no-replace-objects']);
    expect(argv.slice(2, -2)).toEqual(config.flatMap((entry) => ['-c', entry]));
    expect(argv.slice(-2)).toEqual(['rev-parse', 'HEAD']);
    const ofGit = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('GIT_')));
    expect(ofGit).toEqual({
      ...VARIABLES,
      GIT_ALLOW_PROTOCOL: PROTOCOLS[access],
      ...(access === 'objects' && OF_OBJECTS),
    });
    expect(env).toMatchObject({ LC_ALL: 'C', LANGUAGE: '', GCM_INTERACTIVE: 'never' });
    expect(existsSync(join(cwd, '.git'))).toBe(false);
  });

  it('keeps of the environment nothing of git’s but its certificates, and what is no variable of git’s', () => {
    const name = fc.stringMatching(/^(GIT|git|Git)_[A-Z0-9_]{1,20}$/);
    fc.assert(
      fc.property(fc.array(name), fc.stringMatching(/^[A-Z]{1,8}$/), (names, other) => {
        const planted = 'planted';
        const kept = { GIT_SSL_CAINFO: planted, GIT_SSL_CAPATH: planted, [`X_${other}`]: planted };
        const base = { ...Object.fromEntries(names.map((each) => [each, planted])), ...kept };
        for (const access of ['objects', 'isolated'] as const) {
          const env = Object.entries(gitEnvironment(access, base, []));
          expect(Object.fromEntries(env.filter(([, value]) => value === planted))).toEqual(kept);
        }
      }),
    );
  });

  it('keeps on a laptop how that person reaches a remote', () => {
    const own = ['SSH', 'SSH_COMMAND', 'SSH_VARIANT', 'ASKPASS', 'CONFIG_GLOBAL', 'CONFIG_SYSTEM', 'CONFIG_NOSYSTEM'];
    const others = [
      'DIR',
      'CONFIG_COUNT',
      'CONFIG_PARAMETERS',
      'EXEC_PATH',
      'PROXY_COMMAND',
      'SSH_X',
      'ALLOW_PROTOCOL',
    ];
    const base = Object.fromEntries([...own, ...others].map((name) => [`GIT_${name}`, 'planted']));
    const env = Object.entries(gitEnvironment('user', base, []));
    expect(env.filter(([, value]) => value === 'planted').map(([name]) => name)).toEqual(
      own.map((name) => `GIT_${name}`),
    );
  });
});

/** Parts of the fence: settings by their key, variables by their name, `--no-replace-objects`. */
interface Run {
  readonly access?: keyof typeof PROTOCOLS;
  readonly without?: readonly string[];
  readonly args: readonly string[];
  readonly cwd: string;
  readonly input?: string;
  readonly inherited?: NodeJS.ProcessEnv;
  readonly leaked?: NodeJS.ProcessEnv;
}

let person: string;
beforeAll(() => {
  person = newFolder();
});

/** Git itself with the fence, parts of it taken away. */
function run({ access = 'isolated', without = [], args, cwd, input = '', inherited, leaked }: Run) {
  const options = fenceOptions(access);
  const kept: string[] = [];
  for (let i = 0; i < options.length; i++) {
    const entry = options[i]!;
    const pair = entry === '-c' ? [entry, options[++i]!] : [entry];
    if (!without.includes(pair.at(-1)!.split('=')[0]!)) kept.push(...pair);
  }
  const base = { PATH: process.env.PATH, HOME: person, XDG_CONFIG_HOME: person, ...inherited };
  const env = { ...gitEnvironment(access, base, []), ...leaked };
  for (const name of without) delete env[name];
  const { stdout, stderr, status } = spawnSync('git', [...kept, ...args], { cwd, env, input, encoding: 'utf8' });
  return { stdout, stderr, status };
}

/** What the person's own file says in this test. */
const configure = (config: Readonly<Record<string, string>>) => {
  rmSync(join(person, '.gitconfig'), { force: true });
  for (const [key, value] of Object.entries(config)) {
    execFileSync('git', ['config', '--file', join(person, '.gitconfig'), key, value]);
  }
};
const credentials = { args: ['credential', 'fill'], input: 'protocol=https\nhost=example.org\n\n' };

const trap = () => {
  const path = join(newFolder(), 'trap');
  writeFileSync(path, `#!/bin/sh\ntouch ${marker}\nexit 1\n`);
  chmodSync(path, 0o755);
  return path;
};
const hooks = (...names: readonly string[]) => {
  const folder = newFolder();
  for (const name of names) {
    writeFileSync(join(folder, name), `#!/bin/sh\ntouch ${marker}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
};
/** A repository that has reason to be packed anew. */
const untidy = () => {
  const repository = aRepository(newFolder());
  for (const text of ['1', '2', '3']) {
    repository.commit({ a: text });
    repository.git('repack', '--quiet');
  }
  return repository;
};
const withSubmodule = () => {
  const inner = aRepository(newFolder());
  inner.commit({ 'needle.txt': 'needle\n' });
  const outer = aRepository(newFolder());
  outer.git('submodule', '--quiet', 'add', inner.folder, 'inner');
  outer.commit({});
  return outer;
};

interface Attack {
  /** Other entries that would stop the attack as well: they are taken away in both tries. */
  readonly beside?: readonly string[];
  /** Prepares the attack; what it gives runs git and tells whether the attack succeeded. */
  readonly prepare: () => (without: readonly string[]) => boolean;
}

const leavesMarker = (of: (without: readonly string[]) => unknown) => (without: readonly string[]) => {
  of(without);
  return existsSync(marker);
};

const ATTACKS: Readonly<Record<string, Attack>> = {
  'safe.bareRepository': {
    prepare() {
      const bare = aRepository(newFolder(), '--bare');
      return (without) => run({ without, args: ['rev-parse', '--git-dir'], cwd: bare.folder }).status === 0;
    },
  },
  'core.fsmonitor': {
    prepare() {
      const repository = aRepository(newFolder());
      repository.commit({ a: '1' });
      configure({ 'core.fsmonitor': trap() });
      return leavesMarker((without) => run({ without, args: ['status'], cwd: repository.folder }));
    },
  },
  'core.hooksPath': {
    prepare() {
      const repository = aRepository(newFolder());
      repository.commit({ a: '1' });
      configure({ 'core.hooksPath': hooks('reference-transaction') });
      const args = ['update-ref', 'refs/heads/new', 'HEAD'];
      return leavesMarker((without) => run({ without, args, cwd: repository.folder }));
    },
  },
  'core.attributesFile': {
    prepare() {
      const repository = aRepository(newFolder());
      const attributes = join(newFolder(), 'attributes');
      writeFileSync(attributes, '* filter=trap\n');
      configure({ 'core.attributesFile': attributes, 'filter.trap.clean': trap() });
      const args = ['hash-object', '--stdin', '--path=a'];
      return leavesMarker((without) => run({ without, args, cwd: repository.folder, input: 'x' }));
    },
  },
  'core.sshCommand': {
    beside: ['GIT_ALLOW_PROTOCOL'],
    prepare() {
      configure({ 'core.sshCommand': trap() });
      return leavesMarker((without) => run({ without, args: ['ls-remote', 'ssh://127.0.0.1/x'], cwd: home }));
    },
  },
  'credential.helper': {
    prepare() {
      configure({ 'credential.helper': `!touch ${marker};` });
      return leavesMarker((without) => run({ without, ...credentials, cwd: home }));
    },
  },
  'protocol.ext.allow': {
    beside: ['GIT_ALLOW_PROTOCOL'],
    prepare() {
      configure({ 'protocol.ext.allow': 'always' });
      return leavesMarker((without) => run({ without, args: ['ls-remote', `ext::touch ${marker}`], cwd: home }));
    },
  },
  'submodule.recurse': {
    prepare() {
      const { folder } = withSubmodule();
      configure({ 'submodule.recurse': 'true' });
      return (without) => run({ without, args: ['grep', '-l', 'needle'], cwd: folder }).stdout.includes('needle.txt');
    },
  },
  'fetch.recurseSubmodules': {
    beside: ['submodule.recurse'],
    prepare() {
      const outer = withSubmodule();
      const remote = aRepository(newFolder(), '--bare');
      outer.git('remote', 'add', 'origin', remote.folder);
      outer.git('push', '--quiet', 'origin', 'main');
      outer.git('-C', 'inner', 'config', 'remote.origin.uploadpack', trap());
      configure({ 'fetch.recurseSubmodules': 'yes' });
      return leavesMarker((without) => run({ without, args: ['fetch', 'origin'], cwd: outer.folder }));
    },
  },
  'gc.auto': {
    beside: ['core.hooksPath'],
    prepare() {
      const { folder } = untidy();
      configure({ 'gc.autoPackLimit': '1', 'gc.autoDetach': 'false', 'core.hooksPath': hooks('pre-auto-gc') });
      return leavesMarker((without) => run({ without, args: ['gc', '--auto'], cwd: folder }));
    },
  },
  'maintenance.auto': {
    beside: ['core.hooksPath', 'gc.auto'],
    prepare() {
      const repository = untidy();
      const remote = aRepository(newFolder());
      remote.commit({ b: '1' });
      configure({ 'gc.autoPackLimit': '1', 'gc.autoDetach': 'false', 'core.hooksPath': hooks('pre-auto-gc') });
      return leavesMarker((without) => run({ without, args: ['fetch', remote.folder], cwd: repository.folder }));
    },
  },
  '--no-replace-objects': { beside: ['GIT_NO_REPLACE_OBJECTS'], prepare: replacedCommit },
  GIT_NO_REPLACE_OBJECTS: { beside: ['--no-replace-objects'], prepare: replacedCommit },
  GIT_TERMINAL_PROMPT: {
    prepare() {
      configure({});
      return (without) => !run({ without, ...credentials, cwd: home }).stderr.includes('terminal prompts disabled');
    },
  },
  GIT_OPTIONAL_LOCKS: {
    prepare() {
      const repository = aRepository(newFolder());
      repository.commit({ a: '1' });
      utimesSync(join(repository.folder, 'a'), 1, 1);
      const index = join(repository.folder, '.git/index');
      const before = readFileSync(index);
      return (without) => {
        run({ without, args: ['status'], cwd: repository.folder });
        return !readFileSync(index).equals(before);
      };
    },
  },
  GIT_ASKPASS: {
    prepare() {
      configure({ 'core.askPass': trap() });
      return leavesMarker((without) => run({ without, ...credentials, cwd: home }));
    },
  },
  GIT_ALLOW_PROTOCOL: {
    beside: ['protocol.ext.allow'],
    prepare() {
      configure({ 'protocol.ext.allow': 'always' });
      return leavesMarker((without) => run({ without, args: ['ls-remote', `ext::touch ${marker}`], cwd: home }));
    },
  },
  GIT_PROTOCOL_FROM_USER: {
    beside: ['protocol.ext.allow', 'GIT_ALLOW_PROTOCOL'],
    prepare() {
      configure({ 'protocol.ext.allow': 'user' });
      return leavesMarker((without) => run({ without, args: ['ls-remote', `ext::touch ${marker}`], cwd: home }));
    },
  },
  GIT_NO_LAZY_FETCH: { beside: ['GIT_ALLOW_PROTOCOL', 'GIT_PROTOCOL_FROM_USER'], prepare: partialClone },
  'GIT_ALLOW_PROTOCOL of objects': { beside: ['GIT_NO_LAZY_FETCH', 'GIT_PROTOCOL_FROM_USER'], prepare: partialClone },
};

function partialClone() {
  const source = aRepository(newFolder());
  source.commit({ a: '1' });
  source.git('config', 'uploadpack.allowFilter', 'true');
  const partial = newFolder();
  execFileSync('git', ['clone', '-q', '-n', '--filter=blob:none', `file://${source.folder}`, partial], {
    stdio: 'pipe',
  });
  execFileSync('git', ['-C', partial, 'config', 'remote.origin.uploadpack', trap()]);
  return leavesMarker((without) =>
    run({ access: 'objects', without, args: ['cat-file', '-e', 'HEAD:a'], cwd: partial }),
  );
}

function replacedCommit() {
  const repository = aRepository(newFolder());
  repository.commit({ a: '1' });
  repository.git('replace', repository.git('rev-parse', 'HEAD:a'), repository.git('hash-object', '-w', '.git/HEAD'));
  return (without: readonly string[]) =>
    run({ without, args: ['cat-file', 'blob', 'HEAD:a'], cwd: repository.folder }).stdout !== '1';
}

/** Entries that make no difference here, and why they are given all the same. */
const UNSEEN: Readonly<Record<string, string>> = {
  'core.pager': 'git starts a pager on a terminal alone, and our output is a pipe',
  'credential.interactive': 'for Git Credential Manager, and git from 2.48 on',
  GIT_ATTR_NOSYSTEM: 'the attributes of the machine lie where a test may not write',
  GIT_LFS_SKIP_SMUDGE: 'nothing that we run writes files through filters',
};

describe('an entry of the fence', () => {
  it('has an attack of its own, or a reason why it is not seen', () => {
    const entries = [...CONFIG, ...NO_CREDENTIALS].map((entry) => entry.split('=')[0]!);
    const all = [
      '--no-replace-objects',
      ...entries,
      ...Object.keys({ ...VARIABLES, ...OF_OBJECTS }),
      'GIT_ALLOW_PROTOCOL',
    ];
    const tried = Object.keys(ATTACKS).map((title) => title.split(' ')[0]!);
    expect(new Set([...tried, ...Object.keys(UNSEEN)])).toEqual(new Set(all));
  });

  it.each(Object.entries(ATTACKS))('stops its attack, and is needed for it: %s', (title, { beside = [], prepare }) => {
    const entry = title.split(' ')[0]!;
    const succeeds = prepare();
    expect(succeeds([]), 'with the whole fence').toBe(false);
    expect(succeeds(beside), 'with this entry').toBe(false);
    expect(succeeds([...beside, entry]), 'without this entry').toBe(true);
  });
});

interface Leak {
  readonly value: (other: TestRepository, own: TestRepository) => string;
  readonly more?: NodeJS.ProcessEnv;
  readonly args: readonly string[] | ((other: TestRepository, own: TestRepository) => readonly string[]);
  readonly input?: string;
  readonly without?: readonly string[];
  /** Whether it made a file, instead of another answer. */
  readonly marks?: true;
}
const config = ['config', '--get', 'test.leak'] as const;
const leakingConfig = () => {
  const path = join(newFolder(), 'config');
  writeFileSync(path, '[test]\n\tleak = yes\n');
  return path;
};
const ssh = { args: ['ls-remote', 'ssh://127.0.0.1/x'], without: ['GIT_ALLOW_PROTOCOL'], marks: true } as const;

/** Variables that would change what git does, if they were inherited. */
const LEAKS: Readonly<Record<string, Leak>> = {
  GIT_DIR: { value: (other) => join(other.folder, '.git'), args: ['rev-parse', 'HEAD'] },
  GIT_COMMON_DIR: { value: (other) => join(other.folder, '.git'), args: ['rev-parse', '--git-common-dir'] },
  GIT_WORK_TREE: { value: (other) => other.folder, args: ['rev-parse', '--show-toplevel'] },
  GIT_INDEX_FILE: { value: (other) => join(other.folder, '.git/index'), args: ['ls-files'] },
  GIT_OBJECT_DIRECTORY: { value: (other) => join(other.folder, '.git/objects'), args: ['cat-file', '-e', 'HEAD'] },
  GIT_ALTERNATE_OBJECT_DIRECTORIES: {
    value: (other) => join(other.folder, '.git/objects'),
    args: (other) => ['cat-file', '-e', other.git('rev-parse', 'HEAD')],
  },
  GIT_NAMESPACE: { value: () => 'nothing', args: (_, own) => ['ls-remote', own.folder] },
  GIT_REPLACE_REF_BASE: {
    value: () => 'refs/planted/',
    args: ['cat-file', 'blob', 'HEAD:a'],
    without: ['--no-replace-objects', 'GIT_NO_REPLACE_OBJECTS'],
  },
  GIT_GRAFT_FILE: {
    value(_, own) {
      const path = join(newFolder(), 'grafts');
      writeFileSync(path, `${own.git('rev-parse', 'HEAD')}\n`);
      return path;
    },
    args: ['rev-list', 'HEAD'],
  },
  GIT_SHALLOW_FILE: {
    value(_, own) {
      const path = join(newFolder(), 'shallow');
      writeFileSync(path, `${own.git('rev-parse', 'HEAD')}\n`);
      return path;
    },
    args: ['rev-list', 'HEAD'],
  },
  GIT_CEILING_DIRECTORIES: { value: (_, own) => own.folder, args: ['-C', 'folder', 'rev-parse', 'HEAD'] },
  GIT_CONFIG: { value: leakingConfig, args: config },
  GIT_CONFIG_GLOBAL: { value: leakingConfig, args: config },
  GIT_CONFIG_SYSTEM: { value: leakingConfig, args: config },
  GIT_CONFIG_COUNT: {
    value: () => '1',
    more: { GIT_CONFIG_KEY_0: 'test.leak', GIT_CONFIG_VALUE_0: 'yes' },
    args: config,
  },
  GIT_CONFIG_PARAMETERS: { value: () => "'test.leak=yes'", args: config },
  GIT_DEFAULT_HASH: {
    value: () => 'sha256',
    args: ['-c', 'alias.new=!git init -q x && git -C x rev-parse --show-object-format && rm -r x', 'new'],
  },
  GIT_EDITOR: { value: trap, args: ['var', 'GIT_EDITOR'] },
  GIT_EXEC_PATH: {
    value() {
      const folder = newFolder();
      writeFileSync(join(folder, 'git-remote-http'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
      return folder;
    },
    args: ['ls-remote', 'http://127.0.0.1:1/x'],
    marks: true,
  },
  GIT_EXTERNAL_DIFF: { value: trap, args: ['diff', 'HEAD~1', 'HEAD'], marks: true },
  GIT_ASKPASS: { value: trap, ...credentials, marks: true },
  GIT_SSH: { value: trap, ...ssh, without: ['GIT_ALLOW_PROTOCOL', 'core.sshCommand'] },
  GIT_SSH_COMMAND: { value: trap, ...ssh },
  GIT_PROXY_COMMAND: { value: trap, ...ssh, args: ['ls-remote', 'git://127.0.0.1:1/x'] },
  GIT_TEMPLATE_DIR: {
    value: () => hooks('planted'),
    args: ['-c', 'alias.new=!git init -q x && ls x/.git && rm -r x', 'new'],
  },
  GIT_TRACE: { value: () => marker, args: ['rev-parse', 'HEAD'], marks: true },
  GIT_TRACE2_EVENT: { value: () => marker, args: ['rev-parse', 'HEAD'], marks: true },
  GIT_LITERAL_PATHSPECS: { value: () => '1', args: ['ls-files', '*'] },
};

describe('a variable of the environment', () => {
  it.each(Object.entries(LEAKS))('is not inherited, where it would matter: %s', (name, leak) => {
    configure({});
    const [own, other] = [aRepository(newFolder()), aRepository(newFolder())];
    own.commit({ a: '0', 'folder/b': '0' });
    own.commit({ a: '1' });
    other.commit({ c: '2' });
    own.git('update-ref', `refs/planted/${own.git('rev-parse', 'HEAD:a')}`, own.git('hash-object', '-w', '.git/HEAD'));
    const { without = [], input = '' } = leak;
    const variables = { [name]: leak.value(other, own), ...leak.more };
    const args = typeof leak.args === 'function' ? leak.args(other, own) : leak.args;
    const answer = (of: Pick<Run, 'inherited' | 'leaked'>) => {
      rmSync(marker, { force: true });
      const { stdout, status } = run({ args, input, without, cwd: own.folder, ...of });
      return leak.marks ? existsSync(marker) : `${status} ${stdout}`;
    };
    const usual = answer({});
    expect(answer({ inherited: variables }), 'behind the fence').toEqual(usual);
    expect(answer({ leaked: variables }), 'past the fence').not.toEqual(usual);
  });
});
