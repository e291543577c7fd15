import type { Evidence } from '../evidence/evidence.ts';
import { MAX_REPEATS } from '../evidence/evidence-checks.ts';
import { sha256Hex } from '../random/sha256.ts';
import type { Run } from '../tracking/run.ts';
import type { BaselineNote } from './baseline-note.ts';
import type { EvaluatedRun } from './compare-models.ts';

/** One run per model, in the order of their names, and what was made of the others. */
export interface PooledRuns {
  readonly evaluatedRuns: ReadonlyMap<string, EvaluatedRun>;
  readonly notes: readonly BaselineNote[];
}

/**
 * Of several verified runs of one commit and model: one run, whose repeats are those of all. Equal predictions count once. To
 * take the newest would let whoever may dispatch a workflow roll the dice until the baseline is low. Where rows differ,
 * nothing can be pooled, and the earliest run counts.
 *
 * @param runs of one commit and dataset, in any order.
 */
export function poolRuns(runs: readonly EvaluatedRun[]): PooledRuns {
  const notes: BaselineNote[] = [];
  const evaluatedRuns = new Map<string, EvaluatedRun>();
  for (const [model, all] of byModel(runs)) {
    const distinct = distinctRuns(all.sort((a, b) => byAge(a.run, b.run)));
    const [first] = distinct as [EvaluatedRun];
    const alike = distinct.filter((one) => one === first || isPoolable(first, one));
    const pooled = alike.length > 1 ? withRepeatsOf(alike) : first;
    evaluatedRuns.set(model, pooled);
    const { id } = first.run;
    if (alike.length > 1) notes.push({ note: 'runs_pooled', model, runs: alike.length });
    if (alike.length < distinct.length)
      notes.push({ note: 'runs_not_pooled', model, run: id, others: distinct.length - alike.length });
  }
  return { evaluatedRuns, notes };
}

/** The newest run of each model: on a laptop, where it is the user's own who trained again. */
export function newestRuns(runs: readonly EvaluatedRun[]): PooledRuns {
  const newest = [...byModel(runs)].map(
    ([model, all]) => [model, all.sort((a, b) => byTime(a.run, b.run)).at(-1)!] as const,
  );
  return { evaluatedRuns: new Map(newest), notes: [] };
}

function byModel(runs: readonly EvaluatedRun[]): Map<string, EvaluatedRun[]> {
  const models = [...new Set(runs.map(({ run }) => run.model))].sort();
  return new Map(models.map((model) => [model, runs.filter(({ run }) => run.model === model)]));
}

/** GitHub counts workflow runs and attempts; the time of a record is what its job says. */
function byAge(a: Run, b: Run): number {
  return (
    (a.workflow?.runId ?? 0) - (b.workflow?.runId ?? 0) ||
    (a.workflow?.attempt ?? 0) - (b.workflow?.attempt ?? 0) ||
    byTime(a, b)
  );
}

function byTime(a: Run, b: Run): number {
  const [before, after] = [`${a.createdAt} ${a.id}`, `${b.createdAt} ${b.id}`];
  return before < after ? -1 : before > after ? 1 : 0;
}

function distinctRuns(runs: readonly EvaluatedRun[]): EvaluatedRun[] {
  const seen = new Set<string>();
  return runs.filter((one) => {
    const digest = digestOf(one);
    const isNew = !seen.has(digest);
    seen.add(digest);
    return isNew;
  });
}

/** What a run says, whatever it is called: its predictions, or, where they were not kept, its numbers. */
function digestOf({ run, predictions }: EvaluatedRun): string {
  if (!predictions) return JSON.stringify([run.inputsSha256, run.data.rowSet, run.metrics]);
  const { rowSet, repeats } = predictions.evidence;
  return `${rowSet} ${repeats.map(repeatDigest).join(' ')}`;
}

/** Whether a run predicts for the same rows what another does, in each of its repeats. */
export function predictsLike(known: EvaluatedRun, other: EvaluatedRun): boolean {
  if (!known.predictions || known.predictions.rowSet.id !== other.predictions?.rowSet.id) return false;
  const digests = new Set(known.predictions.evidence.repeats.map(repeatDigest));
  return other.predictions.evidence.repeats.every((repeat) => digests.has(repeatDigest(repeat)));
}

function repeatDigest({ predictions, decisions, probabilities = [] }: Evidence['repeats'][number]): string {
  const parts = [predictions, decisions, ...probabilities];
  return parts.map((part) => sha256Hex(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))).join('-');
}

function isPoolable(first: EvaluatedRun, other: EvaluatedRun): boolean {
  if (!first.predictions || !other.predictions) return false;
  const [one] = first.predictions.evidence.repeats;
  const [two] = other.predictions.evidence.repeats;
  return (
    first.predictions.rowSet.id === other.predictions.rowSet.id &&
    (first.run.measuredOn ?? 'folds') === (other.run.measuredOn ?? 'folds') &&
    one?.probabilities?.length === two?.probabilities?.length
  );
}

function withRepeatsOf(runs: readonly EvaluatedRun[]): EvaluatedRun {
  const [{ run, predictions }] = runs as [EvaluatedRun];
  const repeats = runs.flatMap((one) => one.predictions!.evidence.repeats).slice(0, MAX_REPEATS);
  return { run, predictions: { ...predictions!, evidence: { ...predictions!.evidence, repeats } } };
}
