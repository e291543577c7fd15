import type { DriftGateRule } from '../drift/drift-gate.ts';
import { DEFAULT_RULES, type DriftRules } from '../drift/drift-rules.ts';
import { ConfigError } from '../errors/app-error.ts';
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

/**
 * `drift` of the dataset over `drift` of the project, with defaults.
 *
 * @throws ConfigError when one table of the project would be that of several datasets. Earlier versions took such a file, and did not use it.
 */
export function driftSettings(
  { path, drift, generator }: DatasetConfig,
  project: Pick<Project, 'drift' | 'datasets'>,
): DriftSettings {
  for (const key of ['reference', 'current'] as const)
    if (project.drift?.[key] !== undefined && drift?.[key] === undefined && project.datasets.length > 1)
      throw sharedTable(key, project.datasets);
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

function sharedTable(key: 'reference' | 'current', datasets: Project['datasets']): ConfigError {
  return new ConfigError({
    place: `drift.${key}`,
    message: `is one table, but there are ${datasets.length} datasets`,
    allowed: datasets.map(({ id }) => id).join(', '),
    next: `move it to the dataset that it is of: datasets.<name>.drift.${key}`,
  });
}

/** Whether drift of the dataset is judged. */
export function hasDriftGate({ drift }: DatasetConfig, project: Pick<Project, 'drift'>): boolean {
  return (drift?.max_share ?? project.drift?.max_share) !== undefined;
}
