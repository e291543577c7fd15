import type { EvaluatedRun } from '../../core/comparison/compare-models.ts';
import type { SkippedFile } from '../../core/records/skipped-files.ts';
import type { Report } from '../../core/report/report-schema.ts';
import { claimedRunsIn } from '../../github/claimed-runs.ts';
import { createRunArtifacts } from '../../github/run-artifact.ts';
import type { InstalledRepository } from '../installation.ts';
import type { ClaimedDrift } from './claimed-drift.ts';
import { reportIn } from './report-in.ts';
import type { AttemptedRun } from './workflow-attempts.ts';

/** As many jobs as a matrix can have. */
const MOST_ARTIFACTS = 256;

/** An HTML report that a job uploaded. */
export interface ClaimedPage {
  readonly url: string;
  /** Project files and datasets of the runs that the job uploaded with it. */
  readonly projects: readonly string[];
  readonly datasets: readonly string[];
}

/** What the jobs of a commit say they trained, to be judged. */
export interface Claims {
  /** Newest first. */
  readonly runs: readonly EvaluatedRun[];
  /** Of each report, with the commit that it is about. */
  readonly drift: readonly (ClaimedDrift & { readonly sha: string | null })[];
  readonly pages: readonly ClaimedPage[];
  /** Why runs may be missing, as sentences without a full stop. */
  readonly problems: readonly string[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * Reads what the newest attempts of a commit's workflow runs uploaded. Artifacts are read as data: their own zip reader, strict codecs,
 * and only records that name the workflow run and attempt that GitHub says made them.
 */
export async function readClaims(
  { octokit, repository }: InstalledRepository,
  attempts: readonly AttemptedRun[],
): Promise<Claims> {
  const artifacts = createRunArtifacts(octokit, repository);
  const runs: EvaluatedRun[] = [];
  const drift: Claims['drift'][number][] = [];
  const pages: ClaimedPage[] = [];
  const problems: string[] = [];
  const skipped: SkippedFile[] = [];
  const listed = attempts
    .flatMap(({ id, url, artifacts: own }) => own.map((artifact) => ({ id, url, artifact })))
    .sort((a, b) => b.artifact.id - a.artifact.id);
  if (listed.length > MOST_ARTIFACTS)
    problems.push(`the jobs of this commit left ${listed.length} artifacts, of which ${MOST_ARTIFACTS} were read`);
  for (const { id, url, artifact } of listed.slice(0, MOST_ARTIFACTS)) {
    const content = await artifacts.open(artifact);
    if (content.kind === 'gone') problems.push(`artifact ${artifact.name} of workflow run ${id} has expired`);
    else if (content.kind === 'damaged') problems.push(`workflow run ${id}: ${content.why}`);
    else {
      const own = await claimedRunsIn(content.files, { id, artifact, skipped });
      runs.push(...own);
      if (artifact.pageId !== null) pages.push(pageOf(`${url}/artifacts/${artifact.pageId}`, own));
      const report = reportIn(content.files, skipped);
      const told = report && driftIn(report);
      if (told && told.gates.length + told.found.length > 0) drift.push({ sha: report.head.sha, ...told });
    }
  }
  return { runs, drift, pages, problems, skipped };
}

function driftIn({ verdict, drift = [] }: Report): ClaimedDrift {
  return { gates: (verdict?.gates ?? []).filter((gate) => gate.kind === 'drift'), found: drift };
}

function pageOf(url: string, runs: readonly EvaluatedRun[]): ClaimedPage {
  return {
    url,
    projects: [...new Set(runs.flatMap(({ run }) => run.project ?? []))],
    datasets: [...new Set(runs.map(({ run }) => run.dataset))],
  };
}
