import { join } from 'node:path';
import type { Records } from '../core/commands/ports.ts';
import { evidencePlace } from '../core/config/evidence-place.ts';
import type { Project } from '../core/config/project.ts';
import { evidenceBranchOf } from '../core/evidence/evidence-branch.ts';
import { openFolderStores } from '../core/io/folder/folder-stores.ts';
import { createGitEvidenceBranch, type GitEvidenceBranch } from '../core/io/git/git-evidence-branch.ts';
import { createGitRecordFiles } from '../core/io/git/git-record-files.ts';
import { skippedWarnings } from '../core/records/skipped-files.ts';
import type { Run } from '../core/tracking/run.ts';
import { createRunStore, type RunStore } from '../core/tracking/run-store.ts';
import { type EarlierPushes, earlierPushes } from '../github/failed-pushes.ts';
import { createRecentCommits } from '../github/recent-commits.ts';
import { createTrackedCommits } from '../github/tracked-commits.ts';
import { type TrustedBaselines, trustedBaselines } from '../github/trusted-baselines.ts';
import { createVerifiedRuns } from '../github/verified-runs.ts';
import { acceptancesOfJob } from './acceptances.ts';
import type { JobContext } from './context.ts';
import { workflowLog } from './workflow-log.ts';

/** The records of a job: it reads those of the branch of runs, and adds its own to the folder of its artifact. */
export interface JobRecords extends Records {
  readonly rules: Project;
  /** The runs of this job. */
  readonly added: readonly Run[];
  /** Why the runs are not to be recorded; empty: they are. */
  readonly withheld: readonly string[];
  readonly branchStore: RunStore;
  readonly baselines: TrustedBaselines;
  /** Where evidence is kept, too; null where it is not. */
  readonly evidenceBranch: GitEvidenceBranch | null;
}

/**
 * @param options.project the project file, from the repository's root.
 * @param options.movedFrom where the base commit has it; null where it has none.
 * @param options.key stands for this job.
 * @param options.branches those whose runs are believed.
 */
export async function openJobRecords(
  context: JobContext,
  rules: Project,
  {
    artifactRoot,
    project,
    movedFrom,
    key,
    branches,
  }: {
    readonly artifactRoot: string;
    readonly project: string;
    readonly movedFrom: string | null;
    readonly key: string;
    readonly branches: readonly string[];
  },
): Promise<JobRecords> {
  const { branch } = rules.tracking;
  const branchFiles = createGitRecordFiles(branchOptions(context, branch));
  const branchStore = createRunStore(branchFiles);
  const listing = await branchStore.list();
  const evidenceBranch =
    evidencePlace(rules.tracking, context) === 'branch'
      ? createGitEvidenceBranch(branchOptions(context, evidenceBranchOf(branch)))
      : null;
  const baselines = githubBaselines(
    context,
    { ...branchStore, runs: listing.runs },
    { published: evidenceBranch, projects: [project, movedFrom ?? project], key, branches },
  );
  const added: Run[] = [];
  const withheld: string[] = [];
  let pushes: EarlierPushes = { failed: [], problems: [] };
  const artifact = openFolderStores(artifactRoot);
  return {
    rules,
    added,
    withheld,
    withhold: (why) => void withheld.push(why),
    branchStore,
    evidenceBranch,
    runs: {
      ...artifact.runs,
      async put(runs) {
        const named = runs.map((run) => ({ ...run, project }));
        await artifact.runs.put(named);
        added.push(...named);
      },
    },
    evidence: artifact.evidence,
    acceptances: () => acceptancesOfJob(context, rules.accept, { branches, recorded: listing.runs }),
    async failedPushes() {
      pushes = await pushesBefore(context, key);
      return pushes.failed.filter(({ evaluatedRun }) => evaluatedRun.run.project === project);
    },
    baselines,
    warnings: () => [
      ...skippedWarnings(branchStore.description, listing.skipped),
      ...baselines.notes(),
      ...pushes.problems,
      ...skippedWarnings('artifacts and evidence of baselines', baselines.skipped),
    ],
  };
}

/** What earlier pushes of the job's pull request came to. In a merge queue its checks are green already. */
async function pushesBefore(
  { event, octokit, repository, runId, runAttempt, hasArtifacts }: JobContext,
  key: string,
): Promise<EarlierPushes> {
  if (event.kind !== 'pull_request' || !hasArtifacts) return { failed: [], problems: [] };
  return earlierPushes(octokit, repository, { ...event, job: { key, runId, attempt: runAttempt } });
}

/** Baselines that GitHub verifies. */
function githubBaselines(
  { octokit, repository, repositoryId, history, hasArtifacts, serverUrl }: JobContext,
  index: Parameters<typeof trustedBaselines>[0]['index'],
  {
    key,
    branches,
    ...options
  }: Pick<Parameters<typeof trustedBaselines>[0], 'published' | 'projects'> & {
    readonly key: string;
    readonly branches: readonly string[];
  },
): TrustedBaselines {
  const branchOf = createTrackedCommits(octokit, repository, { history, branches });
  return trustedBaselines({
    ...options,
    index,
    verified: createVerifiedRuns(octokit, repository, { repositoryId, branchOf, key }),
    recentCommits: createRecentCommits(octokit, repository, branches),
    withoutArtifacts: hasArtifacts ? null : new URL(serverUrl).hostname,
  });
}

/** Where the job's own repository is fetched from. */
export function remoteOf({ serverUrl, repository }: JobContext): string {
  return `${serverUrl}/${repository.owner}/${repository.repo}.git`;
}

/** A branch of the job's own repository. */
export function branchOptions(context: JobContext, branch: string) {
  const { serverUrl, temp, token, workspace } = context;
  return {
    remote: remoteOf(context),
    branch,
    workDir: join(temp, `mlops-${branch.replaceAll('/', '-')}.git`),
    serverUrl,
    workspace,
    warn: workflowLog.warn,
    ...(token && { token }),
  };
}
