import type { EvaluatedRun } from '../core/comparison/compare-models.ts';
import type { TrustedBaselines } from '../github/trusted-baselines.ts';

/** Baselines with the runs of the base commit that were trained in this workflow run: they count where it has none of that dataset. */
export function withClaimedBase(
  baselines: TrustedBaselines,
  base: string,
  claimed: () => Promise<readonly EvaluatedRun[]>,
): TrustedBaselines {
  return {
    ...baselines,
    async at(sha) {
      const known = await baselines.at(sha);
      if (sha !== base) return known;
      const isKnown = (dataset: string) => known.runs.some(({ run }) => run.dataset === dataset);
      const added = (await claimed()).filter(({ run }) => !isKnown(run.dataset));
      return added.length === 0 ? known : { ...known, runs: [...known.runs, ...added] };
    },
  };
}
