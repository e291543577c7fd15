import type { FoldTimes, Run } from '../tracking/run.ts';
import { defineBudget } from './budget.ts';

/** Processor time, not the time that passed: it hardly depends on what else the machine does and on how many threads share the work. */
export const fitCpuSeconds = defineBudget({
  id: 'fit_cpu_seconds',
  summary: 'processor time of one fit, mean over folds and repeats',
  unit: 's',
  measure: secondsOfFit,
  time: { seconds: secondsOfFit, secondsOfFold: secondsIn, costOfFold: secondsIn, addsUp: false },
});

function secondsOfFit({ timings, split, measuredOn }: Run): number | null {
  if (timings.cpu === undefined) return null;
  return timings.cpu.fitSeconds / (split.repeats * (measuredOn === 'test' ? 1 : split.folds));
}

function secondsIn({ fitSeconds }: FoldTimes): number {
  return fitSeconds;
}
