import type { Leg } from '../core/commands/plan/legs.ts';
import type { EvaluatedRun } from '../core/comparison/compare-models.ts';
import { AppError } from '../core/errors/app-error.ts';
import { once } from '../core/once.ts';
import type { Claims } from '../core/ports/claims.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import { claimAttemptOf, claimName, jobKey } from '../github/job-key.ts';
import { createRunArtifacts, type ListedArtifact } from '../github/run-artifact.ts';
import { runsInArtifact } from '../github/runs-in-artifact.ts';
import type { JobContext } from './context.ts';
import type { Inputs } from './inputs.ts';
import { identityOf } from './job-identity.ts';
import { JOB_OF, type Needs } from './needs.ts';

/** What the legs of this workflow run handed over. */
export interface JobClaims extends Claims {
  /** The runs of the base commit that were trained for this change; none where they were known. */
  ofBase(): Promise<readonly EvaluatedRun[]>;
}

/**
 * Reads what legs handed over. An artifact counts if it is the newest of its leg and its SHA-256 is the one that the leg told: any job of
 * a workflow run can replace the artifact of another one, none its outputs.
 */
export function openClaims(
  context: Pick<JobContext, 'octokit' | 'repository' | 'runId' | 'runAttempt' | 'workflow'>,
  inputs: Pick<Inputs, 'options' | 'workingDirectory'>,
  needs: Needs,
): JobClaims {
  const artifacts = createRunArtifacts(context.octokit, context.repository);
  const listed = once(() => artifacts.list(context.runId, claimAttemptOf));

  async function handedOver(leg: Leg, digest: string): Promise<readonly EvaluatedRun[]> {
    const job = JOB_OF[leg.side];
    const identity = identityOf({ workflow: context.workflow, job }, inputs);
    const key = jobKey({ ...identity, datasets: [leg.dataset], models: [] });
    const artifact = newest(await listed(), key, context.runAttempt);
    if (!artifact) throw notThere(leg, 'there is no artifact of it in this workflow run');
    if (artifact.digest !== `sha256:${digest}`)
      throw notThere(leg, `artifact ${artifact.name} is another one than the job ${job} uploaded`);
    const content = await artifacts.open(artifact);
    if (content.kind !== 'found')
      throw notThere(leg, content.kind === 'gone' ? `artifact ${artifact.name} is gone` : content.why);
    const skipped: SkippedFile[] = [];
    const runs = await runsInArtifact(content.files, { runId: context.runId, artifact, skipped });
    const [damaged] = skipped;
    if (damaged) throw notThere(leg, `${damaged.path}: ${damaged.reason}`);
    if (runs.length === 0) throw notThere(leg, `artifact ${artifact.name} holds no run`);
    return runs;
  }

  async function all(side: Leg['side']): Promise<Map<string, readonly EvaluatedRun[]>> {
    const digests = needs.digestsOf(side);
    const found = new Map<string, readonly EvaluatedRun[]>();
    for (const [i, leg] of needs.legs[side].entries()) found.set(leg.dataset, await handedOver(leg, digests[i]!));
    return found;
  }

  return {
    async of(datasets) {
      const planned = needs.legs.candidate.map(({ dataset }) => dataset);
      if ([...datasets].sort().join('\n') !== [...planned].sort().join('\n')) throw otherPlan(planned, datasets);
      return all('candidate');
    },
    ofBase: once(async () => {
      const runs = [...(await all('base')).values()].flat();
      const strange = runs.find(({ run }) => run.git.sha !== needs.base);
      if (!strange) return runs;
      throw new AppError({
        message: 'the job base trained another commit than the base commit',
        found: strange.run.git.sha ?? 'no commit',
        allowed: needs.base ?? 'none',
        next: 'let it check out the commit that the job plan names, as the workflow of docs/three-jobs.md does',
      });
    }),
  };
}

/** A workflow run that is run again keeps the artifacts of its earlier attempts. */
function newest(all: readonly ListedArtifact[], key: string, attempt: number): ListedArtifact | undefined {
  const own = all.filter((one) => one.name === claimName(key, one.attempt) && one.attempt <= attempt);
  return own.sort((a, b) => b.attempt - a.attempt || b.id - a.id)[0];
}

function notThere({ dataset, side }: Leg, why: string): AppError {
  return new AppError({
    message: `what the job ${JOB_OF[side]} trained of ${dataset} is not what it handed over, so nothing is judged`,
    found: why,
    next: 're-run all jobs of this workflow run, not only those that failed',
  });
}

function otherPlan(planned: readonly string[], wanted: readonly string[]): AppError {
  return new AppError({
    message: 'other datasets were planned than have to be trained',
    found: planned.join(', ') || 'none',
    allowed: wanted.join(', ') || 'none',
    next: 're-run all jobs of this workflow run; check out the same commit in the jobs plan and publish',
  });
}
