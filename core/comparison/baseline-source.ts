import type { Run } from '../tracking/run.ts';
import type { EvaluatedRun } from './compare-models.ts';
import type { UnseenRuns } from './no-baseline.ts';

/** The runs of one commit that may be compared with. */
export interface CommitRuns {
  /** Of every dataset and model; of several workflow runs, if there were several. */
  readonly runs: readonly EvaluatedRun[];
  /** `verified`: GitHub's API confirms which workflow run recorded them; `local`: this machine's own, which nobody can confirm. */
  readonly provenance: 'verified' | 'local';
  /** The branch on whose first-parent way the commit lies, as GitHub says; null where nobody has looked. */
  readonly branch: string | null;
  /** Why there may have been others; null: these are all. */
  readonly unseen: UnseenRuns | null;
  /** Ids of those whose file on the branch of runs is not what was recorded. */
  readonly altered: readonly string[];
}

/** Where baselines come from. */
export interface BaselineSource {
  /** An index: runs of every dataset, by their own account. It tells where to look and what a trend was, never what to believe. */
  readonly runs: readonly Run[];
  /** Commits that may have runs that the index lacks. Asked only when the first commit has none. */
  recentCommits(): Promise<ReadonlySet<string>>;
  /** What a commit has. */
  at(sha: string): Promise<CommitRuns>;
}

/** Baselines of one's own machine: the index is all there is. */
export function localBaselines(
  runs: readonly Run[],
  evaluatedRun: (run: Run) => Promise<EvaluatedRun>,
): BaselineSource {
  return {
    runs,
    recentCommits: async () => new Set(),
    at: async (sha) => ({
      runs: await Promise.all(runs.filter(({ git }) => git.sha === sha).map(evaluatedRun)),
      provenance: 'local',
      branch: null,
      unseen: null,
      altered: [],
    }),
  };
}
