import type { BranchView } from '../core/records/record-branch.ts';
import type { Client, RepositoryName } from './client.ts';
import { blobsInTarball } from './tarball.ts';

/** Files that are asked for one by one; more come in an archive. */
const MAX_SINGLE_REQUESTS = 10;
/** Requests at once. */
const CONCURRENCY = 8;

/** A branch as one commit has it, read through GitHub's API. */
export interface GithubView extends BranchView {
  /** The id of the commit's tree; undefined while there is no branch. */
  root(): Promise<string | undefined>;
}

/** @param head a commit; undefined where there is no branch. */
export function githubView(octokit: Client, repository: RepositoryName, head: string | undefined): GithubView {
  const sizes = new Map<string, number>();
  let root: Promise<string> | undefined;
  const readRoot = async (commit: string) =>
    (await octokit.rest.git.getCommit({ ...repository, commit_sha: commit })).data.tree.sha;
  let tree: Promise<ReadonlyMap<string, string | null>> | undefined;

  /** Adds the files below a tree. GitHub cuts long answers; then each of its folders is asked for. */
  const collect = async (id: string, folder: string, files: Map<string, string | null>): Promise<void> => {
    const ask = (recursive: boolean) =>
      octokit.rest.git.getTree({ ...repository, tree_sha: id, ...(recursive && { recursive: 'true' }) });
    const whole = (await ask(true)).data;
    const { tree: entries } = whole.truncated ? (await ask(false)).data : whole;
    for (const { path, mode, type, sha, size = 0 } of entries) {
      const isFile = mode === '100644' || mode === '100755';
      if (type !== 'tree') {
        files.set(folder + path, isFile ? sha : null);
        sizes.set(sha, size);
      } else if (whole.truncated) await collect(sha, `${folder}${path}/`, files);
    }
  };

  const readBlob = async (id: string) => {
    const { data } = await octokit.rest.git.getBlob({ ...repository, file_sha: id });
    return Buffer.from(data.content, 'base64');
  };

  const view: GithubView = {
    head,
    async root() {
      root ??= head === undefined ? undefined : readRoot(head);
      return root;
    },
    tree() {
      tree ??= view.root().then(async (id) => {
        const files = new Map<string, string | null>();
        if (id !== undefined) await collect(id, '', files);
        return files;
      });
      return tree;
    },
    async contents(objects, maxBytes) {
      const wanted = new Set(objects.filter((object) => sizes.get(object)! <= maxBytes));
      const found =
        head !== undefined && wanted.size > MAX_SINGLE_REQUESTS
          ? await blobsInTarball(octokit, repository, head, wanted)
          : new Map<string, Uint8Array>();
      const missing = [...wanted].filter((object) => !found.has(object));
      for (let from = 0; from < missing.length; from += CONCURRENCY) {
        const some = missing.slice(from, from + CONCURRENCY);
        await Promise.all(some.map(async (object) => found.set(object, await readBlob(object))));
      }
      return objects.map((object) => found.get(object));
    },
  };
  return view;
}
