import type { EvaluatedRun } from '../core/comparison/compare-models.ts';
import { evaluatedRunIn } from '../core/comparison/evaluated-run.ts';
import { createEvidenceStore } from '../core/evidence/evidence-store.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import { createMemoryRecordFiles } from '../core/records/memory-record-files.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import { createRunStore } from '../core/tracking/run-store.ts';
import type { ListedArtifact } from './run-artifact.ts';

/**
 * The runs that an artifact holds, read as data: only records that name the workflow run and attempt that GitHub says made it.
 *
 * @param files by path.
 * @param of.skipped takes what could not be read.
 */
export async function claimedRunsIn(
  files: ReadonlyMap<string, Uint8Array>,
  of: { readonly id: number; readonly artifact: Pick<ListedArtifact, 'attempt'>; readonly skipped: SkippedFile[] },
): Promise<EvaluatedRun[]> {
  const records = createMemoryRecordFiles(new Map(files));
  const listing = await createRunStore(records).list();
  of.skipped.push(...listing.skipped);
  const own = listing.runs.filter(
    ({ git, workflow }) => workflow?.runId === of.id && workflow.attempt === of.artifact.attempt && !git.dirty,
  );
  const evidence = skippingEvidenceStore(createEvidenceStore(records), of.skipped);
  return Promise.all(own.map((run) => evaluatedRunIn(evidence, run)));
}
