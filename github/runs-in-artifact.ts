import type { EvaluatedRun } from '../core/comparison/compare-models.ts';
import { evaluatedRunIn } from '../core/comparison/evaluated-run.ts';
import { createEvidenceStore } from '../core/evidence/evidence-store.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import { createMemoryRecordFiles } from '../core/records/memory-record-files.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import { createRunStore } from '../core/tracking/run-store.ts';
import type { ListedArtifact } from './run-artifact.ts';

/**
 * The runs of an artifact that name the workflow run and the attempt that GitHub says made it, with their evidence: what a job says it
 * trained. Files are read by strict codecs.
 *
 * @param of.skipped gets a line for each that cannot be read.
 */
export async function runsInArtifact(
  content: ReadonlyMap<string, Uint8Array>,
  of: { readonly runId: number; readonly artifact: ListedArtifact; readonly skipped: SkippedFile[] },
): Promise<EvaluatedRun[]> {
  const files = createMemoryRecordFiles(new Map(content));
  const listing = await createRunStore(files).list();
  of.skipped.push(...listing.skipped);
  const own = listing.runs.filter(
    ({ git, workflow }) => workflow?.runId === of.runId && workflow.attempt === of.artifact.attempt && !git.dirty,
  );
  const evidence = skippingEvidenceStore(createEvidenceStore(files), of.skipped);
  return Promise.all(own.map((run) => evaluatedRunIn(evidence, run)));
}
