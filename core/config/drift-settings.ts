import type { DriftGateRule } from '../drift/drift-gate.ts';
import { DEFAULT_RULES, type DriftRules } from '../drift/drift-rules.ts';
import type { DatasetConfig, Project } from './project.ts';

/** How one dataset is checked for drift. */
export interface DriftSettings {
  /** The table to compare with. */
  readonly reference: string;
  /** The table that may have drifted; null: there is none. */
  readonly current: string | null;
  readonly rules: DriftRules;
  /** Null: drift is shown and not judged. */
  readonly gate: DriftGateRule | null;
}

/** `drift` of the dataset over `drift` of the project, with defaults. */
export function driftSettings(
  { path, drift, generator }: DatasetConfig,
  project: Pick<Project, 'drift'>,
): DriftSettings {
  const { reference, current, max_share, fail = true, numeric, categorical } = { ...project.drift, ...drift };
  return {
    reference: reference ?? path,
    current: current ?? generator?.current ?? null,
    rules: {
      maxShare: max_share ?? DEFAULT_RULES.maxShare,
      numeric: numeric ?? DEFAULT_RULES.numeric,
      categorical: categorical ?? DEFAULT_RULES.categorical,
      thresholds: { ...project.drift?.thresholds, ...drift?.thresholds } as DriftRules['thresholds'],
    },
    gate: max_share === undefined ? null : { maxShare: max_share, fail },
  };
}
