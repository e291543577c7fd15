import { compareModels, type EvaluatedRun } from '../../core/comparison/compare-models.ts';
import type { DatasetComparison } from '../../core/comparison/dataset-comparison.ts';
import { judge } from '../../core/comparison/judge.ts';
import { type FailedPush, provedDrops, withEarlierPushes } from '../../core/comparison/pushed-again.ts';
import type { Verdict } from '../../core/comparison/verdict.ts';
import { pushedRows } from './pushed-rows.ts';
import { BEYOND, CRITICAL, FITTED_ON, PUSHES, type PushCell, pushCells, REPLICATES } from './pushes-plan.ts';

/** How much worse the change of a cell is, and the limit in the metric's unit. */
export interface FittedCell {
  readonly worse: number;
  readonly limit: number;
}

/** What became of one pull request. */
export interface PushedOften {
  /** Whether its first push passed. */
  readonly once: boolean;
  /** Whether one of ten pushes passed, judged each on its own; and by the rule. */
  readonly alone: boolean;
  readonly remembered: boolean;
  /** Whether an honest repair passed that followed the first push; undefined where that did not fail. */
  readonly repaired: boolean | undefined;
}

/** The change that one push of is caught nine times in ten: fitted on replicates from which no figure comes. */
function fitted(cell: PushCell): FittedCell {
  const rows = Array.from({ length: FITTED_ON }, (_, i) => pushedRows(cell, -1 - i));
  const meanOf = (worse: number) => {
    const all = rows.map(({ baseline, push }) => {
      const { drop, standardError } = compareModels(baseline, push(1, worse), [cell.metric]).differences.get(
        cell.metric,
      )!;
      return { drop, error: standardError! };
    });
    const mean = (of: (one: (typeof all)[number]) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
    return { drop: mean(({ drop }) => drop), error: mean(({ error }) => error) };
  };
  let [low, high] = [0, 1];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    const { drop, error } = meanOf(middle);
    if (drop < (Math.max(CRITICAL, cell.limit) + BEYOND) * error) low = middle;
    else high = middle;
  }
  return { worse: high, limit: cell.limit * meanOf(high).error };
}

/** Pushes one change ten times, and repairs it. */
export function pushOften(cell: PushCell, { worse, limit }: FittedCell, replicate: number): PushedOften {
  const { baseline, push } = pushedRows(cell, replicate);
  const judged = (candidate: EvaluatedRun) => {
    const dataset = comparisonOf(cell, limit, baseline, candidate);
    const alone = judge([dataset], { onDataChange: 'fail' });
    return { alone, beside: (failed: readonly FailedPush[]) => withEarlierPushes(alone, [dataset], failed) };
  };
  const failures = (candidate: EvaluatedRun, verdict: Verdict, number: number): FailedPush[] =>
    provedDrops(verdict).map((gate) => ({ sha: String(number), gate, evaluatedRun: candidate }));
  const failed: FailedPush[] = [];
  let [once, alone, remembered] = [false, false, false];
  let repaired: boolean | undefined;
  for (let number = 1; number <= PUSHES && !(alone && remembered); number++) {
    const candidate = push(number, worse);
    const verdict = judged(candidate);
    if (passes(verdict.alone)) {
      if (number === 1) once = true;
      alone = true;
      if (!remembered) remembered = passes(verdict.beside(failed));
    } else failed.push(...failures(candidate, verdict.alone, number));
    if (number === 1 && failed.length > 0) repaired = passes(judged(push(PUSHES + 1, 0)).beside(failed));
  }
  return { once, alone, remembered, repaired };
}

function passes({ outcome }: Verdict): boolean {
  return outcome !== 'fail';
}

function comparisonOf(
  { metric }: PushCell,
  limit: number,
  baseline: EvaluatedRun,
  candidate: EvaluatedRun,
): DatasetComparison {
  const { model, dataset } = candidate.run;
  return {
    ...{ dataset, metrics: [metric], models: [model], listed: [model], slices: [] },
    gates: { model: null, byMetric: { [metric]: { max_drop: limit } }, byBudget: {}, bySlice: {} },
    candidate: new Map([[model, candidate]]),
    baseline: new Map([[model, baseline]]),
    comparisons: new Map([[model, compareModels(baseline, candidate, [metric])]]),
  };
}

/** What a cell came to: counts of `REPLICATES` pull requests. */
export interface CountedCell extends FittedCell {
  readonly cell: PushCell;
  readonly all: readonly PushedOften[];
}

export function simulatePushes(say: (message: string) => void): readonly CountedCell[] {
  return pushCells.map((cell, i) => {
    const found = fitted(cell);
    const all = Array.from({ length: REPLICATES }, (_, replicate) => pushOften(cell, found, replicate));
    say(`pushes: ${i + 1} of ${pushCells.length} cells`);
    return { cell, ...found, all };
  });
}
