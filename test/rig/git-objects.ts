import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the REST API's database of git objects does, by git itself. */
export interface GitObjects {
  writeBlob(bytes: Buffer): string;
  /** A tree with files added to another one; undefined when an object of it is not there. */
  writeTree(base: string | undefined, files: readonly TreeFile[]): string | undefined;
  writeCommit(of: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly name: string;
    readonly email: string;
  }): string;
  /** Branches and other refs whose full name begins so. */
  refs(prefix: string): { readonly name: string; readonly sha: string }[];
  isAncestor(older: string, newer: string): boolean;
  moveRef(name: string, sha: string): void;
  archive(commit: string, folder: string): Buffer;
}

interface TreeFile {
  readonly path: string;
  readonly mode: string;
  readonly sha: string;
}

export function gitObjectsIn(gitDir: string): GitObjects {
  const run = (args: readonly string[], options: { input?: Buffer | string; env?: NodeJS.ProcessEnv } = {}) =>
    execFileSync('git', ['-c', 'core.fsyncMethod=batch', ...args], {
      cwd: gitDir,
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
      input: options.input ?? '',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...options.env },
    });
  const line = (...of: Parameters<typeof run>) =>
    run(...of)
      .toString('utf8')
      .trim();
  const succeeds = (...of: Parameters<typeof run>) => {
    try {
      run(...of);
      return true;
    } catch {
      return false;
    }
  };
  return {
    writeBlob: (bytes) => line(['hash-object', '-w', '--stdin'], { input: bytes }),
    writeTree(base, files) {
      if (!files.every(({ sha }) => succeeds(['cat-file', '-e', sha]))) return undefined;
      const index = join(gitDir, 'index.rig');
      const env = { GIT_INDEX_FILE: index };
      try {
        if (base !== undefined && !succeeds(['read-tree', `${base}^{tree}`], { env })) return undefined;
        const input = files.map(({ path, mode, sha }) => `${mode} ${sha}\t${path}\0`).join('');
        run(['update-index', '-z', '--add', '--index-info'], { input, env });
        return line(['write-tree'], { env });
      } finally {
        rmSync(index, { force: true });
      }
    },
    writeCommit({ tree, parents, message, name, email }) {
      const env = {
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
      };
      return line(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])], { input: message, env });
    },
    refs: (prefix) =>
      line(['for-each-ref', '--format=%(refname) %(objectname)'])
        .split('\n')
        .filter((each) => each.startsWith(prefix))
        .map((each) => each.split(' ') as [string, string])
        .map(([name, sha]) => ({ name, sha })),
    isAncestor: (older, newer) => succeeds(['merge-base', '--is-ancestor', older, newer]),
    moveRef: (name, sha) => void run(['update-ref', name, sha]),
    archive: (commit, folder) => run(['archive', '--format=tar.gz', `--prefix=${folder}/`, commit]),
  };
}
