import type { RunSummary } from '../run-summary.ts';
import { fieldOf, valueIn } from './fields.ts';
import type { Field, Value } from './filter.ts';

/** One thing that runs are ordered by. */
export interface SortKey {
  readonly field: Field;
  readonly descending: boolean;
}

/**
 * `-metrics.roc_auc,created`: by the first, downwards because of its `-`, equal ones by the next.
 *
 * @throws ConfigError for a name that is no field.
 */
export function parseSort(text: string): SortKey[] {
  return text.split(',').map((part) => {
    const key = part.trim();
    return { field: fieldOf(key.replace(/^[-+]/, ''), '--sort'), descending: key.startsWith('-') };
  });
}

/** A sorted copy; runs without the value come last either way, equal ones keep their order. */
export function sortRuns(runs: readonly RunSummary[], keys: readonly SortKey[]): RunSummary[] {
  return [...runs].sort((a, b) => {
    for (const { field, descending } of keys) {
      const [left, right] = [valueIn(field, a), valueIn(field, b)];
      if (left === null || right === null) {
        if (left === right) continue;
        return left === null ? 1 : -1;
      }
      const order = compare(left, right);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** Numbers by size, before any text. */
function compare(a: Exclude<Value, null>, b: Exclude<Value, null>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  const [left, right] = [String(a), String(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}
