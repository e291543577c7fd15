import type { SplitPlan } from '../dataset/split-plan.ts';
import { ENGINE, KEY_SCHEME } from '../engine.ts';
import { isSamePlan, recordedPlan } from '../evaluation/split/recorded-plan.ts';
import type { RowSet } from '../evidence/evidence.ts';
import type { Task } from '../table/task.ts';
import type { Run } from '../tracking/run.ts';
import type { BaselineNote } from './baseline-note.ts';
import type { BaselineSearch } from './baseline-search.ts';
import type { BaselineSource, CommitRuns } from './baseline-source.ts';
import { type EvaluatedRun, rowsOf } from './compare-models.ts';
import type { NoBaseline } from './no-baseline.ts';
import { newestRuns, poolRuns } from './pool-runs.ts';
import type { NotRemade, RemadeWhy } from './remade.ts';

/** Commits with runs that the search went past. */
export type PassedOver =
  | { readonly sha: string; readonly why: 'unverified'; readonly detail: string }
  /** Share of its rows that the candidate has, 0…1: too few. */
  | { readonly sha: string; readonly why: 'few_rows'; readonly shared: number };

export type Baseline =
  | {
      readonly kind: 'none';
      readonly why: NoBaseline;
      /** Why the base commit could not be trained here instead; absent: that was not tried. */
      readonly notRemade?: NotRemade;
    }
  | {
      /** Where the search started, or the champion. */
      readonly kind: BaselineSearch['kind'] | 'champion';
      readonly sha: string;
      /** First-parent commits between the start and this one. */
      readonly commitsBehind: number;
      /** Its inputs are those of the commit the search started at, whose run it therefore is. */
      readonly sameInputs: boolean;
      readonly provenance: 'verified' | 'local' | 'remade';
      /** Of one that was trained here from the base commit. `seconds`: null where it was kept from an earlier time. */
      readonly remade?: { readonly seconds: number | null; readonly why: RemadeWhy };
      /** On whose first-parent way it lies; null where nobody has looked. */
      readonly branch: string | null;
      readonly evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
      readonly keyColumns: readonly string[];
      readonly passedOver: readonly PassedOver[];
      /** What became of its records: pooled, altered on the branch of runs, of another engine. */
      readonly notes: readonly BaselineNote[];
    };

/** Share of a baseline's rows that the candidate should have too, for it to be a good one. */
const SHARED_ENOUGH = 0.8;
/** Commits that may be asked for in vain: each costs requests, and runs are deleted oldest first. */
const MOST_MISSES = 6;

export interface BaselineOptions {
  readonly dataset: string;
  readonly task: Task;
  readonly target: string;
  readonly split: SplitPlan;
  /** The candidate's own commit: its runs are no baseline unless history says so. */
  readonly self: string | null;
  /** The share of a baseline's rows that the candidate has too, 0…1; null when unknown. */
  readonly sharedRows: (rowSet: RowSet, keyColumns: readonly string[]) => number | null;
  /**
   * Whether a commit has the inputs of the one the search starts at. With it, runs of older commits count only where it does: else
   * to delete a run would let the change be compared with a weaker one. Absent: the nearest run counts, whatever has changed since.
   */
  readonly sameInputs?: (sha: string) => Promise<boolean>;
}

interface Place {
  readonly sha: string;
  readonly behind: number;
  readonly kind: Extract<Baseline, { sha: string }>['kind'];
}

/**
 * The runs of the same dataset, task, target and split that a candidate is compared with: at the first commit of the start, else at
 * the nearest older first-parent commit with the same inputs, else at the champion. Where nobody can tell what the inputs were, at the
 * nearest commit that shares at least 80 % of its rows (if none does, the nearest of them: judging then finds that the evaluation
 * set changed), before the champion.
 *
 * What the index of runs says is only where to look. What cannot be seen is passed over, and named.
 */
export async function findBaseline(
  source: BaselineSource,
  search: BaselineSearch,
  options: BaselineOptions,
): Promise<Baseline> {
  const { dataset, self } = options;
  const isLookedAt = (sha: string | null) => sha !== self || search.commits.includes(self!);
  const indexed = source.runs.filter(
    (run) => run.dataset === dataset && (search.end === 'no_commit' || isLookedAt(run.git.sha)),
  );
  if (search.noRepository) return none({ reason: 'no_repository', ...search.noRepository });
  if (search.end === 'no_commit') return none({ reason: indexed.length === 0 ? 'no_run' : 'no_commit' });
  const seen: Run[] = [];
  const passedOver: PassedOver[] = [];
  let nearest: Extract<Baseline, { sha: string }> | undefined;
  let unseen: NoBaseline | undefined;
  let misses = 0;
  for await (const place of placesOf(source, search, indexed)) {
    const { sha, kind, behind } = place;
    if (!isLookedAt(sha) || (kind === 'champion' && nearest)) continue;
    if (misses >= MOST_MISSES) break;
    const sameInputs = behind > 0 && (await options.sameInputs?.(sha)) === true;
    if (behind > 0 && options.sameInputs && !sameInputs) {
      misses++;
      continue;
    }
    const commit = await source.at(sha);
    const own = commit.runs.filter(({ run }) => run.dataset === dataset);
    seen.push(...own.map(({ run }) => run));
    const comparable = own.filter(({ run }) => isComparable(run, options));
    if (comparable.length === 0) {
      misses++;
      if (!commit.unseen) continue;
      unseen ??= commit.unseen;
      if (isEverywhere(commit.unseen)) break;
      passedOver.push({ sha, why: 'unverified', detail: detailOf(commit.unseen) });
      continue;
    }
    const found = baselineAt({ ...place, sameInputs }, commit, comparable);
    const [first] = found.evaluatedRuns.values();
    const rowSet = rowsOf(first!);
    const shared = rowSet ? options.sharedRows(rowSet, found.keyColumns) : null;
    const whole = { ...found, passedOver: [...passedOver] };
    if (shared === null || shared >= SHARED_ENOUGH || options.sameInputs) return whole;
    misses++;
    passedOver.push({ sha, why: 'few_rows', shared });
    nearest ??= whole;
  }
  return nearest ?? none(unseen ?? whyNothing([...indexed, ...seen], search, options));
}

/** Commits that may have runs of the dataset, in the order they are to be asked. */
async function* placesOf(
  source: BaselineSource,
  { commits, kind, champion }: BaselineSearch,
  indexed: readonly Run[],
): AsyncGenerator<Place> {
  const all = commits.map((sha, behind): Place => ({ sha, behind, kind }));
  const [first, ...older] = all;
  if (first) yield first;
  const recorded = new Set(indexed.map(({ git }) => git.sha));
  if (older.length > 0) {
    const recent = await source.recentCommits();
    for (const place of older) if (recorded.has(place.sha) || recent.has(place.sha)) yield place;
  }
  if (champion?.sha) yield { sha: champion.sha, behind: 0, kind: 'champion' };
}

/** What stands in the way at one commit stands in the way at all. */
function isEverywhere({ reason }: NonNullable<CommitRuns['unseen']>): boolean {
  return reason === 'no_permission' || reason === 'no_artifacts';
}

function detailOf(unseen: NonNullable<CommitRuns['unseen']>): string {
  if ('detail' in unseen) return unseen.detail;
  return 'server' in unseen ? `${unseen.server} keeps no artifacts` : `${unseen.workflow} is still running`;
}

function baselineAt(
  { sha, behind, kind, sameInputs }: Place & { readonly sameInputs: boolean },
  { provenance, altered, branch }: CommitRuns,
  runs: readonly EvaluatedRun[],
): Extract<Baseline, { sha: string }> {
  const { evaluatedRuns, notes } = provenance === 'local' ? newestRuns(runs) : poolRuns(runs);
  const all = [...evaluatedRuns.values()].map(({ run }) => run);
  const engine = all.map((run) => run.engine ?? 1).find((number) => number !== ENGINE);
  const known = altered.filter((id) => runs.some(({ run }) => run.id === id));
  return {
    kind,
    sha,
    commitsBehind: behind,
    sameInputs,
    provenance,
    branch,
    evaluatedRuns,
    keyColumns: all[0]!.data.keyColumns,
    passedOver: [],
    notes: [
      ...known.map((run): BaselineNote => ({ note: 'record_altered', run })),
      ...notes,
      ...(engine === undefined ? [] : [{ note: 'other_engine' as const, before: engine, after: ENGINE }]),
    ],
  };
}

function isComparable(run: Run, options: BaselineOptions): boolean {
  return !run.git.dirty && isAlike(run, options) && schemeOf(run) === KEY_SCHEME && hasSplit(run, options);
}

function isAlike(run: Run, { task, target }: BaselineOptions): boolean {
  return run.task === task && run.target === target;
}

function hasSplit({ split }: Run, options: BaselineOptions): boolean {
  return isSamePlan(recordedPlan(split), planOf(options));
}

function planOf({ split: { folds, group, time, gap, duplicates } }: BaselineOptions): SplitPlan {
  return { folds, group, time, gap, ...(duplicates && { duplicates }) };
}

/** Records that were made before schemes had numbers are of the first. */
function schemeOf({ keyScheme = 1 }: Run): number {
  return keyScheme;
}

/** Why no run of a dataset is comparable, from the first hurdle that none takes. */
function whyNothing(runs: readonly Run[], search: BaselineSearch, options: BaselineOptions): NoBaseline {
  // Where history itself ends too soon, no run says why.
  if (search.commits.length === 0 && search.end !== 'complete') return nowhere(search, options);
  if (runs.length === 0) return { reason: 'no_run' };
  const clean = runs.filter(({ git }) => !git.dirty);
  if (clean.length === 0) return { reason: 'only_uncommitted' };
  const alike = clean.filter((run) => isAlike(run, options));
  if (alike.length === 0) return whatChanged(clean, options);
  const sameScheme = alike.filter((run) => schemeOf(run) === KEY_SCHEME);
  if (sameScheme.length === 0)
    return { reason: 'key_scheme_changed', before: schemeOf(newestOf(alike)), after: KEY_SCHEME };
  if (!sameScheme.some((run) => hasSplit(run, options)))
    return { reason: 'split_changed', before: recordedPlan(newestOf(sameScheme).split), after: planOf(options) };
  return nowhere(search, options);
}

function none(why: NoBaseline): Baseline {
  return { kind: 'none', why };
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

function nowhere({ commits, end }: BaselineSearch, { sameInputs }: BaselineOptions): NoBaseline {
  if (end === 'unrelated' || end === 'no_default_branch') return { reason: end };
  if (end === 'shallow') return { reason: 'shallow', commits: commits.length };
  const looked = sameInputs ? Math.min(1, commits.length) : commits.length;
  return { reason: 'not_recorded', commits: looked, from: commits[0] ?? null };
}
