import type { Acceptance } from './acceptance.ts';

/** An acceptance of a gate; `changes` replace its fields. */
export function anAcceptance(changes: Partial<Acceptance> = {}): Acceptance {
  return {
    schema: 1,
    id: '20261125-061500-0badc0de',
    gate: 'churn.roc_auc',
    sha: 'a'.repeat(40),
    value: 0.8212,
    by: 'Ada',
    at: '2026-11-25T06:15:00.000Z',
    because: 'older customers are left out on purpose',
    ...changes,
  };
}
