import { dirname, join, resolve } from 'node:path';
import { refuseCommittedRecords } from '../core/change/committed-records.ts';
import { localStanding } from '../core/change/local-standing.ts';
import type { CommandPorts, Records } from '../core/commands/ports.ts';
import { localBaselines } from '../core/comparison/baseline-source.ts';
import { evaluatedRunIn } from '../core/comparison/evaluated-run.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import { openFolderStores } from '../core/io/folder/folder-stores.ts';
import { openCommitsOfClone } from '../core/io/git/commits-of-clone.ts';
import { foreignAuthors } from '../core/io/git/foreign-authors.ts';
import { createGitHistory, isWorkingTreeDirty, readGitState } from '../core/io/git/git-history.ts';
import { readGitPerson } from '../core/io/git/git-person.ts';
import { openRunsOfClone } from '../core/io/git/runs-of-clone.ts';
import { openPorts } from '../core/io/open-ports.ts';
import { once } from '../core/once.ts';
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
      openRecords: () => openRecords(store, root),
      remade: openFolderStores(join(store, 'remade')),
      runsOfBranch: (branch: string) => openRunsOfClone({ root, branch, warn: log.warn }),
      who: () => readGitPerson(root),
      foreignAuthors: (base: string) => foreignAuthors(root, base),
    },
  );
}

/** A person's working tree. Git is asked when somebody wants to know. */
function workingTree(root: string): Change {
  const history = createGitHistory(root);
  const commits = openCommitsOfClone(root);
  const state = once(() => readGitState(root));
  return {
    place: 'laptop',
    headSha: null,
    runUrl: null,
    workflow: null,
    isPrivate: false,
    history,
    commits,
    async head() {
      const { sha, branch } = await state();
      return { sha, branch };
    },
    isDirty: () => isWorkingTreeDirty(root),
    async defaultBranch() {
      const { defaultBranch: name } = await state();
      for (const from of name === null ? [] : ['refs/remotes/origin', 'refs/heads']) {
        const [sha] = await history.firstParents(`${from}/${name}`, 1);
        if (sha !== undefined) return { name: name!, sha };
      }
      return null;
    },
    async standing(tracked, edited) {
      const found = await commits.checkedOut();
      if (found.kind !== 'commit' && found.kind !== 'no_commit')
        return { kind: 'not_judged', reason: 'no_repository', why: found.why, next: found.next };
      const git = await state();
      return localStanding(history, { ...git, dirty: edited }, git.defaultBranch, tracked);
    },
  };
}

async function openRecords(store: string, root: string): Promise<Records> {
  await refuseCommittedRecords(openCommitsOfClone(root), STORE);
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
      const { sha } = await readGitState(root);
      return { accepted: found.acceptances, shas: sha === null ? [] : [sha], notes: [] };
    },
    failedPushes: async () => [],
    baselines: localBaselines(listing.runs, (run) => evaluatedRunIn(evidence, run)),
    // Records of a laptop are seen by nobody else.
    withhold: () => {},
    warnings: () => skippedWarnings(STORE, skipped),
  };
}
