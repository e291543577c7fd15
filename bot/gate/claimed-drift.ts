import type { DriftGate } from '../../core/comparison/gate-result.ts';
import { driftSettings, hasDriftGate } from '../../core/config/drift-settings.ts';
import type { DatasetConfig, Project } from '../../core/config/project.ts';
import { driftGate } from '../../core/drift/drift-gate.ts';
import type { DatasetDrift } from '../../core/drift/drift-result.ts';

/** What jobs say of the drift of tables, which the App does not read. */
export interface ClaimedDrift {
  readonly gates: readonly DriftGate[];
  /** Which columns drifted, and how far. */
  readonly found: readonly DatasetDrift[];
}

/** Drift as the jobs say, by the base's largest share. Where the rules set a gate, what no job says is not known. */
export function driftByBase(
  datasets: readonly DatasetConfig[],
  project: Project,
  claimed: ClaimedDrift,
): { readonly gates: DriftGate[]; readonly found: DatasetDrift[] } {
  const gates: DriftGate[] = [];
  const found: DatasetDrift[] = [];
  for (const config of datasets) {
    const gate = hasDriftGate(config, project) ? gateOf(config, project, claimed.gates) : null;
    if (gate) gates.push(gate);
    const told = worstOf(claimed.found.filter(({ dataset }) => dataset === config.id));
    if (told?.drift) found.push({ ...told, drift: byShare(told.drift, config, project), gate });
  }
  return { gates, found };
}

function gateOf(config: DatasetConfig, project: Project, claimed: readonly DriftGate[]): DriftGate | null {
  const rule = driftSettings(config, project).gate;
  if (!rule) return null;
  const own = claimed
    .filter(({ dataset }) => dataset === config.id)
    .map(({ columns: judged, moved, share, reason }) =>
      driftGate(config.id, reason === 'no_reference' ? null : { judged, moved, share }, rule),
    );
  return own.find(({ outcome }) => outcome !== 'pass') ?? own[0] ?? driftGate(config.id, null, rule);
}

/** Of several jobs that compared a dataset's tables, the one that found most. */
function worstOf(found: readonly DatasetDrift[]): DatasetDrift | undefined {
  return found.toSorted((a, b) => (b.drift?.share ?? -1) - (a.drift?.share ?? -1))[0];
}

function byShare(
  drift: NonNullable<DatasetDrift['drift']>,
  config: DatasetConfig,
  project: Project,
): NonNullable<DatasetDrift['drift']> {
  const { gate, rules } = driftSettings(config, project);
  const maxShare = gate?.maxShare ?? rules.maxShare;
  return { ...drift, maxShare, drifted: drift.share === null ? null : drift.share > maxShare };
}
