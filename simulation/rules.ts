import { metrics } from '../core/metrics/index.ts';
import { studentTQuantile } from '../core/stats/student-t.ts';
import type { Observation } from './observe.ts';
import type { Pair } from './plan.ts';
import type { RecordedRun } from './replicate.ts';

/** What a rule may look at: the two runs, and those on main before them. */
export interface Evidence {
  readonly metric: string;
  readonly observation: Pick<Observation, 'drop' | 'standardError' | 'df' | 'fails'>;
  readonly baseline: RecordedRun;
  readonly candidate: RecordedRun;
  /** Values on the test set, one per earlier training on main. */
  readonly history: readonly number[];
}

/** A way to raise an alarm, as people use it, and the score behind it, for which another cutoff can be chosen. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly score: (evidence: Evidence) => number;
  readonly alarms: (evidence: Evidence) => boolean;
}

/** How many trainings on main the rule of the last ten looks back at. */
const HISTORY = 10;
const Z = 1.96;

/** The gate first, then what others do. All of the others look at the test set, a fifth of the rows, unless they say so. */
export const rules: readonly Rule[] = [
  {
    id: 'gate',
    title: 'this gate, `max_drop: 0`',
    score: ({ observation: { drop, standardError } }) => (standardError > 0 ? drop / standardError : 0),
    alarms: ({ observation }) => observation.fails[0]!,
  },
  above('fixed-0.005', 'a drop of more than .005', testDrop, 0.005),
  above('fixed-0.01', 'a drop of more than .01', testDrop, 0.01),
  above('ratio', 'a drop of more than 5 %', relativeDrop, 0.05),
  above('last-ten', 't-test against the last ten runs on main', sinceLastTen, studentTQuantile(0.99, HISTORY - 1)),
  above('intervals', '95 % intervals that do not overlap', (evidence) => apart(evidence, 'test'), Z),
  above('intervals-all', 'the same, of all five folds', (evidence) => apart(evidence, 'outOfFold'), Z),
];

function above(id: string, title: string, score: Rule['score'], cutoff: number): Rule {
  return { id, title, score, alarms: (evidence) => score(evidence) > cutoff };
}

/** The value on the test set of the model that is kept. */
function testValue(run: RecordedRun, metric: string): number {
  return run.test[metric]![0]!;
}

/** How many standard errors of a new value the mean of earlier ones is better. Without any spread every drop is infinite. */
export function againstHistory(sign: 1 | -1, value: number, history: readonly number[]): number {
  const n = history.length;
  const mean = history.reduce((sum, each) => sum + each, 0) / n;
  const variance = history.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1);
  const drop = sign * (mean - value);
  if (Math.abs(drop) < 1e-12) return 0;
  return drop / Math.sqrt(variance * (1 + 1 / n));
}

/**
 * The cutoff at which a rule raises at most one false alarm in a hundred on these scores of harmless changes: the largest
 * score but 1 %.
 */
export function calibratedCutoff(scores: readonly number[]): number {
  const sorted = [...scores].sort((a, b) => b - a);
  return sorted[Math.floor(sorted.length / 100)] ?? Number.POSITIVE_INFINITY;
}

/** Values of the last ten trainings on main before a pull request, the candidate's own left out. A model without seeds repeats its one. */
export function historyOf(
  runs: readonly RecordedRun[],
  onMain: readonly number[],
  { baseline, candidate }: Pair,
  metric: string,
): number[] {
  const earlier = (onMain.length > 0 ? onMain : [baseline]).filter((run) => run !== candidate);
  const values = earlier.flatMap((run) => runs[run]!.test[metric]!);
  return Array.from({ length: HISTORY }, (_, i) => values[i % values.length]!);
}

function worse(metric: string): 1 | -1 {
  return metrics.all.find(({ id }) => id === metric)?.direction === 'minimize' ? -1 : 1;
}

function testDrop({ metric, baseline, candidate }: Evidence): number {
  return worse(metric) * (testValue(baseline, metric) - testValue(candidate, metric));
}

function relativeDrop(evidence: Evidence): number {
  return testDrop(evidence) / Math.abs(testValue(evidence.baseline, evidence.metric));
}

function sinceLastTen({ metric, candidate, history }: Evidence): number {
  return againstHistory(worse(metric), testValue(candidate, metric), history);
}

/** The drop over the sum of both standard errors: above 1.96 the 95 % intervals do not overlap. */
function apart({ metric, baseline, candidate }: Evidence, of: 'test' | 'outOfFold'): number {
  const [before, after] = [baseline.metrics[metric]![of], candidate.metrics[metric]![of]];
  return (worse(metric) * ((before.value ?? 0) - (after.value ?? 0))) / ((before.se ?? 0) + (after.se ?? 0));
}
