import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { main } from '../../cli/main.ts';
import { createRandom } from '../../core/random/random.ts';
import { emptyTrial } from '../../core/tuning/journal/read-journal.ts';
import { pruners } from '../../core/tuning/pruners/index.ts';
import type { Pruner } from '../../core/tuning/pruners/pruner.ts';
import { BRANIN, HARTMANN6, MIXED, medianBest } from '../../core/tuning/samplers/functions.fixture.ts';
import { tpe } from '../../core/tuning/samplers/tpe.ts';
import type { StudyResult } from '../../core/tuning/study-result.ts';
import type { Direction, Trial } from '../../core/tuning/trial.ts';
import { pythonWith } from '../python.ts';

// A journal of `mlops tune` is one of Optuna: Optuna reads the same trials from it, goes on with the study, and we read what it added.

interface Described {
  readonly best: number;
  readonly directions: readonly string[];
  readonly trials: readonly {
    readonly number: number;
    readonly state: string;
    readonly value: number | null;
    readonly params: Readonly<Record<string, unknown>>;
    readonly reports: Readonly<Record<string, number>>;
  }[];
}

const STATES: Readonly<Record<string, string>> = { COMPLETE: 'complete', PRUNED: 'pruned', FAIL: 'failed' };
const ADDED = 5;
const STUDIES = 40;

const python = pythonWith(['optuna==5.0.0']);
const folder = mkdtempSync(join(tmpdir(), 'tuning-'));
try {
  writeFileSync(
    join(folder, 'mlops.yml'),
    `datasets:
  churn:
    path: churn.csv
    generator: { id: customer_churn, rows: 400 }
    target: Churn
    metrics: [roc_auc]
    models: [random_forest]
tuning:
  trials: 20
  spaces:
    random_forest:
      n_estimators: { type: int, low: 10, high: 40 }
      max_depth: { type: int, low: 2, high: 64, log: true }
      max_features: { type: float, low: 0.2, high: 1, step: 0.2 }
      class_weight: { type: categorical, choices: [null, balanced] }
`,
  );
  await mlops('generate', '--quiet');
  const own = await studyOf('tune', '--json', '--quiet');
  const { before, after } = optuna(own);
  expectEqual('what Optuna reads', described(before), ofStudy(own));
  expectEqual('the best value that Optuna reads', before.best, bestOf(own));
  expectEqual('the trials after Optuna went on', after.trials.length, own.trials.length + ADDED);
  const again = await studyOf('tune', '--trials', String(own.trials.length + ADDED), '--json', '--quiet');
  expectEqual('what we read of Optuna', ofStudy(again), described(after));
  expectEqual('the best value that we read', bestOf(again), after.best);
  const longer = await studyOf('tune', '--trials', String(own.trials.length + ADDED + 2), '--json', '--quiet');
  expectEqual('the trials after we went on', longer.trials.length, own.trials.length + ADDED + 2);
  checkQuality();
  checkPruners();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The median of twenty studies of a hundred trials is not above the upper quartile of twenty of Optuna 5.0.0, `TPESampler(seed=…)`. */
function checkQuality(): void {
  for (const [name, testFunction, quartile] of [
    ['Branin', BRANIN, 0.03],
    ['parameters of all kinds', MIXED, 0.069],
    ['Hartmann, six parameters', HARTMANN6, 0.176],
  ] as const) {
    const found = medianBest(tpe.sample, testFunction, { seeds: 20, trials: 100 });
    if (!(found > 0 && found <= quartile)) throw new Error(`${name}: the median is ${found}, above ${quartile}`);
    process.stdout.write(`${name}: the median is ${found.toFixed(4)}, Optuna's upper quartile ${quartile}\n`);
  }
}

/** In studies of random values, every pruner stops the same trials at the same step as Optuna's. */
function checkPruners(): void {
  const asked = Array.from({ length: STUDIES }, (_, i) => someReports(i));
  const script = fileURLToPath(new URL('tuning.py', import.meta.url));
  const answers: Record<string, number[]>[] = JSON.parse(
    execFileSync(python, [script], { input: JSON.stringify(asked), encoding: 'utf8' }),
  );
  let stopped = 0;
  for (const [i, study] of asked.entries())
    for (const pruner of pruners.all.filter(({ id }) => id !== 'none')) {
      const own = reportsOf(pruner, study);
      if (!isDeepStrictEqual(own, answers[i]![pruner.id]))
        throw new Error(`study ${i}, ${pruner.id}: trials report ${own}, in Optuna ${answers[i]![pruner.id]}`);
      stopped += own.filter((count) => count < study.steps.length).length;
    }
  process.stdout.write(
    `${stopped} trials were stopped where Optuna stops them, by ${pruners.all.length - 1} pruners\n`,
  );
}

interface Reports {
  readonly steps: readonly number[];
  /** What each trial would report. */
  readonly values: readonly (readonly number[])[];
  readonly direction: Direction;
}

function someReports(seed: number): Reports {
  const random = createRandom(seed, 'pruners');
  const steps = [10, 15, 23, 35, 53, 80].slice(0, 2 + random.integer(5));
  const values = Array.from({ length: 40 }, () => {
    const level = random.normal();
    // Rounded, so that some are equal.
    return steps.map((_, i) => Math.round(20 * (level + 1 / (i + 1) + random.normal() / 4)) / 20);
  });
  return { steps, values, direction: seed % 2 === 0 ? 'minimize' : 'maximize' };
}

/** How many values each trial reports. */
function reportsOf({ shouldPrune }: Pruner, { steps, values, direction }: Reports): number[] {
  const trials: Trial[] = [];
  for (const [number, own] of values.entries()) {
    let trial = emptyTrial(number, 'running');
    let isPruned = false;
    for (let i = 0; i < steps.length && !isPruned; i++) {
      trial = { ...trial, reports: [...trial.reports, { step: steps[i]!, value: own[i]! }] };
      isPruned = number > 0 && shouldPrune(trial, { direction, trials });
    }
    trials.push({ ...trial, state: isPruned ? 'pruned' : 'complete', value: trial.reports.at(-1)!.value });
  }
  return trials.map(({ reports }) => reports.length);
}

function optuna({ journal, dataset, model }: StudyResult): { before: Described; after: Described } {
  const script = fileURLToPath(new URL('tuning.py', import.meta.url));
  const args = [script, join(folder, journal), `${dataset} ${model}`];
  return JSON.parse(execFileSync(python, args, { encoding: 'utf8' })) as { before: Described; after: Described };
}

function described({ trials }: Described) {
  return trials.map(({ number, state, value, params, reports }) => ({
    number,
    state: STATES[state],
    value,
    // To Python 0.2 + 2 × 0.2 is 0.6000000000000001.
    params: Object.fromEntries(
      Object.entries(params).map(([name, each]) => [
        name,
        typeof each === 'number' ? Number(each.toPrecision(12)) : each,
      ]),
    ),
    lastStep: Object.keys(reports).length === 0 ? null : Math.max(...Object.keys(reports).map(Number)),
  }));
}

function ofStudy({ trials }: StudyResult) {
  return trials.map(({ number, state, value, params, lastStep }) => ({ number, state, value, params, lastStep }));
}

function bestOf({ trials, best }: StudyResult): number | null {
  return trials.find(({ number }) => number === best)?.value ?? null;
}

/** Runs the command line in the folder, and gives its only study. */
async function studyOf(...args: string[]): Promise<StudyResult> {
  const { result } = JSON.parse(await mlops(...args)) as { result: { studies: object[] } };
  return camelKeys(result.studies[0]) as StudyResult;
}

async function mlops(...args: string[]): Promise<string> {
  let text = '';
  const stdout = { write: (part: string) => (text += part) };
  const code = await main(args, { cwd: folder, stdout, stderr: process.stderr } as never);
  if (code !== 0) throw new Error(`mlops ${args.join(' ')} exited with ${code}`);
  return text;
}

function camelKeys(value: unknown, isParams = false): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((each) => camelKeys(each));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      isParams ? key : key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelKeys(each, key === 'params'),
    ]),
  );
}

function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected))
    throw new Error(`${what}: ${JSON.stringify(found)}\nbut it should be ${JSON.stringify(expected)}`);
  process.stdout.write(`${what}: ${Array.isArray(found) ? `${found.length} trials, all the same` : String(found)}\n`);
}
