import { defineBudget } from './budget.ts';

/** The same on every machine. */
export const modelBytes = defineBudget({
  id: 'model_bytes',
  summary: 'size of the model file',
  unit: 'B',
  measure: ({ modelBytes }) => modelBytes,
});
