import { defineBudget } from './budget.ts';

/** Processor time, not the time that passed: it hardly depends on what else the machine does and on how many threads share the work. */
export const fitCpuSeconds = defineBudget({
  id: 'fit_cpu_seconds',
  summary: 'processor time of one fit, mean over folds and repeats',
  unit: 's',
  dependsOnMachine: true,
  measure({ timings, split, measured_on }) {
    if (timings.cpu === undefined) return null;
    return timings.cpu.fit_seconds / (split.repeats * (measured_on === 'test' ? 1 : split.folds));
  },
});
