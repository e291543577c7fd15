import type { DriftFile } from '../drift/drift-schema.ts';
import type { ConfigProblem } from '../errors/config-problem.ts';

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

/** The tables of one dataset cannot be those of several. */
export function driftProblems(
  drift: DriftFile | null,
  datasets: readonly { readonly id: string }[],
): readonly ConfigProblem[] {
  if (datasets.length === 1) return [];
  return (['reference', 'current'] as const)
    .filter((key) => drift?.[key] !== undefined)
    .map((key) => ({
      path: ['drift', key],
      message: `\`drift.${key}\` is one table, but there are ${datasets.length} datasets`,
      next: `move it to the dataset that it is of: datasets.${datasets[0]?.id ?? '<name>'}.drift.${key}`,
    }));
}
