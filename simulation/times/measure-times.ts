import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { aDatasetComparison } from '../../core/comparison/judge.fixture.ts';
import { budgetGates } from '../../core/comparison/judge-budget.ts';
import { aRun } from '../../core/tracking/run.fixture.ts';
import type { FoldTimes, TimesInTurn } from '../../core/tracking/run.ts';
import { LIMIT, MINUTES, type TimesCell, TREES, timesCells } from './times-plan.ts';

const SCRIPT = fileURLToPath(new URL('time-forests.ts', import.meta.url));

/** One change, measured in both ways. */
export interface MeasuredPair {
  /** The change's mean time of a fit by the base commit's, of two processes, one after the other. */
  readonly apart: number;
  /** The same ratio of one process that trained them in turn, and what the gate made of it. */
  readonly inTurn: number;
  readonly outcome: string;
}

export interface MeasuredCell {
  readonly cell: TimesCell;
  readonly pairs: readonly MeasuredPair[];
}

/** The pairs of a round are measured at the same time, so that each is what else the machine does to the others. */
export async function measureTimes(say: (message: string) => void): Promise<readonly MeasuredCell[]> {
  const found = timesCells.map((cell) => ({ cell, pairs: [] as MeasuredPair[] }));
  const end = performance.now() + MINUTES * 60_000;
  for (let round = 1; performance.now() < end; round++) {
    const wanted = found.flatMap((each) => Array.from({ length: each.cell.pairs }, () => each));
    await Promise.all(wanted.map(async ({ cell, pairs }) => pairs.push(await measured(cell.trees))));
    say(`times: ${round} rounds`);
  }
  return found;
}

async function measured(trees: number): Promise<MeasuredPair> {
  const [before, after] = [meanOf(await timed(TREES)), meanOf(await timed(trees))];
  const folds = await timed<TimesInTurn['folds']>(TREES, trees);
  const inTurn = { base: '0'.repeat(40), model: 'random_forest', folds };
  const timings = { fitSeconds: 1, predictSeconds: 1, inTurn };
  const evaluatedRuns = new Map([['random_forest', { run: aRun({ timings }), predictions: null }]]);
  const [gate] = budgetGates([
    {
      each: {
        ...aDatasetComparison({ byBudget: { fit_cpu_seconds: { max_rise: `${100 * LIMIT}%` } } }),
        ...{ candidate: evaluatedRuns, baseline: evaluatedRuns },
      },
      ...{ selected: 'random_forest', compared: 'random_forest' },
    },
  ]);
  return { apart: after / before, inTurn: gate!.inTurn!.ratio, outcome: gate!.outcome };
}

/** What a process of its own prints. */
async function timed<Folds = readonly FoldTimes[]>(...trees: readonly number[]): Promise<Folds> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...trees.map(String)]);
  return JSON.parse(stdout) as Folds;
}

function meanOf(folds: readonly FoldTimes[]): number {
  return folds.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0) / folds.length;
}
