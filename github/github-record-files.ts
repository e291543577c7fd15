import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordFiles } from '../core/ports/record-files.ts';
import {
  type BranchContent,
  createBranchRecordFiles,
  RECORDS_AUTHOR,
  type RecordBranch,
} from '../core/records/record-branch.ts';
import { backOff, branchBusy, WRITE_ATTEMPTS } from '../core/records/write-attempts.ts';
import type { Client, RepositoryName } from './client.ts';
import { isLostRace, storeError } from './github-store-error.ts';
import { type GithubView, githubView } from './github-tree.ts';

interface GithubBranchOptions {
  readonly branch: string;
  /** A number in [0, 1), for the back-off. */
  readonly random?: () => number;
}

/** Records on a branch, through GitHub's API alone: without git, and without a clone. Any number of writers may race. */
export function createGithubRecordFiles(
  octokit: Client,
  repository: RepositoryName,
  options: GithubBranchOptions,
): RecordFiles {
  return createBranchRecordFiles(githubBranch(octokit, repository, options));
}

function githubBranch(
  octokit: Client,
  repository: RepositoryName,
  { branch, random = Math.random }: GithubBranchOptions,
): RecordBranch {
  const description = `branch ${branch} of ${repository.owner}/${repository.repo}`;
  let newest: GithubView | undefined;
  const newestView = async () => {
    const head = await readHead(octokit, repository, branch);
    if (newest === undefined || newest.head !== head) newest = githubView(octokit, repository, head);
    return newest;
  };
  /** A view that failed is not kept: it remembers its failure. */
  const explained = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      newest = undefined;
      throw storeError(error, description);
    }
  };
  const commit: RecordBranch['commit'] = async (plan) => {
    for (let attempt = 1; ; attempt++) {
      const view = await newestView();
      const content = await plan(view);
      if (!content) return;
      try {
        return await push(octokit, repository, branch, view, content);
      } catch (error) {
        if (!isLostRace(error)) throw error;
        if (attempt >= WRITE_ATTEMPTS) throw branchBusy(branch, error);
      }
      await sleep((backOff(attempt, random) * octokit.secondMs) / 1000);
    }
  };
  // One at a time: commits of one writer need not race each other.
  let last: Promise<unknown> = Promise.resolve();
  return {
    description,
    read: (use) => explained(async () => use(await newestView())),
    reread: (use) => explained(async () => use(newest ?? (await newestView()))),
    commit(plan) {
      const turn = last.then(() => explained(() => commit(plan)));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

/** The commit of a branch. Asked for by prefix, since a 404 for the branch itself would also say that nothing may be read. */
async function readHead(octokit: Client, repository: RepositoryName, branch: string): Promise<string | undefined> {
  const { data } = await octokit.rest.git.listMatchingRefs({ ...repository, ref: `heads/${branch}` });
  return data.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha;
}

/** Adds a commit to what `view` shows, and moves the branch if it is still there. */
async function push(
  octokit: Client,
  repository: RepositoryName,
  branch: string,
  view: GithubView,
  { files, message }: BranchContent,
): Promise<void> {
  const tree = await Promise.all(
    Array.from(files, async ([path, bytes]) => {
      const text = textOf(bytes);
      const content = text === undefined ? { sha: await createBlob(octokit, repository, bytes) } : { content: text };
      return { path, mode: '100644', type: 'blob', ...content } as const;
    }),
  );
  const root = await view.root();
  const { data: added } = await octokit.rest.git.createTree({
    ...repository,
    tree,
    ...(root !== undefined && { base_tree: root }),
  });
  const { data: commit } = await octokit.rest.git.createCommit({
    ...repository,
    message,
    tree: added.sha,
    parents: view.head === undefined ? [] : [view.head],
    author: RECORDS_AUTHOR,
    committer: RECORDS_AUTHOR,
  });
  if (view.head === undefined) {
    await octokit.rest.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha: commit.sha });
  } else {
    await octokit.rest.git.updateRef({ ...repository, ref: `heads/${branch}`, sha: commit.sha, force: false });
  }
}

async function createBlob(octokit: Client, repository: RepositoryName, bytes: Uint8Array): Promise<string> {
  const content = Buffer.from(bytes).toString('base64');
  return (await octokit.rest.git.createBlob({ ...repository, content, encoding: 'base64' })).data.sha;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that these bytes are, which a tree may hold as it is; undefined for other bytes. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
