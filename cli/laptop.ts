import { dirname, resolve } from 'node:path';
import type { CommandPorts, Records } from '../core/commands/ports.ts';
import { localBaselines } from '../core/comparison/baseline-source.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import { openFolderStores } from '../core/io/folder/folder-stores.ts';
import { openAcceptancesOfClone } from '../core/io/git/acceptances-of-clone.ts';
import { createGitHistory, type GitState, readGitState } from '../core/io/git/git-history.ts';
import { readGitPerson } from '../core/io/git/git-person.ts';
import { openRunsOfClone } from '../core/io/git/runs-of-clone.ts';
import { openPorts } from '../core/io/open-ports.ts';
import type { Change } from '../core/ports/change.ts';
import type { Log } from '../core/ports/log.ts';
import { type SkippedFile, skippedWarnings } from '../core/records/skipped-files.ts';

/** The folder that runs, evidence and acceptances of a laptop are in, beside `mlops.yml`. */
const STORE = '.mlops';

/**
 * The world of a command on a laptop: records in `.mlops/`, git, threads. To be closed after the command.
 *
 * @param config the project file, which the project's folder is that of.
 */
export function openLaptop(
  config: string,
  { cwd, log }: { readonly cwd: string; readonly log: Log },
): CommandPorts & { close(): Promise<void> } {
  const root = dirname(resolve(cwd, config));
  const store = resolve(root, STORE);
  return openPorts(
    { root, cwd, config, store, env: process.env, log },
    {
      change: workingTree(root),
      reuseRuns: true,
      openRecords: () => openRecords(store),
      runsOfBranch: (branch: string) => openRunsOfClone({ root, branch, warn: log.warn }),
      acceptancesOfBranch: (branch: string) => openAcceptancesOfClone(root, branch),
      who: () => readGitPerson(root),
    },
  );
}

/** A person's working tree. Git is asked when somebody wants to know. */
function workingTree(root: string): Change {
  return {
    place: 'laptop',
    headSha: null,
    runUrl: null,
    workflow: null,
    isPrivate: false,
    history: createGitHistory(root),
    async head() {
      const git = await readGitState(root);
      const { sha, branch, dirty, defaultBranch } = git;
      return { sha, branch, dirty, defaultBranch, into: mergedInto(git) };
    },
    baseFile: async () => null,
  };
}

/** The default branch as this clone has it and as the remote did when last asked: either may be the older one. */
export function mergedInto({ defaultBranch }: Pick<GitState, 'defaultBranch'>): readonly string[] {
  return defaultBranch === null ? [] : [`refs/remotes/origin/${defaultBranch}`, `refs/heads/${defaultBranch}`];
}

async function openRecords(store: string): Promise<Records> {
  const stores = openFolderStores(store);
  const { runs } = stores;
  const listing = await runs.list();
  const skipped: SkippedFile[] = [...listing.skipped];
  const evidence = skippingEvidenceStore(stores.evidence, skipped);
  return {
    runs,
    evidence,
    async acceptances() {
      const found = await stores.acceptances.list();
      skipped.push(...found.skipped);
      return found.acceptances;
    },
    baselines: localBaselines(listing.runs, async ({ id }) => (await evidence.get(id)) ?? null),
    warnings: () => skippedWarnings(STORE, skipped),
  };
}
