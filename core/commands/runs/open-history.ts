import type { RunStore } from '../../tracking/run-store.ts';
import type { RunSummary } from '../../tracking/run-summary.ts';
import { DEFAULT_RUNS_BRANCH } from '../options.ts';
import type { CommandPorts } from '../ports.ts';
import { readProjectIfThere } from '../read-project.ts';

/** `folder`: the runs of this machine; `branch`: those of the branch of runs. */
export type HistorySource = 'folder' | 'branch';

/** The runs that are asked for. Those of this machine are listed without a look at `mlops.yml`, which may be half edited. */
export async function openHistory(ports: CommandPorts, source: HistorySource): Promise<RunStore> {
  if (source === 'folder') return ports.runs;
  const project = await readProjectIfThere(ports);
  return ports.runsOfBranch(project?.tracking.branch ?? DEFAULT_RUNS_BRANCH);
}

/** All runs in short; what could not be read is warned about. */
export async function summariesOf(store: RunStore, { log }: Pick<CommandPorts, 'log'>): Promise<readonly RunSummary[]> {
  const { summaries, skipped } = await store.summaries();
  for (const { path, reason } of skipped) log.warn(`${path} was skipped: ${reason}`);
  return summaries;
}
