import type { Run } from '../core/tracking/run.ts';
import { runPath } from '../core/tracking/run-id.ts';
import type { RunStore } from '../core/tracking/run-store.ts';
import type { Client, RepositoryName } from './client.ts';
import { digestRecordName, digestRecordSha256 } from './digest-record.ts';
import { statusOf } from './github-error.ts';
import { createRunArtifacts } from './run-artifact.ts';

export type Provenance =
  /** A job of the default branch recorded exactly this run. `files`: its artifact by path, null once expired. */
  | { readonly kind: 'trusted'; readonly files: ReadonlyMap<string, Uint8Array> | null }
  /** Cannot be checked: GitHub has no record any more (the artifact has expired), or this job cannot read it. */
  | { readonly kind: 'unverified'; readonly expired: boolean; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

/** All runs of a branch, and their files as they lie there. */
export interface RecordedRuns extends Pick<RunStore, 'files'> {
  readonly runs: readonly Run[];
}

/**
 * Checks runs against GitHub's records, never against what the runs say themselves. A run is trusted when its workflow run was
 * a push or schedule on this repository's default branch, with the expected workflow and the run's commit, and the artifact of
 * that workflow run contains the run file byte for byte. Once the artifact has expired, the digest of the digest record
 * (`digest-record.ts`) is compared instead; it covers all runs of the workflow run. A renamed default branch is still accepted.
 * Files are compared as they lie in the store, never written anew, so a field that this version does not know breaks no digest.
 *
 * @param expected.workflowPath `.github/workflows/<file>` of the default branch's job.
 * @returns a function that throws only when GitHub, or the store of the runs, cannot be reached.
 */
export function createVerifier(
  octokit: Client,
  repository: RepositoryName,
  expected: { readonly defaultBranch: string; readonly repositoryId: number; readonly workflowPath: string },
): (run: Run, recorded: RecordedRuns) => Promise<Provenance> {
  const artifacts = createRunArtifacts(octokit, repository);
  const asked = new Map<number, Promise<WorkflowRun>>();
  const ask = (id: number) => {
    let answer = asked.get(id);
    if (!answer) {
      answer = octokit.rest.actions.getWorkflowRun({ ...repository, run_id: id }).then(({ data }) => data);
      asked.set(id, answer);
      answer.catch(() => asked.delete(id));
    }
    return answer;
  };

  const renamed = new Map<string, Promise<boolean>>();
  /** Whether a branch name is an old name of the default branch: GitHub redirects renamed branches. */
  const isOldName = (branch: string) => {
    const known =
      renamed.get(branch) ??
      octokit.rest.repos.getBranch({ ...repository, branch }).then(
        ({ data }) => data.name === expected.defaultBranch,
        (error) => {
          if (statusOf(error) === 404 || statusOf(error) === 403) return false;
          renamed.delete(branch);
          throw error;
        },
      );
    renamed.set(branch, known);
    return known;
  };

  return async (run, recorded) => {
    if (!run.workflow) return refused(`run ${run.id} was not recorded by a workflow run`);
    const { runId: id, attempt } = run.workflow;
    try {
      const found = await ask(id);
      const { head_branch: branch } = found;
      const isDefault = branch !== null && (branch === expected.defaultBranch || (await isOldName(branch)));
      const why = mismatch(found, isDefault, run, expected);
      if (why !== undefined) return refused(`run ${run.id}: workflow run ${id} ${why}`);
      const artifact = await artifacts.open(id, attempt);
      if (artifact.kind === 'refused') return artifact;
      if (artifact.kind !== 'found') {
        const state = artifact.kind === 'expired' ? 'has expired' : 'does not exist';
        const digest = await artifacts.digestOf(id, digestRecordName(attempt));
        if (digest === undefined) {
          return unverified(
            `the artifact of workflow run ${id}, attempt ${attempt}, ${state}`,
            artifact.kind === 'expired',
          );
        }
        const together = recorded.runs.filter(({ workflow }) => workflow?.runId === id && workflow.attempt === attempt);
        const files = await recorded.files(together.map((one) => one.id));
        if (digestRecordSha256(files) === digest) return { kind: 'trusted', files: null };
        return refused(
          `the runs of workflow run ${id} differ from those it recorded: of the ${together.length} on the branch, one was altered or added, or a run was removed`,
        );
      }
      const path = runPath(run.id);
      const kept = artifact.files.get(path);
      if (!kept) return refused(`run file ${path} is not in the artifact of workflow run ${id}`);
      const bytes = (await recorded.files([run.id])).get(run.id);
      if (!bytes || !Buffer.from(kept).equals(bytes)) {
        return refused(`run file ${path} was altered: it differs from the one in the artifact of workflow run ${id}`);
      }
      return { kind: 'trusted', files: artifact.files };
    } catch (error) {
      const status = statusOf(error);
      if (status === 404 || status === 410) return unverified(`workflow run ${id} does not exist on GitHub`);
      if (status === 401 || status === 403) {
        return unverified(`this job cannot read workflow run ${id}; it needs \`permissions: actions: read\``);
      }
      throw error;
    }
  };
}

/** The fields that are checked in GitHub's record of a workflow run. */
interface WorkflowRun {
  readonly event: string;
  readonly head_branch: string | null;
  readonly head_sha: string;
  readonly head_repository: { readonly id: number } | null;
  readonly path: string;
  readonly run_attempt?: number;
}

function mismatch(
  found: WorkflowRun,
  isDefault: boolean,
  run: Run,
  expected: { readonly defaultBranch: string; readonly repositoryId: number; readonly workflowPath: string },
): string | undefined {
  const { defaultBranch, repositoryId, workflowPath } = expected;
  if (found.event !== 'push' && found.event !== 'schedule')
    return `was started by ${found.event}, not by a push or schedule`;
  if (!isDefault) return `ran on branch ${found.head_branch}, not on ${defaultBranch}`;
  if (found.head_repository?.id !== repositoryId) return 'belongs to another repository';
  if (found.path.replace(/@.*$/, '') !== workflowPath) return `ran ${found.path}, not ${workflowPath}`;
  if (found.head_sha !== run.git.sha) return `ran on commit ${found.head_sha}, not on ${run.git.sha}`;
  if (run.workflow!.attempt > (found.run_attempt ?? 1)) return `has no attempt ${run.workflow!.attempt}`;
  return undefined;
}

function refused(why: string): Provenance {
  return { kind: 'refused', why };
}

function unverified(why: string, expired = false): Provenance {
  return { kind: 'unverified', expired, why };
}
