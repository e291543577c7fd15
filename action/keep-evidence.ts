import type { EvidenceStore } from '../core/evidence/evidence.ts';
import { planEvidence } from '../core/evidence/evidence-branch.ts';
import { evidencePath } from '../core/evidence/evidence-codec.ts';
import { publishEvidence } from '../core/evidence/published-evidence.ts';
import type { GitEvidenceBranch } from '../core/io/git/git-evidence-branch.ts';
import type { Run } from '../core/tracking/run.ts';
import type { RunStore } from '../core/tracking/run-store.ts';
import type { TrustedBaselines } from '../github/trusted-baselines.ts';

/**
 * Puts the evidence of the default branch's own new runs on the branch of evidence, and takes off it what is no longer the
 * newest of its dataset and model, nor the champion's. What others of its files belong to must not be stray.
 *
 * @param options.store where the new runs' evidence is.
 * @param options.champion a commit.
 */
export async function keepEvidence(
  { standingOf }: Pick<TrustedBaselines, 'standingOf'>,
  branch: GitEvidenceBranch,
  options: {
    readonly runs: readonly Run[];
    readonly recorded: RunStore;
    readonly store: EvidenceStore;
    readonly champion: string | null;
  },
): Promise<void> {
  const { runs: own, recorded, store, champion } = options;
  const fresh = new Map<string, Uint8Array>();
  for (const run of own) {
    const predictions = run.evidenceSha256 === undefined ? undefined : await store.get(run.id);
    if (predictions) for (const [path, bytes] of publishEvidence(predictions).files) fresh.set(path, bytes);
  }
  await branch.replace(async (kept) => {
    const { runs: all } = await recorded.list();
    const ownIds = new Set(own.map(({ id }) => id));
    const believed = [...own];
    for (const run of all) {
      if (ownIds.has(run.id) || !kept.has(evidencePath(run.id))) continue;
      if ((await standingOf(run)) !== 'stray') believed.push(run);
    }
    return planEvidence(new Map([...kept, ...fresh]), {
      kept: new Set(kept.keys()),
      runs: believed,
      pinned: new Set(champion === null ? [] : [champion]),
    });
  });
}
