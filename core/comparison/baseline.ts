import type { SplitPlan } from '../dataset/split-plan.ts';
import { isSamePlan, recordedPlan } from '../evaluation/split/recorded-plan.ts';
import type { Task } from '../table/task.ts';
import type { Run } from '../tracking/run.ts';
import type { BaselineSearch } from './baseline-search.ts';
import type { EvaluatedRun } from './compare-models.ts';
import type { NoBaseline } from './no-baseline.ts';
import type { RunPredictions } from './paired-difference.ts';

/** Whether a run is what it says it is. GitHub's API verifies that in CI; on a laptop nothing can. */
export type Verified =
  | { readonly kind: 'trusted' | 'local'; readonly predictions: RunPredictions | null }
  /** Nothing speaks against it and nothing for it: its artifact has expired, or cannot be read. */
  | { readonly kind: 'unverified'; readonly expired: boolean; readonly why: string }
  /** It is not what the default branch's own job recorded. */
  | { readonly kind: 'refused'; readonly why: string };

/** Where baselines come from. */
export interface BaselineSource {
  /** Runs of every dataset that the store has. */
  readonly runs: readonly Run[];
  verify(run: Run): Promise<Verified>;
}

/** What a limit makes of it: there is nothing to compare with, or what there is cannot be used. */
const STANDING = {
  no_run: 'first_run',
  only_uncommitted: 'first_run',
  target_changed: 'first_run',
  task_changed: 'first_run',
  split_changed: 'first_run',
  no_repository: 'first_run',
  no_commit: 'first_run',
  unrelated: 'no_verified_baseline',
  shallow: 'no_verified_baseline',
  not_recorded: 'no_verified_baseline',
  unverified: 'no_verified_baseline',
  refused: 'no_verified_baseline',
} as const satisfies Record<NoBaseline['reason'], string>;

/** Commits with runs that the search went past. */
export type PassedOver =
  | { readonly sha: string; readonly why: 'unverified'; readonly detail: string }
  /** Share of its rows that the candidate has, 0…1: too few. */
  | { readonly sha: string; readonly why: 'few_rows'; readonly shared: number };

export type Baseline =
  | { readonly kind: 'none'; readonly standing: 'first_run' | 'no_verified_baseline'; readonly why: NoBaseline }
  | {
      /** Where the search started, or the champion. */
      readonly kind: BaselineSearch['kind'] | 'champion';
      readonly sha: string;
      /** First-parent commits between the start and this one. */
      readonly commitsBehind: number;
      readonly provenance: 'verified' | 'local';
      readonly evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
      readonly keyColumns: readonly string[];
      readonly passedOver: readonly PassedOver[];
    };

/** Share of a baseline's rows that the candidate should have too, for it to be a good one. */
const SHARED_ENOUGH = 0.8;

/**
 * The runs a candidate is compared with: at the first commit of the start, else at its nearest first-parent ancestor, of
 * the same dataset, task, target and split, that shares at least 80 % of its rows (if none does, the nearest of them: judging
 * then finds that the evaluation set changed), else at the champion.
 *
 * A run that is refused ends the search: to go on to an older baseline would reward whoever spoilt the newer one. A commit
 * with a run that cannot be verified is passed over as a whole.
 *
 * @param options.sharedRows the share of a baseline's rows that the candidate has too, 0…1; null when unknown.
 */
export async function findBaseline(
  source: BaselineSource,
  search: BaselineSearch,
  options: {
    readonly dataset: string;
    readonly task: Task;
    readonly target: string;
    readonly split: SplitPlan;
    /** The candidate's own commit: its runs are no baseline unless history says so. */
    readonly self: string | null;
    readonly sharedRows: (predictions: RunPredictions, keyColumns: readonly string[]) => number | null;
  },
): Promise<Baseline> {
  const { dataset, task, target, self } = options;
  const { folds, group, time, gap } = options.split;
  const split = { folds, group, time, gap };
  const recorded = source.runs.filter(
    (run) =>
      run.dataset === dataset && (run.git.sha !== self || search.end === 'no_commit' || search.commits.includes(self!)),
  );
  const clean = recorded.filter((run) => !run.git.dirty);
  const alike = clean.filter((run) => run.task === task && run.target === target);
  const comparable = alike.filter((run) => isSamePlan(recordedPlan(run.split), split));
  if (search.noRepository) return none({ reason: 'no_repository', ...search.noRepository });
  if (recorded.length === 0) return none({ reason: 'no_run' });
  if (search.end === 'no_commit') return none({ reason: 'no_commit' });
  if (clean.length === 0) return none({ reason: 'only_uncommitted' });
  if (alike.length === 0) return none(whatChanged(clean, options));
  if (comparable.length === 0)
    return none({ reason: 'split_changed', before: recordedPlan(newestOf(alike).split), after: split });
  const places = [
    ...search.commits.map((sha, behind) => ({ sha, behind, kind: search.kind })),
    ...(search.champion?.sha ? [{ sha: search.champion.sha, behind: 0, kind: 'champion' as const }] : []),
  ];
  const passedOver: PassedOver[] = [];
  let nearest: Extract<Baseline, { sha: string }> | undefined;
  let doubt: NoBaseline | undefined;
  for (const { sha, behind, kind } of places) {
    const runs = newestByModel(comparable.filter((run) => run.git.sha === sha));
    if (runs.length === 0 || (kind === 'champion' && nearest)) continue;
    const { evaluatedRuns, provenance, against } = await verifyAll(source, runs);
    if (against?.kind === 'refused') return none({ reason: 'refused', sha, detail: against.why });
    if (against) {
      doubt ??= { reason: 'unverified', sha, expired: against.expired, detail: against.why };
      passedOver.push({ sha, why: 'unverified', detail: against.why });
      continue;
    }
    const first = [...evaluatedRuns.values()][0]!;
    const keyColumns = first.run.data.keyColumns;
    const shared = first.predictions ? options.sharedRows(first.predictions, keyColumns) : null;
    const found = {
      kind,
      sha,
      commitsBehind: behind,
      provenance,
      evaluatedRuns,
      keyColumns,
      passedOver: [...passedOver],
    };
    if (shared === null || shared >= SHARED_ENOUGH) return found;
    passedOver.push({ sha, why: 'few_rows', shared });
    nearest ??= found;
  }
  return nearest ?? none(doubt ?? nowhere(search));
}

/** The runs of one commit with their evidence; `against` is the first reason not to use them, a refusal before all else. */
async function verifyAll(
  source: BaselineSource,
  runs: readonly Run[],
): Promise<{
  readonly evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
  readonly provenance: 'verified' | 'local';
  readonly against: Extract<Verified, { why: string }> | undefined;
}> {
  const evaluatedRuns = new Map<string, EvaluatedRun>();
  let provenance: 'verified' | 'local' = 'verified';
  let against: Extract<Verified, { why: string }> | undefined;
  for (const run of runs) {
    const verified = await source.verify(run);
    if (verified.kind === 'refused') return { evaluatedRuns, provenance, against: verified };
    if (verified.kind === 'unverified') {
      against ??= verified;
      continue;
    }
    if (verified.kind === 'local') provenance = 'local';
    evaluatedRuns.set(run.model, { run, predictions: verified.predictions });
  }
  return { evaluatedRuns, provenance, against };
}

function none(why: NoBaseline): Baseline {
  return { kind: 'none', standing: STANDING[why.reason], why };
}

function whatChanged(
  runs: readonly Run[],
  { task, target }: { readonly task: Task; readonly target: string },
): NoBaseline {
  const before = newestOf(runs);
  return before.target === target
    ? { reason: 'task_changed', before: before.task, after: task }
    : { reason: 'target_changed', before: before.target, after: target };
}

function newestOf(runs: readonly Run[]): Run {
  return runs.reduce((newest, run) => (run.createdAt > newest.createdAt ? run : newest));
}

function nowhere({ commits, end }: BaselineSearch): NoBaseline {
  if (end === 'unrelated') return { reason: 'unrelated' };
  if (end === 'shallow') return { reason: 'shallow', commits: commits.length };
  return { reason: 'not_recorded', commits: commits.length, from: commits[0] ?? null };
}

function newestByModel(runs: readonly Run[]): Run[] {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    const other = newest.get(run.model);
    if (!other || run.createdAt > other.createdAt || (run.createdAt === other.createdAt && run.id > other.id)) {
      newest.set(run.model, run);
    }
  }
  return [...newest.values()].sort((a, b) => (a.model < b.model ? -1 : 1));
}
