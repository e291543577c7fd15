import type { EvidenceFiles } from '../../evidence/evidence-files.ts';
import { RUNS_AUTHOR } from '../../tracking/runs-branch.ts';
import { createGitBranch, type GitBranchOptions } from './git-branch.ts';

/** Largest file of evidence that is looked at, in bytes: 40,000 rows of a hundred repeats are 12 MB. */
const MAX_BYTES = 50_000_000;

type Files = ReadonlyMap<string, Uint8Array>;

/** Evidence on a branch that has one commit. */
export interface GitEvidenceBranch {
  /** For messages. */
  readonly description: string;
  /** What the branch has, read once and kept. Nothing can be written by it. */
  readonly files: EvidenceFiles;
  /**
   * Replaces everything on the branch by what `plan` makes of it; asked again when another writer was faster.
   *
   * @throws StoreError when the remote refuses, cannot be reached, or stays too busy.
   */
  replace(
    plan: (
      files: Files,
    ) => Promise<{ readonly files: ReadonlyMap<string, string | Uint8Array>; readonly message: string } | undefined>,
  ): Promise<void>;
}

export function createGitEvidenceBranch(options: Omit<GitBranchOptions, 'author'>): GitEvidenceBranch {
  const branch = createGitBranch({ author: RUNS_AUTHOR, ...options });
  let known: Promise<Files> | undefined;
  return {
    description: `branch ${options.branch}`,
    files: {
      async read(path) {
        known ??= branch.read((view) => view.files('evidence', MAX_BYTES));
        return (await known).get(path);
      },
      write: async () => {
        throw new Error('the branch of evidence is only replaced as a whole');
      },
    },
    replace: (plan) => branch.replace(async (view) => plan(await view.files('evidence', MAX_BYTES))),
  };
}
