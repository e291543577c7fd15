import type { History } from '../core/ports/history.ts';
import type { Client, RepositoryName } from './client.ts';
import { GithubError, statusOf } from './github-error.ts';

/** Of a comparison; at the limit nobody can tell whether there are more. */
const MAX_FILES = 300;
/** Requests for one walk along first parents. */
const MAX_PAGES = 20;

/**
 * The history of a repository as GitHub has it, whatever was cloned.
 *
 * Its methods throw GithubError when the token may not read the repository's contents.
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

  return {
    async mergeBase(a, b) {
      return (await compare(a, b, 1))?.merge_base_commit.sha;
    },

    async firstParents(sha, limit) {
      const parents = new Map<string, string | undefined>();
      const walked: string[] = [];
      let next: string | undefined = isName(sha) ? sha : undefined;
      for (let page = 0; page < MAX_PAGES && next !== undefined && walked.length < limit; page++) {
        const from: string = next;
        const commits = await known(() =>
          octokit.rest.repos.listCommits({ ...repository, sha: from, per_page: Math.min(100, Math.ceil(limit)) }),
        );
        if (!commits || commits.length === 0) break;
        for (const commit of commits) parents.set(commit.sha, commit.parents[0]?.sha);
        next = commits[0]!.sha;
        while (next !== undefined && parents.has(next)) {
          if (!walked.includes(next)) walked.push(next);
          next = parents.get(next);
        }
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
      // A folder is a list.
      return typeof data === 'string' ? data : undefined;
    },

    async changedFiles(base, head) {
      const forth = await compare(base, head, 1);
      const onHead = forth && blobs(forth.files);
      if (!forth || !onHead) return undefined;
      if (forth.merge_base_commit.sha === forth.base_commit.sha) return [...onHead.keys()].sort();
      // GitHub compares with the merge base: what base changed since then is asked for the other way round.
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

/** What became of each path since the merge base; undefined when the list may not be whole. */
function blobs(files: readonly ComparedFile[] | undefined): Map<string, string> | undefined {
  if (!files || files.length >= MAX_FILES) return undefined;
  const found = new Map<string, string>();
  for (const { filename, status, sha, previous_filename: previous } of files) {
    if (status === 'renamed' && previous !== undefined && !found.has(previous)) found.set(previous, 'removed');
    found.set(filename, status === 'removed' ? 'removed' : `${sha}`);
  }
  return found;
}

/** False for text that the API would read as something other than the name of a commit. */
function isName(name: string): boolean {
  return name !== '' && !name.includes('..') && !/^-|[:\s\0?*[\\^~]/.test(name);
}

/** An answer, or undefined when GitHub does not know what is asked for: 404, 409 (nothing there yet), 422 (no such SHA). */
async function known<T>(ask: () => Promise<{ readonly data: T }>): Promise<T | undefined> {
  try {
    return (await ask()).data;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 409 || status === 422) return undefined;
    if (status !== 401 && status !== 403) throw error;
    throw new GithubError(
      {
        message: "GitHub does not let this job read the repository's history",
        found: (error as Error).message,
        next: 'grant the job `permissions: contents: read`',
      },
      { cause: error },
    );
  }
}
