import type { BlobContent, CommitTree, TreeEntry } from '../core/ports/commit-tree.ts';
import type { Client, RepositoryName } from './client.ts';
import { statusOf } from './github-error.ts';

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '100644': 'file',
  '100755': 'file',
  '120000': 'symlink',
  '160000': 'submodule',
};

/**
 * Commits of a repository as git objects, through GitHub's API alone. Trees are asked for, never paths: a 404 for a path proves
 * nothing.
 *
 * @returns a function that gives null for a commit that GitHub does not know.
 */
export function createGithubCommits(
  octokit: Client,
  repository: RepositoryName,
): (sha: string) => Promise<CommitTree | null> {
  const known = new Map<string, Promise<CommitTree | null>>();
  return (sha) => {
    const found = known.get(sha) ?? openCommit(octokit, repository, sha);
    known.set(sha, found);
    found.catch(() => known.delete(sha));
    return found;
  };
}

async function openCommit(octokit: Client, repository: RepositoryName, sha: string): Promise<CommitTree | null> {
  const commit = await octokit.rest.git.getCommit({ ...repository, commit_sha: sha }).then(
    ({ data }) => data,
    (error) => {
      if (statusOf(error) === 404 || statusOf(error) === 409 || statusOf(error) === 422) return null;
      throw error;
    },
  );
  if (commit === null) return null;
  let all: Promise<Map<string, TreeEntry>> | undefined;
  const entries = () => {
    all ??= readTree(octokit, repository, commit.tree.sha);
    return all;
  };
  return {
    id: commit.sha,
    parents: commit.parents.map((parent) => parent.sha),
    entries,
    async read(paths, maxBytes) {
      const tree = await entries();
      const contents = new Map<string, BlobContent>();
      for (const path of paths)
        contents.set(path, await readBlob(octokit, repository, { entry: tree.get(path), maxBytes }));
      return contents;
    },
  };
}

/** GitHub cuts long answers; then each folder is asked for. */
async function readTree(octokit: Client, repository: RepositoryName, root: string): Promise<Map<string, TreeEntry>> {
  const found = new Map<string, TreeEntry>();
  const collect = async (id: string, folder: string): Promise<void> => {
    const ask = (recursive: boolean) =>
      octokit.rest.git.getTree({ ...repository, tree_sha: id, ...(recursive && { recursive: 'true' }) });
    const whole = (await ask(true)).data;
    const { tree, truncated } = whole.truncated ? (await ask(false)).data : whole;
    if (truncated) throw new Error(`GitHub cuts the folder "${folder}" of a commit: it has too many files`);
    for (const { path, mode, type, sha, size } of tree) {
      const kind = KINDS[mode];
      if (kind) found.set(folder + path, { path: folder + path, mode, kind, id: sha, size: size ?? null });
      else if (type === 'tree' && whole.truncated) await collect(sha, `${folder}${path}/`);
    }
  };
  await collect(root, '');
  return found;
}

async function readBlob(
  octokit: Client,
  repository: RepositoryName,
  { entry, maxBytes }: { readonly entry: TreeEntry | undefined; readonly maxBytes: number },
): Promise<BlobContent> {
  if (!entry) return { kind: 'absent' };
  if (entry.kind === 'submodule') return { kind: 'submodule' };
  if (entry.size !== null && entry.size > maxBytes) return { kind: 'too_large', bytes: entry.size };
  const { data } = await octokit.rest.git.getBlob({ ...repository, file_sha: entry.id });
  const bytes = Buffer.from(data.content, 'base64');
  if (bytes.length > maxBytes) return { kind: 'too_large', bytes: bytes.length };
  return entry.kind === 'symlink' ? { kind: 'symlink', target: bytes.toString('utf8') } : { kind: 'file', bytes };
}
