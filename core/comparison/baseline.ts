import type { Task } from '../models/model.ts';
import type { Run } from '../tracking/run.ts';
import type { Side } from './compare-models.ts';
import type { Proof } from './paired-difference.ts';

/** How far a run may be believed, asked of whoever can know: the API in CI, nobody on a laptop. */
export type Vouched =
  | { readonly kind: 'trusted' | 'local'; readonly proof: Proof | null }
  /** Nothing speaks against it and nothing for it: its artifact has expired. */
  | { readonly kind: 'unverified'; readonly why: string }
  /** It is not what the default branch's own job recorded. */
  | { readonly kind: 'refused'; readonly why: string };

/** Where baselines come from. */
export interface BaselineSource {
  /** Runs of every data set that the store has. */
  readonly runs: readonly Run[];
  vouch(run: Run): Promise<Vouched>;
}

/** A commit to look at first, then its first-parent ancestors; `champion` is asked when none of them has a run. */
export interface BaselineStart {
  readonly kind: 'merge_base' | 'ancestor' | 'named';
  /** Newest first; empty when history is unknown. */
  readonly commits: readonly string[];
  readonly champion: string | null;
}

export type Baseline =
  | { readonly kind: 'none'; readonly reason: 'first_run' | 'no_trusted_baseline'; readonly why: string }
  | {
      readonly kind: 'merge_base' | 'ancestor' | 'named' | 'champion';
      readonly sha: string;
      /** First-parent commits between the start and this one. */
      readonly commitsBehind: number;
      readonly provenance: 'trusted' | 'local';
      readonly sides: ReadonlyMap<string, Side>;
      readonly keyColumns: readonly string[];
    };

/** Share of a baseline's rows that the candidate should have too, for it to be a good one. */
const SHARED_ENOUGH = 0.8;

/**
 * The runs a candidate is compared with: at the merge base, else at its nearest first-parent ancestor with the same
 * data set, task, target and metrics that shares at least 80 % of its rows (if none does, the nearest of them: judging
 * then finds another exam), else at the champion.
 *
 * A run that is refused ends the search: to go on to an older baseline would reward whoever spoilt the newer one.
 *
 * @param options.sharedRows the share of a proof's rows that the candidate's table has, 0…1; null when unknown.
 */
export async function findBaseline(
  source: BaselineSource,
  start: BaselineStart,
  options: {
    readonly dataset: string;
    readonly task: Task;
    readonly target: string;
    readonly metrics: readonly string[];
    /** The candidate's own commit: its runs are no baseline unless history says so. */
    readonly self: string | null;
    readonly sharedRows: (proof: Proof, keyColumns: readonly string[]) => number | null;
  },
): Promise<Baseline> {
  const { dataset, task, target, metrics, self } = options;
  const comparable = source.runs.filter(
    (run) =>
      run.dataset === dataset &&
      run.task === task &&
      run.target === target &&
      !run.git.dirty &&
      (run.git.sha !== self || start.commits.includes(self!)) &&
      metrics.every((id) => Object.hasOwn(run.metrics, id)),
  );
  if (comparable.length === 0) {
    return {
      kind: 'none',
      reason: 'first_run',
      why: `no earlier run of ${dataset} with this target and these metrics`,
    };
  }
  const places = [
    ...start.commits.map((sha, behind) => ({ sha, behind, kind: behind === 0 ? start.kind : ('ancestor' as const) })),
    ...(start.champion === null ? [] : [{ sha: start.champion, behind: 0, kind: 'champion' as const }]),
  ];
  let nearest: Extract<Baseline, { sha: string }> | undefined;
  let doubt: string | undefined;
  for (const { sha, behind, kind } of places) {
    const runs = newestByModel(comparable.filter((run) => run.git.sha === sha));
    if (runs.length === 0 || (kind === 'champion' && nearest)) continue;
    const sides = new Map<string, Side>();
    let provenance: 'trusted' | 'local' = 'trusted';
    for (const run of runs) {
      const vouched = await source.vouch(run);
      if (vouched.kind === 'refused') return { kind: 'none', reason: 'no_trusted_baseline', why: vouched.why };
      if (vouched.kind === 'unverified') {
        doubt ??= vouched.why;
        continue;
      }
      provenance = vouched.kind;
      sides.set(run.model, { run, proof: vouched.proof });
    }
    const first = [...sides.values()][0];
    if (!first) continue;
    const keyColumns = first.run.data.key_columns;
    const found = { kind, sha, commitsBehind: behind, provenance, sides, keyColumns };
    const shared = first.proof ? options.sharedRows(first.proof, keyColumns) : null;
    if (shared === null || shared >= SHARED_ENOUGH) return found;
    nearest ??= found;
  }
  return nearest ?? { kind: 'none', reason: 'no_trusted_baseline', why: doubt ?? nowhere(start) };
}

function nowhere({ commits }: BaselineStart): string {
  if (commits.length === 0) return 'the history of this commit is not known here, so no run can be called its baseline';
  return `none of the ${commits.length} commits looked at, from ${commits[0]!.slice(0, 7)} back, has a run`;
}

function newestByModel(runs: readonly Run[]): Run[] {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    const other = newest.get(run.model);
    if (!other || run.created_at > other.created_at || (run.created_at === other.created_at && run.id > other.id)) {
      newest.set(run.model, run);
    }
  }
  return [...newest.values()].sort((a, b) => (a.model < b.model ? -1 : 1));
}
