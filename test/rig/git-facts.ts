import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the REST API tells about commits, read from the bare repository itself. */

interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface ChangedFile {
  readonly filename: string;
  readonly previousFilename?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  /** The blob after the change; before it, of a removed file. */
  readonly sha: string;
}

export interface GitFacts {
  /** The commit a name stands for; undefined when there is none. */
  resolve(name: string): string | undefined;
  /** A tree without entries, which every repository knows. */
  readonly emptyTree: string;
  readonly objectFormat: 'sha1' | 'sha256';
  mergeBase(a: string, b: string): string | undefined;
  isAncestor(older: string, newer: string): boolean;
  count(range: string): number;
  /** Newest first. */
  commits(range: string, skip: number, limit: number): Commit[];
  /** A commit by its full SHA, which a shallow or deleted history may not have. */
  commitIfThere(sha: string): Commit | undefined;
  changedFiles(from: string, to: string): ChangedFile[];
  object(
    name: string,
  ): { readonly type: 'blob' | 'tree' | 'commit'; readonly sha: string; bytes(): Buffer } | undefined;
  /** What a tree holds; with `recursive` at any depth, names being paths. */
  entries(tree: string, recursive?: boolean): TreeEntry[];
  /** What lies at a path of a commit; through no symlink. */
  entryAt(commit: string, path: string): TreeEntry | undefined;
  /** The blob that a symlink leads to; undefined when it leads out of the tree, nowhere, or to no file. */
  followSymlink(commit: string, path: string): { readonly sha: string; readonly size: number } | undefined;
  /** The address of a submodule, as `.gitmodules` has it. */
  submoduleUrl(commit: string, path: string): string | undefined;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly name: string;
  readonly size: number;
}

const HASH = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const HASHES = /^([0-9a-f]{40}|[0-9a-f]{64})(\.\.([0-9a-f]{40}|[0-9a-f]{64}))?$/;

/** What git said of objects that were named by their hashes. It stays true, since a repository here loses none. */
const said = new Map<string, string>();

export function readGitFacts(gitDir: string): GitFacts {
  const bytes = (args: readonly string[], input = '') =>
    execFileSync('git', args, { cwd: gitDir, input, stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
  const text = (...args: readonly string[]) => {
    const names = args.filter((arg) => !arg.startsWith('-'));
    const isFixed = names.slice(1).every((name) => HASHES.test(name.replace('^{commit}', '')));
    if (!isFixed || names.length < 2) return bytes(args).toString('utf8');
    const question = [gitDir, ...args].join('\0');
    const answer = said.get(question) ?? bytes(args).toString('utf8');
    said.set(question, answer);
    return answer;
  };
  const attempt = (...args: readonly string[]) => {
    try {
      return text(...args).trim() || undefined;
    } catch {
      return undefined;
    }
  };
  const commits: GitFacts['commits'] = (range, skip, limit) => {
    const format = '%H%x01%T%x01%P%x01%an%x01%ae%x01%aI%x01%cn%x01%ce%x01%cI%x01%B';
    const log = text('log', '-z', `--format=${format}`, `--skip=${skip}`, `--max-count=${limit}`, range);
    return log.split('\0').filter(Boolean).map(parseCommit);
  };
  const entriesOf = (...args: readonly string[]) =>
    text('ls-tree', '-l', '-z', ...args)
      .split('\0')
      .filter(Boolean)
      .map(parseEntry);
  return {
    resolve: (name) =>
      branchFile(gitDir, name) ?? attempt('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`),
    get emptyTree() {
      return bytes(['hash-object', '-t', 'tree', '--stdin']).toString('utf8').trim();
    },
    get objectFormat() {
      return text('rev-parse', '--show-object-format').trim() as 'sha1' | 'sha256';
    },
    mergeBase: (a, b) => attempt('merge-base', a, b),
    count: (range) => Number(text('rev-list', '--count', range)),
    isAncestor(older, newer) {
      const sha = attempt('rev-parse', '--verify', '--quiet', '--end-of-options', `${older}^{commit}`);
      return sha !== undefined && attempt('merge-base', sha, newer) === sha;
    },
    commits,
    commitIfThere: (sha) => (attempt('cat-file', '-t', sha) === 'commit' ? commits(sha, 0, 1)[0] : undefined),
    changedFiles(from, to) {
      const fields = text('diff-tree', '-r', '-z', '--no-abbrev', '--find-renames', from, to).split('\0');
      const files: ChangedFile[] = [];
      for (let i = 0; i + 1 < fields.length; ) {
        const [, , before, after, kind] = fields[i]!.split(' ') as [string, string, string, string, string];
        const filename = fields[i + 1]!;
        if (kind.startsWith('R')) {
          files.push({ filename: fields[i + 2]!, previousFilename: filename, status: 'renamed', sha: after });
          i += 3;
          continue;
        }
        const status = { A: 'added', D: 'removed', T: 'changed' }[kind] ?? 'modified';
        files.push({ filename, status: status as ChangedFile['status'], sha: kind === 'D' ? before : after });
        i += 2;
      }
      return files;
    },
    object(name) {
      const sha = attempt('rev-parse', '--verify', '--quiet', '--end-of-options', name);
      const type = sha && attempt('cat-file', '-t', sha);
      if (type !== 'blob' && type !== 'tree' && type !== 'commit') return undefined;
      return { type, sha: sha!, bytes: () => bytes(['cat-file', type, sha!]) };
    },
    entries: (tree, recursive = false) => entriesOf(...(recursive ? ['-r', '-t'] : []), tree),
    entryAt: (commit, path) => entriesOf('--full-tree', commit, '--', path).find(({ name }) => name === path),
    followSymlink(commit, path) {
      const answer = bytes(['cat-file', '--batch-check', '--follow-symlinks'], `${commit}:${path}\n`).toString('utf8');
      const [sha, type, size] = answer.trim().split(' ');
      return type === 'blob' ? { sha: sha!, size: Number(size) } : undefined;
    },
    submoduleUrl(commit, path) {
      const config = (...args: readonly string[]) => attempt('config', '--blob', `${commit}:.gitmodules`, ...args);
      const paths = config('--get-regexp', '^submodule\\..*\\.path$')?.split('\n') ?? [];
      const key = paths.find((line) => line.endsWith(`.path ${path}`))?.replace(/\.path .*$/, '.url');
      return key && config('--get', key);
    },
  };
}

/** A branch's tip without a process: that of most is a file. */
function branchFile(gitDir: string, name: string): string | undefined {
  if (!/^refs\/(heads|pull)\//.test(name) || name.includes('..')) return undefined;
  try {
    const tip = readFileSync(join(gitDir, name), 'utf8').trim();
    return HASH.test(tip) ? tip : undefined;
  } catch {
    return undefined;
  }
}

function parseEntry(line: string): TreeEntry {
  const end = line.indexOf('\t');
  const [mode, type, sha, size] = line.slice(0, end).split(/ +/) as [string, string, string, string];
  return { mode, type, sha, name: line.slice(end + 1), size: Number(size) || 0 };
}

function parseCommit(record: string): Commit {
  const [sha, tree, parents, an, ae, ad, cn, ce, cd, message] = record.split('\x01') as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message: message.trim(),
  };
}
