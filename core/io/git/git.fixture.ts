import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real repository for tests, deaf to the configuration of whoever runs them. */
export interface TestRepository {
  readonly folder: string;
  git(...args: readonly string[]): string;
  /** Writes files and commits them; the commit's SHA. */
  commit(files: Readonly<Record<string, string>>): string;
  /** Writes a file that git knows, and does not commit it. */
  change(path: string, text: string): void;
}

export function newTestFolder(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), 'mlops-git-'));
}

export function aRepository(folder: string, ...initOptions: readonly string[]): TestRepository {
  mkdirSync(folder, { recursive: true });
  const identity = { NAME: 'A Tester', EMAIL: 'tester@users.noreply.github.com' };
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    ...Object.fromEntries(
      Object.entries(identity).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  };
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', '-c', 'maintenance.auto=false', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  git('init', '--quiet', '--template=', '--initial-branch=main', ...initOptions);
  return {
    folder,
    git,
    commit(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message=A commit');
      return git('rev-parse', 'HEAD');
    },
    change(path, text) {
      writeFileSync(join(folder, path), text);
      git('add', path);
    },
  };
}

/** Commits files to a branch of a bare repository, over others of these names, without any of our code. */
export function plantOnBranch(gitDir: string, branch: string, files: ReadonlyMap<string, Uint8Array>): void {
  const git = (args: readonly string[], input: Uint8Array | string = '') =>
    execFileSync('git', ['--git-dir', gitDir, '-c', 'maintenance.auto=false', ...args], {
      input,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const exists = git(['for-each-ref', `refs/heads/${branch}`]) !== '';
  const parts: (string | Uint8Array)[] = [
    `commit refs/heads/${branch}\ncommitter A Tester <tester@users.noreply.github.com> now\ndata 7\nplanted\n`,
    exists ? `from refs/heads/${branch}^0\n` : '',
  ];
  for (const [path, bytes] of files) parts.push(`M 100644 inline ${path}\ndata ${bytes.length}\n`, bytes, '\n');
  git(
    ['fast-import', '--quiet', '--date-format=now'],
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
  );
}
