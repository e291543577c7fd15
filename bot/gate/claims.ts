import type { EvaluatedRun } from '../../core/comparison/compare-models.ts';
import type { DriftGate } from '../../core/comparison/gate-result.ts';
import { AppError } from '../../core/errors/app-error.ts';
import { readEvidence } from '../../core/evidence/evidence-store.ts';
import { skippingEvidenceStore } from '../../core/evidence/skipping-evidence-store.ts';
import { createMemoryRecordFiles } from '../../core/records/memory-record-files.ts';
import type { SkippedFile } from '../../core/records/skipped-files.ts';
import { readReport } from '../../core/report/report-file.ts';
import { createRunStore } from '../../core/tracking/run-store.ts';
import { createRunArtifacts, type ListedArtifact } from '../../github/run-artifact.ts';
import type { InstalledRepository } from '../installation.ts';
import type { AttemptedRun } from './workflow-attempts.ts';

/** As many jobs as a matrix can have. */
const MOST_ARTIFACTS = 256;

/** A gate of drift, as the report of a job has it. */
interface ClaimedDrift {
  /** The commit that the report is about. */
  readonly sha: string | null;
  readonly gate: DriftGate;
}

/** What the jobs of a commit say they trained, to be judged. */
export interface Claims {
  /** Newest first. */
  readonly runs: readonly EvaluatedRun[];
  /** What jobs say of the drift of tables, which the App does not read. */
  readonly driftGates: readonly ClaimedDrift[];
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
  const driftGates: ClaimedDrift[] = [];
  const problems: string[] = [];
  const skipped: SkippedFile[] = [];
  const listed = attempts
    .flatMap(({ id, artifacts: own }) => own.map((artifact) => ({ id, artifact })))
    .sort((a, b) => b.artifact.id - a.artifact.id);
  if (listed.length > MOST_ARTIFACTS)
    problems.push(`the jobs of this commit left ${listed.length} artifacts, of which ${MOST_ARTIFACTS} were read`);
  for (const { id, artifact } of listed.slice(0, MOST_ARTIFACTS)) {
    const content = await artifacts.open(artifact);
    if (content.kind === 'gone') problems.push(`artifact ${artifact.name} of workflow run ${id} has expired`);
    else if (content.kind === 'damaged') problems.push(`workflow run ${id}: ${content.why}`);
    else {
      runs.push(...(await runsIn(content.files, { id, artifact, skipped })));
      driftGates.push(...driftIn(content.files, skipped));
    }
  }
  return { runs, driftGates, problems, skipped };
}

const REPORT = 'report.json';
const MAX_REPORT_BYTES = 20_000_000;

function driftIn(files: ReadonlyMap<string, Uint8Array>, skipped: SkippedFile[]): ClaimedDrift[] {
  const bytes = files.get(REPORT);
  if (!bytes || bytes.length > MAX_REPORT_BYTES) return [];
  try {
    const { verdict, head } = readReport(new TextDecoder().decode(bytes), REPORT);
    return (verdict?.gates ?? []).flatMap((gate) => (gate.kind === 'drift' ? [{ sha: head.sha, gate }] : []));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    skipped.push({ path: REPORT, reason: error.problems[0]!.message });
    return [];
  }
}

async function runsIn(
  content: ReadonlyMap<string, Uint8Array>,
  of: { readonly id: number; readonly artifact: ListedArtifact; readonly skipped: SkippedFile[] },
): Promise<EvaluatedRun[]> {
  const files = createMemoryRecordFiles(new Map(content));
  const listing = await createRunStore(files).list();
  of.skipped.push(...listing.skipped);
  const own = listing.runs.filter(
    ({ git, workflow }) => workflow?.runId === of.id && workflow.attempt === of.artifact.attempt && !git.dirty,
  );
  const evidence = skippingEvidenceStore({ get: (id) => readEvidence(files, id) }, of.skipped);
  return Promise.all(own.map(async (run) => ({ run, predictions: (await evidence.get(run.id)) ?? null })));
}
