import type { BudgetGate, Gate } from './gate-schema.ts';

export interface Gates {
  readonly model: string | null;
  readonly byMetric: Readonly<Record<string, Gate>>;
  readonly byBudget: Readonly<Record<string, BudgetGate>>;
  /** For every slice, by metric. */
  readonly bySlice: Readonly<Record<string, Gate>>;
}
