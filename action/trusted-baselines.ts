import type { BaselineSource } from '../core/comparison/baseline.ts';
import type { RunPredictions } from '../core/comparison/paired-difference.ts';
import { isRecorded } from '../core/evidence/evidence-branch.ts';
import { createEvidenceStore, type EvidenceFiles, evidencePath } from '../core/evidence/evidence-files.ts';
import { skippingEvidenceStore } from '../core/evidence/skipping-evidence-store.ts';
import type { Run } from '../core/tracking/run.ts';
import type { SkippedFile } from '../core/tracking/skipped-files.ts';
import type { JobContext } from './context.ts';

/** Baselines of a job, and what is to be said of their evidence. */
export interface TrustedBaselines extends BaselineSource {
  notes(): readonly string[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * The runs of the branch of runs, as far as GitHub vouches for them. Their evidence comes from the artifact of the workflow
 * run that made them; when that has expired, from the branch of evidence, if the run's record has the digest of what lies there.
 *
 * @param published null where no evidence is kept on a branch.
 */
export function trustedBaselines(
  { verify }: Pick<JobContext, 'verify'>,
  runs: readonly Run[],
  published: { readonly description: string; readonly files: EvidenceFiles } | null,
): TrustedBaselines {
  const skipped: SkippedFile[] = [];
  const notes = new Set<string>();
  const predictionsIn = (run: Run, files: EvidenceFiles) =>
    skippingEvidenceStore(createEvidenceStore(files), skipped).get(run.id);

  async function publishedPredictions(run: Run): Promise<RunPredictions | null> {
    const bytes = await published?.files.read(evidencePath(run.id));
    if (!published || !bytes) return null;
    if (isRecorded(run, bytes)) return (await predictionsIn(run, published.files)) ?? null;
    skipped.push({ path: evidencePath(run.id), reason: 'its SHA-256 is not the one that the run recorded' });
    return null;
  }

  return {
    runs,
    skipped,
    notes: () => [...notes],
    async verify(run) {
      const provenance = await verify(run, runs);
      if (provenance.kind !== 'trusted') return provenance;
      const { files } = provenance;
      if (files) return { kind: 'trusted', predictions: (await predictionsIn(run, unpacked(files))) ?? null };
      const predictions = await publishedPredictions(run);
      const from = predictions
        ? `its evidence comes from ${published!.description}`
        : 'it is compared without pairs of rows';
      notes.add(`the artifact of run ${run.id} has expired: ${from}`);
      return { kind: 'trusted', predictions };
    },
  };
}

/** The files of an unpacked artifact. */
function unpacked(files: ReadonlyMap<string, Uint8Array>): EvidenceFiles {
  return {
    read: async (path) => files.get(path),
    write: async () => {
      throw new Error('an artifact is not written to');
    },
  };
}
