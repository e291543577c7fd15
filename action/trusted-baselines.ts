import type { BaselineSource } from '../core/comparison/baseline.ts';
import type { RunPredictions } from '../core/comparison/paired-difference.ts';
import { isRecorded } from '../core/evidence/evidence-branch.ts';
import { evidenceCodec, evidencePath } from '../core/evidence/evidence-codec.ts';
import { readEvidence } from '../core/evidence/evidence-store.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import type { RecordFiles } from '../core/ports/record-files.ts';
import { createMemoryRecordFiles } from '../core/records/memory-record-files.ts';
import type { SkippedFile } from '../core/records/skipped-files.ts';
import type { Run } from '../core/tracking/run.ts';
import type { RecordedRuns } from '../github/provenance.ts';
import type { JobContext } from './context.ts';

/** Baselines of a job, and what is to be said of their evidence. */
export interface TrustedBaselines extends BaselineSource {
  notes(): readonly string[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * The runs of the branch of runs, as far as GitHub verifies them. Their evidence comes from the artifact of the workflow
 * run that made them; when that has expired, from the branch of evidence, if the run's record has the digest of what lies there.
 *
 * @param published null where no evidence is kept on a branch.
 */
export function trustedBaselines(
  { verify }: Pick<JobContext, 'verify'>,
  recorded: RecordedRuns,
  published: { readonly description: string; readonly files: Pick<RecordFiles, 'read'> } | null,
): TrustedBaselines {
  const skipped: SkippedFile[] = [];
  const notes = new Set<string>();
  const predictionsIn = (run: Run, files: Pick<RecordFiles, 'read'>) =>
    skippingEvidenceStore({ get: (id) => readEvidence(files, id) }, skipped).get(run.id);

  async function publishedPredictions(run: Run): Promise<RunPredictions | null> {
    const path = evidencePath(run.id);
    const found = (await published?.files.read([path], evidenceCodec.maxBytes))?.get(path);
    if (!published || !found) return null;
    if ('bytes' in found && isRecorded(run, found.bytes)) return (await predictionsIn(run, published.files)) ?? null;
    skipped.push({ path, reason: 'its SHA-256 is not the one that the run recorded' });
    return null;
  }

  return {
    runs: recorded.runs,
    skipped,
    notes: () => [...notes],
    async verify(run) {
      const provenance = await verify(run, recorded);
      if (provenance.kind !== 'trusted') return provenance;
      const { files } = provenance;
      if (files) {
        const unpacked = createMemoryRecordFiles(new Map(files));
        return { kind: 'trusted', predictions: (await predictionsIn(run, unpacked)) ?? null };
      }
      const predictions = await publishedPredictions(run);
      const from = predictions
        ? `its evidence comes from ${published!.description}`
        : 'it is compared without pairs of rows';
      notes.add(`the artifact of run ${run.id} has expired: ${from}`);
      return { kind: 'trusted', predictions };
    },
  };
}
