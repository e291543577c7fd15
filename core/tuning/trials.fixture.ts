import { emptyTrial } from './journal/read-journal.ts';
import type { Trial } from './trial.ts';

/** Complete trials with these values, in their order. */
export function someTrials(
  values: readonly number[],
  changes: (value: number, i: number) => Partial<Trial> = () => ({}),
): Trial[] {
  return values.map((value, i) => ({ ...emptyTrial(i, 'complete'), value, ...changes(value, i) }));
}
