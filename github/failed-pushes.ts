import { type FailedPush, provedDrops } from '../core/comparison/pushed-again.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import type { Client, RepositoryName } from './client.ts';
import { isRateLimited, statusOf } from './github-error.ts';
import { artifactName } from './job-key.ts';
import { reportIn } from './report-in.ts';
import { createRunArtifacts, type ListedArtifact } from './run-artifact.ts';
import { runsInArtifact } from './runs-in-artifact.ts';

/** Workflow runs of a pull request that are looked at: the newest, with one request. */
const MOST_LISTED = 100;
/** Of those, runs that did not succeed whose artifacts are listed. */
const MOST_RUNS = 20;
/** Artifacts that are downloaded in all: the App reads those of every job. */
const MOST_ARTIFACTS = 60;

/** What is known of a pull request's earlier pushes. */
export interface EarlierPushes {
  readonly failed: readonly FailedPush[];
  /** Why there may be others, as sentences without a full stop. */
  readonly problems: readonly string[];
}

/** A pull request, and what of it is judged now. */
export interface JudgedPush {
  readonly number: number;
  readonly headRef: string;
  readonly headSha: string;
  /** The job that judges: its own earlier attempts, and earlier workflow runs of the same head, count as pushes. Null: no job. */
  readonly job: { readonly key: string; readonly runId: number; readonly attempt: number } | null;
}

/**
 * The limits that earlier pushes of a pull request failed on, newest first, with what they predicted. It is what the artifacts of its
 * workflow runs say, so who deletes those runs deletes this memory: then nothing is known, and nothing is lost by it.
 *
 * A workflow run is one of the pull request when its branch is, in the same repository, and it was started after the pull request was
 * opened. Runs that succeeded are not looked into.
 *
 * @throws RequestError when GitHub does not answer. A permission that lacks is a problem, not an error.
 */
export async function earlierPushes(
  octokit: Client,
  repository: RepositoryName,
  push: JudgedPush,
): Promise<EarlierPushes> {
  try {
    return await readPushes(octokit, repository, push);
  } catch (error) {
    const status = statusOf(error);
    if ((status !== 401 && status !== 403 && status !== 404) || isRateLimited(error)) throw error;
    const why = `GitHub answered ${status}: ${(error as Error).message}`;
    return {
      failed: [],
      problems: [`what became of earlier pushes is not known (${why}): grant the job permissions: actions: read`],
    };
  }
}

async function readPushes(octokit: Client, repository: RepositoryName, push: JudgedPush): Promise<EarlierPushes> {
  const artifacts = createRunArtifacts(octokit, repository);
  const failed: FailedPush[] = [];
  const problems: string[] = [];
  const skipped: SkippedFile[] = [];
  let left = MOST_ARTIFACTS;
  for (const { id, headSha } of await unsuccessfulRuns(octokit, repository, push)) {
    const all = (await artifacts.list(id)).filter(
      ({ attempt }) => id !== push.job?.runId || attempt < push.job.attempt,
    );
    for (const artifact of ownFirst(all, push).slice(0, left)) {
      left--;
      const content = await artifacts.open(artifact);
      if (content.kind === 'damaged') problems.push(`workflow run ${id}: ${content.why}`);
      if (content.kind !== 'found') continue;
      const report = reportIn(content.files, skipped);
      const gates = report?.verdict ? provedDrops(report.verdict) : [];
      if (gates.length === 0) continue;
      const runs = await runsInArtifact(content.files, { runId: id, artifact, skipped });
      for (const gate of gates) {
        const model = gate.replacedBy ?? gate.model;
        const evaluatedRun = runs.find(({ run }) => run.dataset === gate.dataset && run.model === model);
        if (evaluatedRun) failed.push({ sha: headSha, gate, evaluatedRun });
      }
    }
  }
  return {
    failed,
    problems: [...problems, ...skipped.map(({ path, reason }) => `${path} of an earlier push ${reason}`)],
  };
}

/** Workflow runs of the pull request that did not succeed, newest first. Those that are under way may have failed already. */
async function unsuccessfulRuns(
  octokit: Client,
  repository: RepositoryName,
  { number, headRef, headSha, job }: JudgedPush,
): Promise<{ readonly id: number; readonly headSha: string }[]> {
  const { data: pull } = await octokit.rest.pulls.get({ ...repository, pull_number: number });
  const { data } = await octokit.rest.actions.listWorkflowRunsForRepo({
    ...repository,
    event: 'pull_request',
    branch: headRef,
    created: `>=${pull.created_at}`,
    per_page: MOST_LISTED,
  });
  return data.workflow_runs
    .filter(
      (run) =>
        // Forks may have a branch of the same name.
        run.head_repository?.id === pull.head.repo?.id &&
        run.conclusion !== 'success' &&
        (run.head_sha !== headSha || (job !== null && run.id <= job.runId)) &&
        (run.id !== job?.runId || job.attempt > 1),
    )
    .slice(0, MOST_RUNS)
    .map((run) => ({ id: run.id, headSha: run.head_sha }));
}

/** What the same job left; where it left nothing (it was renamed, or split), what all did. */
function ownFirst(all: readonly ListedArtifact[], { job }: JudgedPush): readonly ListedArtifact[] {
  const own = all.filter(({ name, attempt }) => job !== null && name === artifactName(job.key, attempt));
  return own.length > 0 ? own : all;
}
