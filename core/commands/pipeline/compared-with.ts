import { type Baseline, type BaselineOptions, findBaseline } from '../../comparison/baseline.ts';
import { olderBaseline } from '../../comparison/older-baseline.ts';
import type { DatasetConfig } from '../../config/project.ts';
import { once } from '../../once.ts';
import type { Ports } from '../ports.ts';
import { sharedRows } from './beside-baseline.ts';
import type { LoadedDataset } from './load-dataset.ts';
import { remadeBaseline } from './remake/remade-baseline.ts';

/**
 * What a dataset is compared with, the first of these that there is: a run of the base commit, a run with the same inputs, the base commit
 * trained here, an older run that the rules allow.
 *
 * @param options.isJudged where nothing is judged, nothing is trained to compare with.
 */
export async function comparedWith(
  own: Pick<DatasetConfig, 'id' | 'path' | 'target' | 'split'>,
  { isJudged, ...rest }: Pick<BaselineOptions, 'task' | 'sharedRows'> & { readonly isJudged: boolean },
  ports: Ports,
): Promise<Baseline> {
  const { baselines, search, twins, base, git } = ports;
  const options = { dataset: own.id, target: own.target, split: own.split, self: git.sha, ...rest };
  const sameInputs = twins ? { sameInputs: (sha: string) => twins(own.id, sha) } : {};
  const found = await findBaseline(baselines, search, { ...options, ...sameInputs });
  if (!isJudged) return found;
  const nearest = once(async () => (twins ? findBaseline(baselines, search, options) : found));
  const baseline = await remadeBaseline(found, { own, nearest }, ports);
  if (baseline.kind !== 'none' || !base) return baseline;
  return olderBaseline(await nearest(), base.project.baseline.maxAge, ports.now().getTime()) ?? baseline;
}

/** What a dataset that has been read is compared with. */
export function baselineOf(own: LoadedDataset, isJudged: boolean, ports: Ports): Promise<Baseline> {
  const { task, config } = own;
  return comparedWith(
    config,
    { task, isJudged, sharedRows: (rowSet, keyColumns) => sharedRows(own, rowSet, keyColumns) },
    ports,
  );
}
