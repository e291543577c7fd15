import { createRegistry } from '../registry/registry.ts';
import { fitCpuSeconds } from './fit-cpu-seconds.ts';
import { modelBytes } from './model-bytes.ts';
import { predictMicroseconds } from './predict-microseconds.ts';

/** The budgets there are. */
export const budgets = createRegistry('budget', [fitCpuSeconds, predictMicroseconds, modelBytes]);
