import { join } from 'node:path';
import * as core from '@actions/core';
import type { Records } from '../core/commands/ports.ts';
import { evidencePlace } from '../core/config/evidence-place.ts';
import type { Project } from '../core/config/project.ts';
import { evidenceBranchOf } from '../core/evidence/evidence-branch.ts';
import { createFolderEvidenceStore } from '../core/io/folder/folder-evidence-store.ts';
import { createFolderRunStore } from '../core/io/folder/folder-run-store.ts';
import { createGitAcceptanceStore } from '../core/io/git/git-acceptance-store.ts';
import { createGitEvidenceBranch, type GitEvidenceBranch } from '../core/io/git/git-evidence-branch.ts';
import { createGitRunStore } from '../core/io/git/git-run-store.ts';
import type { Run } from '../core/tracking/run.ts';
import type { RunStore } from '../core/tracking/run-store.ts';
import { skippedWarnings } from '../core/tracking/skipped-files.ts';
import type { JobContext } from './context.ts';
import { trustedBaselines } from './trusted-baselines.ts';

/** The records of a job: it reads those of the branch of runs, and adds its own to the folder of its artifact. */
export interface JobRecords extends Records {
  readonly rules: Project;
  /** The runs of this job. */
  readonly added: readonly Run[];
  readonly branchStore: RunStore;
  /** Where evidence is kept, too; null where it is not. */
  readonly evidenceBranch: GitEvidenceBranch | null;
}

export async function openJobRecords(context: JobContext, rules: Project, artifactRoot: string): Promise<JobRecords> {
  const { branch } = rules.tracking;
  const branchStore = createGitRunStore(branchOptions(context, branch));
  const listing = await branchStore.list();
  const accepted = await createGitAcceptanceStore(branchOptions(context, branch)).list();
  const evidenceBranch =
    evidencePlace(rules.tracking, context) === 'branch'
      ? createGitEvidenceBranch(branchOptions(context, evidenceBranchOf(branch)))
      : null;
  const baselines = trustedBaselines(context, listing.runs, evidenceBranch);
  const added: Run[] = [];
  const folder = createFolderRunStore(artifactRoot);
  return {
    rules,
    added,
    branchStore,
    evidenceBranch,
    runs: {
      ...folder,
      async put(runs) {
        await folder.put(runs);
        added.push(...runs);
      },
    },
    evidence: createFolderEvidenceStore(artifactRoot),
    acceptances: async () => accepted.acceptances,
    baselines,
    warnings: () => [
      ...skippedWarnings(branchStore.description, [...listing.skipped, ...accepted.skipped]),
      ...baselines.notes(),
      ...skippedWarnings('evidence of baselines', baselines.skipped),
    ],
  };
}

/** A branch of the job's own repository. */
export function branchOptions({ serverUrl, repository, temp, token, workspace }: JobContext, branch: string) {
  return {
    remote: `${serverUrl}/${repository.owner}/${repository.repo}.git`,
    branch,
    workDir: join(temp, `mlops-${branch.replaceAll('/', '-')}.git`),
    serverUrl,
    workspace,
    warn: core.warning,
    ...(token && { token }),
  };
}
