import type { DriftFile } from '../drift/drift-schema.ts';

/** What there is to know of `drift`, of the project and of a dataset alike. */
export const driftKey = {
  normalise: (drift: DriftFile | undefined) => drift ?? null,
  isJudgeKey: true,
  // A change says for itself which table is the newest. What that is compared with, and how, is decided by the base.
  rules: (drift: DriftFile | null) => rulesOf(drift),
  decidedByBase: (own: DriftFile | null, base: DriftFile | null): DriftFile | null => {
    const decided = { ...(own?.current !== undefined && { current: own.current }), ...rulesOf(base) };
    return Object.keys(decided).length === 0 ? null : decided;
  },
  whenNull: 'drift is not judged',
};

function rulesOf(drift: DriftFile | null): Omit<DriftFile, 'current'> {
  const { current: _, ...rules } = drift ?? {};
  return rules;
}
