import { MAX_RUN_BYTES } from '../../tracking/run-codec.ts';
import { listRunFiles, type RunFile, readRunFile, runPaths } from '../../tracking/run-files.ts';
import { isRunId, runPath } from '../../tracking/run-id.ts';
import type { RunStore } from '../../tracking/run-store.ts';
import { planRunsCommit, RUNS_AUTHOR } from '../../tracking/runs-branch.ts';
import { indexedRuns } from '../folder/run-index.ts';
import { createGitBranch, type GitBranchOptions } from './git-branch.ts';

/**
 * Runs on a branch of a repository, over git alone: the user's clone and its working tree are not touched. Any number
 * of writers may race; what is there is never rewritten.
 */
export function createGitRunStore(options: Omit<GitBranchOptions, 'author'> & { readonly author?: string }): RunStore {
  const branch = createGitBranch({ author: RUNS_AUTHOR, ...options });
  return {
    description: `branch ${options.branch} of ${options.remote.replace(/(\/\/)[^/@\s]+@/, '$1')}`,

    async put(runs) {
      // What cannot be recorded is told before the network is asked.
      if (planRunsCommit(runs, undefined) === undefined) return;
      await branch.commit(async (view) =>
        planRunsCommit(runs, view.head === undefined ? undefined : await view.read(runs.map((run) => runPath(run.id)))),
      );
    },

    async get(id) {
      if (!isRunId(id)) return undefined;
      const path = runPath(id);
      const text = await branch.read(async (view) => (await view.read([path])).get(path));
      return text === undefined ? undefined : readRunFile(path, text);
    },

    async list(filter) {
      const files = await branch.read(async (view) =>
        filter?.ids
          ? Array.from(await view.read(runPaths(filter.ids)), ([path, text]) => ({ path, text }))
          : view.list('runs', MAX_RUN_BYTES),
      );
      return listRunFiles(
        files.map(({ path, text }) => runFile(path, text)),
        filter,
      );
    },

    summaries: () =>
      branch.read((view) => {
        let objects = new Map<string, string | undefined>();
        return indexedRuns({
          index: `${options.workDir}/runs.index`,
          state: view.head ?? 'none',
          async files() {
            const tree = await view.tree('runs', MAX_RUN_BYTES);
            objects = new Map(tree.map(({ path, object }) => [path, object]));
            return tree.map(({ path, object }) => ({ path, stamp: object ?? 'unreadable' }));
          },
          async read(paths) {
            const readable = paths.filter((path) => objects.get(path) !== undefined);
            const texts = await view.texts(readable.map((path) => objects.get(path)!));
            const byPath = new Map(readable.map((path, i) => [path, texts[i]]));
            return paths.map((path) => runFile(path, byPath.get(path)));
          },
        });
      }),
  };
}

function runFile(path: string, text: string | undefined): RunFile {
  return text === undefined ? { path, reason: 'not a file, or too large' } : { path, text };
}
