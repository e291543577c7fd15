import { budgets } from '../../../budgets/index.ts';
import type { Baseline } from '../../../comparison/baseline.ts';
import type { NotTimed } from '../../../comparison/remade.ts';
import type { DatasetConfig } from '../../../config/project.ts';
import type { Ports } from '../../ports.ts';
import type { LoadedDataset } from '../load-dataset.ts';
import { loadBase } from '../remake/load-base.ts';
import { Obstacle } from '../remake/obstacle.ts';
import { tablesOf } from '../remake/remade-baseline.ts';

/** The base commit's side of a dataset whose models are timed in turn. */
export interface BaseToTime {
  readonly sha: string;
  /** As that commit has it. */
  readonly dataset: LoadedDataset;
}

/**
 * What a dataset is timed beside, where a limit on the rise of a time asks for it: the base commit, or why that cannot be. Null: nothing is
 * asked for, or there is nothing to compare with.
 *
 * @param config the change's, with the rules that it is judged by.
 */
export async function baseToTime(
  config: Pick<DatasetConfig, 'id' | 'path' | 'gates'>,
  baseline: Baseline,
  ports: Pick<Ports, 'base' | 'files'>,
): Promise<BaseToTime | NotTimed | null> {
  if (baseline.kind === 'none' || !limitsRiseOfTime(config)) return null;
  const { base } = ports;
  const own = base?.project.datasets.find(({ id }) => id === config.id);
  if (!base || !own) return { obstacle: 'no_base' };
  if (base.project.baseline.remake === 'never') return { obstacle: 'not_allowed' };
  try {
    const options = { path: config.path, recorded: async () => tablesOf(baseline) };
    return { sha: base.tree.id, dataset: await loadBase(own, base, options, ports) };
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    return error.what;
  }
}

function limitsRiseOfTime({ gates }: Pick<DatasetConfig, 'gates'>): boolean {
  return Object.entries(gates.byBudget).some(([id, gate]) => gate.max_rise !== undefined && budgets.get(id).time);
}
