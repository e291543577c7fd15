import type { RecordFiles } from '../../ports/record-files.ts';
import { type BranchContent, type BranchView, createBranchRecordFiles } from '../../records/record-branch.ts';
import { createGitBranch, type GitBranchOptions } from './git-branch.ts';

const FOLDER = 'evidence/';
/** Largest file of evidence that is looked at, in bytes: 40,000 rows of a hundred repeats are 12 MB. */
const MAX_BYTES = 50_000_000;

type Files = ReadonlyMap<string, Uint8Array>;

/** Evidence on a branch that has one commit. */
export interface GitEvidenceBranch {
  /** For messages. */
  readonly description: string;
  /** What the branch has, as it was when it was first asked for. */
  readonly files: Pick<RecordFiles, 'read'>;
  /**
   * Replaces everything on the branch by what `plan` makes of it; asked again when another writer was faster.
   *
   * @throws StoreError when the remote refuses, cannot be reached, or stays too busy.
   */
  replace(plan: (files: Files) => Promise<BranchContent | undefined>): Promise<void>;
}

export function createGitEvidenceBranch(options: GitBranchOptions): GitEvidenceBranch {
  const branch = createGitBranch(options);
  const files = createBranchRecordFiles(branch);
  let known: Promise<ReadonlySet<string>> | undefined;
  return {
    description: `branch ${options.branch}`,
    files: {
      async read(paths, maxBytes) {
        known ??= files.list('evidence').then((listed) => new Set(listed.map(({ path }) => path)));
        const present = await known;
        return files.read(
          paths.filter((path) => present.has(path)),
          Math.min(maxBytes, MAX_BYTES),
        );
      },
    },
    replace: (plan) => branch.replace(async (view) => plan(await filesOf(view))),
  };
}

async function filesOf(view: BranchView): Promise<Files> {
  const entries = [...(await view.tree())].flatMap(([path, object]) =>
    path.startsWith(FOLDER) && object !== null ? [{ path, object }] : [],
  );
  const contents = await view.contents(
    entries.map(({ object }) => object),
    MAX_BYTES,
  );
  return new Map(
    entries.flatMap(({ path }, i) => {
      const bytes = contents[i];
      return bytes ? [[path, bytes] as const] : [];
    }),
  );
}
