import type { SkippedFile } from '../core/records/skipped-files.ts';
import type { Report } from '../core/report/report-schema.ts';
import type { ClaimedRun } from './claimed-run.ts';
import type { Client, RepositoryName } from './client.ts';
import { reportIn } from './report-in.ts';
import { createRunArtifacts } from './run-artifact.ts';

/** Of an artifact, packed and unpacked. It holds no models. */
const MAX_BYTES = 50_000_000;
/** Jobs whose reports are read. */
const MOST_ARTIFACTS = 20;

/** What the jobs of a workflow run say, and why something is not shown: sentences without a full stop. */
export interface ClaimedReports {
  readonly reports: readonly Report[];
  readonly problems: readonly string[];
}

/**
 * Reads the reports that the jobs of a workflow run left, as data: a zip reader and a schema of our own, with size limits. A report must
 * say that it is of this workflow run. Commit and address are GitHub's, whatever the report says.
 */
export async function readClaimedReports(
  octokit: Client,
  repository: RepositoryName,
  run: ClaimedRun,
): Promise<ClaimedReports> {
  const artifacts = createRunArtifacts(octokit, repository, { bytes: MAX_BYTES });
  const reports: Report[] = [];
  const problems: string[] = [];
  const left = run.artifacts.length - MOST_ARTIFACTS;
  if (left > 0) problems.push(`${left} more artifacts were not read`);
  for (const artifact of run.artifacts.slice(0, MOST_ARTIFACTS)) {
    const content = await artifacts.open(artifact);
    if (content.kind === 'gone') problems.push(`artifact ${artifact.name} has expired`);
    else if (content.kind === 'damaged') problems.push(content.why);
    else {
      const skipped: SkippedFile[] = [];
      const report = reportIn(content.files, skipped);
      problems.push(...skipped.map(({ path, reason }) => `${artifact.name}/${path}: ${reason}`));
      if (report && isOf(report, run)) reports.push(asOf(report, run));
      else if (report) problems.push(`${artifact.name}/report.json is about something else than this workflow run`);
    }
  }
  return { reports, problems };
}

function isOf(report: Report, { id, url }: ClaimedRun): boolean {
  const { place, runUrl } = report;
  const pulls = url.replace(/actions\/runs\/.*$/, 'pull/');
  return (
    place === 'pull_request' &&
    runUrl !== null &&
    runUrl.endsWith(`/actions/runs/${id}`) &&
    linksOf(report).every((link) => link.startsWith(pulls))
  );
}

/** Where the report sends a reader, besides to the workflow run. */
function linksOf({ verdict }: Report): string[] {
  if (!verdict) return [];
  const { gates, missing, evaluationSets } = verdict;
  return [...gates, ...missing, ...evaluationSets].flatMap(({ accepted }) => accepted?.url ?? []);
}

function asOf(report: Report, { url, head }: ClaimedRun): Report {
  return { ...report, runUrl: url, head: { ...report.head, sha: head.sha, branch: head.branch } };
}
