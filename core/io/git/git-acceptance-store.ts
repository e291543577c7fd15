import {
  ACCEPTED,
  type AcceptanceStore,
  formatAcceptances,
  MAX_ACCEPTANCE_BYTES,
  readAcceptances,
} from '../../tracking/acceptance.ts';
import { RUNS_AUTHOR } from '../../tracking/runs-branch.ts';
import { createGitBranch, type GitBranchOptions } from './git-branch.ts';

/** Acceptances on the branch of runs, beside these: whoever may write the branch may accept. */
export function createGitAcceptanceStore(options: Omit<GitBranchOptions, 'author'>): AcceptanceStore {
  const branch = createGitBranch({ author: RUNS_AUTHOR, ...options });
  return {
    description: `branch ${options.branch} of ${options.remote.replace(/(\/\/)[^/@\s]+@/, '$1')}`,
    async put(acceptances) {
      const files = formatAcceptances(acceptances);
      const gates = acceptances.map(({ gate }) => gate).join(', ');
      if (files.size > 0) await branch.commit(async () => ({ files, message: `Accept ${gates}\n` }));
    },
    list: async () => readAcceptances(await branch.read((view) => view.list(ACCEPTED, MAX_ACCEPTANCE_BYTES))),
  };
}
