import type { History } from '../core/ports/history.ts';
import type { Client, RepositoryName } from './client.ts';
import { GithubError, statusOf } from './github-error.ts';

/** Most files that GitHub lists in a comparison; a list of this length may be incomplete. */
const MAX_FILES = 300;
/** Most requests for one walk along first parents. */
const MAX_PAGES = 20;

/**
 * The commit history of a repository from GitHub's API, independent of the local clone.
 *
 * Its methods throw GithubError when the token cannot read the repository's contents.
 */
export function createGithubHistory(octokit: Client, repository: RepositoryName): History {
  const compare = (base: string, head: string, perPage: number) =>
    isName(base) && isName(head)
      ? known(() =>
          octokit.rest.repos.compareCommitsWithBasehead({
            ...repository,
            basehead: `${base}...${head}`,
            per_page: perPage,
            page: 1,
          }),
        )
      : undefined;

  /** First parents, by commit: they never change, and one walk often follows another. */
  const parents = new Map<string, string | undefined>();

  return {
    async mergeBase(a, b) {
      return (await compare(a, b, 1))?.merge_base_commit.sha;
    },

    async firstParents(sha, limit) {
      const walked: string[] = [];
      let next: string | undefined = isName(sha) ? sha : undefined;
      for (let page = 0; next !== undefined && walked.length < limit; ) {
        if (parents.has(next)) {
          walked.push(next);
          next = parents.get(next);
          continue;
        }
        if (page++ === MAX_PAGES) break;
        const from: string = next;
        const commits = await known(() =>
          octokit.rest.repos.listCommits({ ...repository, sha: from, per_page: Math.min(100, Math.ceil(limit)) }),
        );
        if (!commits || commits.length === 0) break;
        for (const commit of commits) parents.set(commit.sha, commit.parents[0]?.sha);
        next = commits[0]!.sha;
      }
      return walked.slice(0, Math.max(0, Math.floor(limit)));
    },

    async isShallow() {
      return false;
    },

    async fileAt(sha, path) {
      const parts = path.split('/');
      if (!isName(sha) || parts.some((part) => part === '' || part === '.' || part === '..')) return undefined;
      const data: unknown = await known(() =>
        octokit.rest.repos.getContent({ ...repository, path, ref: sha, mediaType: { format: 'raw' } }),
      );
      if (data instanceof ArrayBuffer) return new TextDecoder().decode(data);
      // For a folder, GitHub returns a list.
      return typeof data === 'string' ? data : undefined;
    },

    async changedFiles(base, head) {
      const forth = await compare(base, head, 1);
      const onHead = forth && blobs(forth.files);
      if (!forth || !onHead) return undefined;
      if (forth.merge_base_commit.sha === forth.base_commit.sha) return [...onHead.keys()].sort();
      // GitHub compares head with the merge base; changes on base since then need a second request, the other way round.
      const back = await compare(head, base, 1);
      const onBase = back && blobs(back.files);
      if (!onBase) return undefined;
      const paths = new Set([...onHead.keys(), ...onBase.keys()]);
      return [...paths].filter((path) => onHead.get(path) !== onBase.get(path)).sort();
    },
  };
}

interface ComparedFile {
  readonly filename: string;
  readonly status: string;
  readonly sha: string | null;
  readonly previous_filename?: string;
}

/** The new blob of each changed path, or `removed`; undefined when the list may be incomplete. */
function blobs(files: readonly ComparedFile[] | undefined): Map<string, string> | undefined {
  if (!files || files.length >= MAX_FILES) return undefined;
  const found = new Map<string, string>();
  for (const { filename, status, sha, previous_filename: previous } of files) {
    if (status === 'renamed' && previous !== undefined && !found.has(previous)) found.set(previous, 'removed');
    found.set(filename, status === 'removed' ? 'removed' : `${sha}`);
  }
  return found;
}

/** False for text that the API could read as anything other than the name of a commit. */
function isName(name: string): boolean {
  return name !== '' && !name.includes('..') && !/^-|[:\s\0?*[\\^~]/.test(name);
}

/** The response, or undefined when what is asked for does not exist: 404, 409 (empty repository), 422 (unknown SHA). */
async function known<T>(ask: () => Promise<{ readonly data: T }>): Promise<T | undefined> {
  try {
    return (await ask()).data;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 409 || status === 422) return undefined;
    if (status !== 401 && status !== 403) throw error;
    throw new GithubError(
      {
        message: "this job has no permission to read the repository's history",
        found: (error as Error).message,
        next: 'grant the job `permissions: contents: read`',
      },
      { cause: error },
    );
  }
}
