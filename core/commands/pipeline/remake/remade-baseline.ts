import type { Baseline } from '../../../comparison/baseline.ts';
import type { RemadeWhy } from '../../../comparison/remade.ts';
import { plannedModels } from '../../../config/planned-models.ts';
import type { DatasetConfig } from '../../../config/project.ts';
import { ENGINE } from '../../../engine.ts';
import { shortSha } from '../../../records/short-sha.ts';
import type { BaseCommit, Ports } from '../../ports.ts';
import { failed, loadBase } from './load-base.ts';
import { Obstacle } from './obstacle.ts';
import { trainBase } from './train-base.ts';

/** A dataset of a change. */
interface OwnDataset {
  readonly own: Pick<DatasetConfig, 'id' | 'path'>;
  /** The nearest run of an older commit, whatever its inputs were. */
  readonly nearest: () => Promise<Baseline>;
}

/**
 * What a dataset of a change is compared with: what the search found or, where that is nothing, or not the base commit's, the base commit
 * itself, trained here. Nothing has to be kept for that. Commands of the user's are never trained beside the change, whose modules they
 * could import.
 */
export async function remadeBaseline(found: Baseline, { own, nearest }: OwnDataset, ports: Ports): Promise<Baseline> {
  const { base } = ports;
  const config = base?.project.datasets.find(({ id }) => id === own.id);
  const why = base && config ? whyRemade(found, base) : null;
  if (!base || !config || why === null) return found;
  try {
    return await remake(config, { base, own, nearest, why }, ports);
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    if (found.kind === 'none') return { ...found, notRemade: error.what };
    ports.log.info(`${own.id}: the base commit is not trained here: ${error.message}`);
    return found;
  }
}

/** Why the base commit is to be trained again; null where what was found is to be compared with. */
export function whyRemade(found: Baseline, { project }: Pick<BaseCommit, 'project'>): RemadeWhy | null {
  const { remake } = project.baseline;
  if (remake === 'never') return null;
  if (found.kind === 'none') return found.why;
  if (remake === 'always') return { reason: 'asked_for' };
  const other = [...found.evaluatedRuns.values()].find(({ run }) => (run.engine ?? 1) !== ENGINE);
  if (other) return { reason: 'other_engine', before: other.run.engine ?? 1, after: ENGINE };
  const isOfBase = found.kind !== 'champion' && (found.commitsBehind === 0 || found.sameInputs);
  return isOfBase ? null : { reason: 'older_run', sha: found.sha };
}

async function remake(
  config: DatasetConfig,
  { base, own, nearest, why }: OwnDataset & { readonly base: BaseCommit; readonly why: RemadeWhy },
  ports: Ports,
): Promise<Baseline> {
  const { tree, branch, project } = base;
  const plan = { project, base: null, chosen: [] };
  if (plannedModels(plan, config.id, config.task).some(({ id }) => id === 'custom'))
    throw new Obstacle({ obstacle: 'custom' });
  const start = ports.seconds();
  const recorded = async () => tablesOf(await nearest());
  const dataset = await loadBase(config, base, { path: own.path, recorded }, ports);
  ports.log.info(`${config.id}: the base commit, ${shortSha(tree.id)}, is trained here to compare with`);
  const { evaluatedRuns, isTrained } = await trainBase(dataset, base, ports).catch(failed);
  return {
    kind: ports.search.kind === 'head' ? 'head' : 'base',
    sha: tree.id,
    commitsBehind: 0,
    sameInputs: false,
    provenance: 'remade',
    remade: { seconds: isTrained ? ports.seconds() - start : null, why },
    branch,
    evaluatedRuns,
    keyColumns: dataset.columns.keyColumns,
    passedOver: [],
    notes: [],
  };
}

/** What was trained on last is believed to be what the base commit has, if it is here. */
export function tablesOf(nearest: Baseline): string[] {
  if (nearest.kind === 'none' || nearest.kind === 'champion') return [];
  return [...nearest.evaluatedRuns.values()].map(({ run }) => run.data.sha256);
}
